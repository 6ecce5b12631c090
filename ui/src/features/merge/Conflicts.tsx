// The conflicts below each other. One is marked: the digits answer it, and the focus goes with it.

import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import type { MergeConflict, MergeTake } from "../../ipc";
import { isTyping } from "../../lib/shortcut";
import { doing, useActions } from "../../ui/actions";
import { mergeSpecs } from "./action-specs";
import { type Answers, keyOf, nextOpen } from "./answers";
import { ConflictCard } from "./ConflictCard";
import styles from "./merge.module.css";

type ConflictsProps = {
  conflicts: readonly MergeConflict[];
  hasBase: boolean;
  answers: Answers;
  onAnswer: (key: string, take: MergeTake | null) => void;
};

export function Conflicts({ conflicts, hasBase, answers, onAnswer }: ConflictsProps) {
  const [marked, setMarked] = useState(0);
  const list = useRef<HTMLOListElement>(null);
  const cards = () => list.current?.querySelectorAll<HTMLElement>("[data-conflict]");
  const go = (index: number) => {
    setMarked(index);
    cards()?.[index]?.focus();
  };
  const latest = useRef({ conflicts, answers, marked, go });
  latest.current = { conflicts, answers, marked, go };
  const actions = useMemo(() => {
    const step = (by: 1 | -1) => () => {
      const { conflicts, answers, marked, go } = latest.current;
      go(nextOpen(conflicts, answers, marked, by));
    };
    return [doing(mergeSpecs["merge-next"], step(1)), doing(mergeSpecs["merge-previous"], step(-1))];
  }, []);
  useActions(actions);

  const write = (index: number) => {
    const conflict = conflicts[index];
    if (!conflict?.can_write) return;
    const known = answers[keyOf(conflict)];
    if (typeof known !== "object") onAnswer(keyOf(conflict), { text: conflict.mine ?? conflict.theirs ?? "" });
    setMarked(index);
    requestAnimationFrame(() => cards()?.[index]?.querySelector("textarea")?.focus());
  };
  const press = (event: KeyboardEvent) => {
    const conflict = conflicts[marked];
    if (!conflict || isTyping(event.target) || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "3") write(marked);
    else if (event.key === "1" || event.key === "2") {
      const key = keyOf(conflict);
      const take = event.key === "1" ? "mine" : "theirs";
      onAnswer(key, take);
      go(nextOpen(conflicts, { ...answers, [key]: take }, marked, 1));
    } else return;
    event.preventDefault();
  };
  return (
    <ol className={styles.list} ref={list} onKeyDown={press}>
      {conflicts.map((conflict, index) => (
        <ConflictCard
          key={keyOf(conflict)}
          conflict={conflict}
          hasBase={hasBase}
          take={answers[keyOf(conflict)]}
          isMarked={index === marked}
          onMark={() => setMarked(index)}
          onTake={(take) => onAnswer(keyOf(conflict), take)}
          onWrite={() => write(index)}
        />
      ))}
    </ol>
  );
}
