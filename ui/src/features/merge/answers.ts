// Answers to conflicts, kept by what they are about: they stay while the draft or production changes elsewhere.

import type { MergeAnswer, MergeConflict, MergeTake } from "../../ipc";

export type Answers = Readonly<Record<string, MergeTake>>;
export type State = "open" | "mine" | "theirs" | "text";

/** The place and all three versions: another version of it is another conflict. */
export const keyOf = ({ place, base, mine, theirs }: MergeConflict): string =>
  JSON.stringify([place, base, mine, theirs]);

export function stateOf(take: MergeTake | undefined): State {
  if (take === undefined) return "open";
  return typeof take === "string" ? take : "text";
}

/** How many there are of each. */
export function counted(conflicts: readonly MergeConflict[], answers: Answers): Record<State, number> {
  const found: Record<State, number> = { open: 0, mine: 0, theirs: 0, text: 0 };
  for (const conflict of conflicts) found[stateOf(answers[keyOf(conflict)])] += 1;
  return found;
}

/** What is sent, of conflicts that all have an answer. */
export function answersTo(conflicts: readonly MergeConflict[], answers: Answers): MergeAnswer[] {
  return conflicts.flatMap((conflict) => {
    const take = answers[keyOf(conflict)];
    return take === undefined ? [] : [{ place: conflict.place, take }];
  });
}

/** The conflict that comes after (or before) one, and is open; any other where none is. */
export function nextOpen(conflicts: readonly MergeConflict[], answers: Answers, from: number, by: 1 | -1): number {
  const all = conflicts.length;
  const others = Array.from({ length: all }, (_, step) => (from + by * (step + 1) + all * 2) % all);
  const isOpen = (index: number) => {
    const conflict = conflicts[index];
    return conflict !== undefined && answers[keyOf(conflict)] === undefined;
  };
  return others.find(isOpen) ?? others[0] ?? 0;
}
