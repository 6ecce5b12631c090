// The keys of the step list. Those that work everywhere in the editor are actions; these belong to the list alone.

import type { KeyboardEvent } from "react";
import type { StepId } from "../../../ipc";
import { isPressed } from "../../../ui/keymap";
import { listSpecs } from "../action-specs";
import type { Editor } from "../editor";
import type { Row } from "./outline";
import { ranged, selection } from "./selection";
import { activeSection, ahead, deleteChosen, insertBelow, insertStep, nameSection, typedAhead } from "./step-actions";
import type { Outline } from "./use-outline";

export type ListKeys = {
  editor: Editor;
  outline: Outline;
  go: (step: StepId) => void;
  /** Shows the menu beside the row where the keyboard is. */
  ask: () => void;
  filter: () => void;
};

const page = 8;

export const stepsOf = (rows: readonly Row[]): StepId[] =>
  rows.flatMap((row) => (row.kind === "step" ? [row.step.id] : []));

/** Goes to a row: a step is shown, a heading only holds the keyboard. */
export function goToRow(row: Row | undefined, go: (step: StepId) => void): void {
  if (!row) return;
  activeSection.write(row.kind === "section" ? (row.steps[0] ?? null) : null);
  if (row.kind === "section") return;
  selection.write({ ids: new Set([row.step.id]), anchor: row.step.id });
  go(row.step.id);
}

/** Milliseconds after which a held key counts as let go, should nobody hear of that. */
const heldFor = 150;
let letGo: ReturnType<typeof setTimeout> | undefined;
let arrive: () => void = () => undefined;

/** While a key is held only the list follows: four texts are not opened for every step that is passed. */
function hold(go: (step: StepId) => void): (step: StepId) => void {
  return (step) => {
    ahead.write(step);
    arrive = () => {
      ahead.write(null);
      go(step);
    };
    clearTimeout(letGo);
    letGo = setTimeout(release, heldFor);
  };
}

/** The key was let go: the step that it came to is shown. */
export function release(): void {
  clearTimeout(letGo);
  const shown = arrive;
  arrive = () => undefined;
  shown();
}

/** Gives whether the key was one of the list's. */
export function pressInList(event: KeyboardEvent, keys: ListKeys): boolean {
  const { editor, outline, go } = keys;
  const { rows, active } = outline;
  const row = rows[active];
  const hasMod = event.ctrlKey || event.metaKey;
  if (event.altKey) return false;
  const typed = typedAhead.read();
  if (typed !== null && !hasMod && event.key.length === 1) {
    typedAhead.write(typed + event.key);
    return true;
  }
  if (hasMod) {
    if (!isPressed(listSpecs["list-choose-all"], event.nativeEvent)) return false;
    const ids = stepsOf(rows);
    selection.write({ ids: new Set(ids), anchor: ids[0] ?? null });
    return true;
  }
  const target = targetOf(event.key, active, rows.length);
  if (target !== null) {
    if (event.shiftKey) extend(keys, target);
    else goToRow(rows[Math.min(Math.max(target, 0), rows.length - 1)], event.repeat ? hold(go) : go);
    return true;
  }
  switch (event.key) {
    case "ArrowLeft":
    case "ArrowRight":
      return fold(row, active, event.key === "ArrowLeft", keys);
    case "Enter":
      if (row?.kind === "section") outline.setFolded(row.name, !row.isFolded);
      else if (event.shiftKey)
        insertStep(
          editor,
          editor.walkthrough.steps.findIndex(({ id }) => id === editor.step?.id),
        );
      else insertBelow(editor);
      return true;
    case "Delete":
      if (row?.kind !== "section") deleteChosen(editor);
      else if (row.name !== null && row.steps[0]) nameSection(editor, row.steps[0], null);
      return true;
    case "Escape":
      if (outline.chosen.size < 2) return false;
      selection.write({ ids: new Set(), anchor: null });
      return true;
    case "ContextMenu":
      keys.ask();
      return true;
    case "F10":
      if (event.shiftKey) keys.ask();
      return event.shiftKey;
    default:
      if (!isPressed(listSpecs["list-filter"], event.nativeEvent)) return false;
      keys.filter();
      return true;
  }
}

function targetOf(key: string, active: number, count: number): number | null {
  const targets: Record<string, number> = {
    ArrowUp: active - 1,
    ArrowDown: active + 1,
    PageUp: active - page,
    PageDown: active + page,
    Home: 0,
    End: count - 1,
  };
  return targets[key] ?? null;
}

/** A range of steps; headings on the way are passed by. */
function extend({ editor, outline: { rows, active }, go }: ListKeys, target: number): void {
  const by = target < active ? -1 : 1;
  let at = Math.min(Math.max(target, 0), rows.length - 1);
  while (rows[at]?.kind === "section") at += by;
  const row = rows[at];
  if (row?.kind !== "step") return;
  const { anchor } = selection.read();
  const visible = stepsOf(rows);
  const from = anchor && visible.includes(anchor) ? anchor : (editor.step?.id ?? null);
  activeSection.write(null);
  selection.write({ ids: ranged(visible, from, row.step.id), anchor: from });
  go(row.step.id);
}

function fold(row: Row | undefined, active: number, isLeft: boolean, { outline, go }: ListKeys): boolean {
  const { rows, hasSections, setFolded } = outline;
  if (!row || !hasSections) return false;
  if (row.kind === "step") {
    const heading = rows.slice(0, active).findLast(({ kind }) => kind === "section");
    if (isLeft) goToRow(heading, go);
    return isLeft;
  }
  if (isLeft !== row.isFolded) setFolded(row.name, isLeft);
  else if (!isLeft) goToRow(rows[active + 1], go);
  return true;
}
