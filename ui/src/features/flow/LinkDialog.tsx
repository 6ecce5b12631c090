import { useEffect, useId, useMemo, useRef, useState } from "react";
import type { Flow, FlowStep, StepId } from "../../ipc";
import { classNames } from "../../lib/class-names";
import { Dialog } from "../../ui/Dialog";
import styles from "./flow.module.css";
import { strings } from "./strings";

type LinkDialogProps = { from: FlowStep; flow: Flow; onChoose: (to: StepId) => void; onClose: () => void };

const most = 100;

/** Where a step is to lead: found by number or words, chosen by keyboard or pointer. */
export function LinkDialog({ from, flow, onChoose, onClose }: LinkDialogProps) {
  const others = useMemo(() => flow.steps.filter(({ id }) => id !== from.id), [flow, from]);
  const [search, setSearch] = useState("");
  const found = useMemo(() => find(others, search).slice(0, most), [others, search]);
  const [chosen, setChosen] = useState(() =>
    Math.max(
      find(others, "").findIndex(({ id }) => id === from.next),
      0,
    ),
  );
  const at = Math.min(chosen, Math.max(found.length - 1, 0));
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: "nearest" });
  }, [at]);
  const choose = (step: FlowStep | undefined) => step && onChoose(step.id);
  const move = (by: number) => setChosen((at + by + found.length) % Math.max(found.length, 1));
  return (
    <Dialog title={strings.linkStep(from.title)} width={520} onClose={onClose}>
      <input
        className={styles.search}
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={found.length > 0 ? `${id}-${at}` : undefined}
        aria-label={strings.findStep}
        placeholder={strings.findStep}
        autoFocus
        value={search}
        onChange={(event) => {
          setSearch(event.target.value);
          setChosen(0);
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") move(1);
          else if (event.key === "ArrowUp") move(-1);
          else if (event.key === "Enter") choose(found[at]);
          else return;
          event.preventDefault();
        }}
      />
      <div ref={list} id={id} role="listbox" aria-label={strings.findStep} className={styles.choices}>
        {found.map((step, index) => (
          <div
            key={step.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            tabIndex={-1}
            className={classNames(styles.choice, index === at && styles.chosen)}
            onPointerMove={() => setChosen(index)}
            onClick={() => choose(step)}
            onKeyDown={undefined}
          >
            <span>{step.position}</span>
            <span>{step.title}</span>
          </div>
        ))}
        {found.length === 0 && <p className={styles.nothing}>{strings.noSuchStep}</p>}
      </div>
    </Dialog>
  );
}

/** By the beginning of the number, or by all words of the title. */
function find(steps: readonly FlowStep[], search: string): FlowStep[] {
  const words = search.trim().toLowerCase();
  if (/^\d+$/.test(words)) {
    const byNumber = steps.filter(({ position }) => String(position).startsWith(words));
    return byNumber.sort((a, b) => a.position - b.position);
  }
  return steps.filter(({ title }) => words.split(/\s+/).every((word) => title.toLowerCase().includes(word)));
}
