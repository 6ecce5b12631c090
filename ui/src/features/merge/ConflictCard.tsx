// One conflict: what was there before, yours and production's side by side, and what it is to be.

import { useId } from "react";
import type { MergeConflict, MergeTake } from "../../ipc";
import { classNames } from "../../lib/class-names";
import { Button } from "../../ui/Button";
import { Diff, type DiffLine } from "../../ui/Diff";
import { FieldMark } from "../../ui/FieldMark";
import { Pill } from "../../ui/Pill";
import { TextArea } from "../../ui/TextField";
import { type State, stateOf } from "./answers";
import styles from "./merge.module.css";
import { strings } from "./strings";
import { placeWords } from "./words";

type ConflictCardProps = {
  conflict: MergeConflict;
  hasBase: boolean;
  take: MergeTake | undefined;
  isMarked: boolean;
  onMark: () => void;
  onTake: (take: MergeTake) => void;
  onWrite: () => void;
};

export function ConflictCard({ conflict, hasBase, take, isMarked, onMark, onTake, onWrite }: ConflictCardProps) {
  const { place, number, step_title, base, mine, theirs, mine_lines, theirs_lines, can_write } = conflict;
  const id = useId();
  const state = stateOf(take);
  const text = typeof take === "object" ? take.text : null;
  const isJson = place.place === "metadata" || place.place === "step_metadata";
  return (
    <li
      className={classNames(styles.card, isMarked && styles.marked)}
      aria-labelledby={id}
      aria-current={isMarked ? "true" : undefined}
      tabIndex={-1}
      data-conflict
      onFocus={onMark}
    >
      <div className={styles.cardHead}>
        {place.place === "field" && <FieldMark field={place.field} />}
        <h3 className={styles.cardTitle} id={id}>
          {step_title !== null && <span className={styles.muted}>{strings.step(number, step_title)} · </span>}
          {placeWords(place)}
        </h3>
        <Pill tone={state === "open" ? "warning" : "accent"}>{strings.states[state]}</Pill>
      </div>
      <div className={styles.sides}>
        <Side caption={strings.before} lines={plain(base)} note={hasBase ? strings.nothingBefore : strings.noBase} />
        <Side caption={strings.mine} {...changed(mine, mine_lines)} isTaken={state === "mine"} />
        <Side caption={strings.theirs} {...changed(theirs, theirs_lines)} isTaken={state === "theirs"} />
      </div>
      {text !== null && (
        <div className={styles.written}>
          <TextArea
            label={strings.written}
            {...(isJson ? { hint: strings.jsonHint } : {})}
            rows={Math.min(14, text.split("\n").length + 1)}
            spellCheck={false}
            value={text}
            onChange={(event) => onTake({ text: event.target.value })}
          />
        </div>
      )}
      <div className={styles.buttons} role="group" aria-labelledby={id}>
        <Choice of="mine" keys="1" state={state} label={strings.takeMine} onChoose={() => onTake("mine")} />
        <Choice of="theirs" keys="2" state={state} label={strings.takeTheirs} onChoose={() => onTake("theirs")} />
        {can_write && <Choice of="text" keys="3" state={state} label={strings.write} onChoose={onWrite} />}
      </div>
    </li>
  );
}

type ChoiceProps = { of: State; keys: string; state: State; label: string; onChoose: () => void };

function Choice({ of, keys, state, label, onChoose }: ChoiceProps) {
  return (
    <Button
      className={classNames(state === of && styles.chosen)}
      aria-pressed={state === of}
      aria-keyshortcuts={keys}
      shortcut={keys}
      onClick={onChoose}
    >
      {label}
    </Button>
  );
}

type SideProps = { caption: string; lines: readonly DiffLine[]; note: string; isTaken?: boolean };

function Side({ caption, lines, note, isTaken = false }: SideProps) {
  return (
    <div className={classNames(styles.side, isTaken && styles.taken)}>
      {lines.length > 0 ? (
        <Diff lines={lines} layout="inline" caption={caption} />
      ) : (
        <div className={styles.empty}>
          <p className={styles.emptyTitle}>{caption}</p>
          <p className={styles.muted}>{note}</p>
        </div>
      )}
    </div>
  );
}

function plain(text: string | null): DiffLine[] {
  if (text === null || text === "") return [];
  const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
  return lines.map((line) => ({ kind: "same", text: line, field: null, marks: [] }));
}

/** A side as it differs; where it is gone or is nothing, in words. */
function changed(text: string | null, lines: readonly DiffLine[]): Pick<SideProps, "lines" | "note"> {
  if (text === null) return { lines: [], note: strings.removed };
  return lines.length > 0 ? { lines, note: "" } : { lines: plain(text), note: strings.unchanged };
}
