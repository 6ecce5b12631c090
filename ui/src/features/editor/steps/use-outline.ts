// What the list shows of the steps: its rows, and where the keyboard is in them.

import { useMemo } from "react";
import type { StepId } from "../../../ipc";
import { useStored } from "../../../lib/stored";
import type { Editor } from "../editor";
import { foldedSections, setFolded } from "./folds";
import { filtered, foldKey, outline, type Row } from "./outline";
import { chosen, selection } from "./selection";
import { activeSection, ahead, stepFilter } from "./step-actions";

export type Outline = {
  rows: readonly Row[];
  hasSections: boolean;
  filter: string | null;
  /** The row where the keyboard is; -1 for none. */
  active: number;
  chosen: ReadonlySet<StepId>;
  setFolded: (name: string | null, isFolded: boolean) => void;
};

export function useOutline({ walkthrough, step }: Editor): Outline {
  const { id, steps } = walkthrough;
  const [folds] = useStored(foldedSections);
  const [filter] = useStored(stepFilter);
  const [heading] = useStored(activeSection);
  const [choice] = useStored(selection);
  const rows = useMemo<readonly Row[]>(
    () => (filter === null ? outline(steps, (name) => folds.includes(foldKey(id, name))) : filtered(steps, filter)),
    [steps, filter, folds, id],
  );
  const [held] = useStored(ahead);
  const current = held ?? step?.id ?? null;
  const atHeading = rows.findIndex((row) => row.kind === "section" && row.steps[0] === heading);
  const atStep = rows.findIndex((row) => row.kind === "step" && row.step.id === current);
  // In a folded section the heading stands for the step.
  const atFold = rows.findIndex((row) => row.kind === "section" && current !== null && row.steps.includes(current));
  return {
    rows,
    hasSections: rows.some(({ kind }) => kind === "section"),
    filter,
    active: heading !== null && atHeading >= 0 ? atHeading : atStep >= 0 ? atStep : atFold,
    chosen: useMemo(() => new Set(chosen(steps, current, choice)), [steps, current, choice]),
    setFolded: (name, isFolded) => setFolded(id, name, isFolded),
  };
}
