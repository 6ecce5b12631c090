// What can be done with steps and sections, for buttons, menus, the palette and the keyboard alike.

import type { Edit, Step, StepId } from "../../../ipc";
import { kept, type Stored } from "../../../lib/stored";
import { type Action, doing } from "../../../ui/actions";
import { tell } from "../../../ui/tell";
import { editorSpecs } from "../action-specs";
import { attempt } from "../attempt";
import type { Editor } from "../editor";
import { strings } from "../strings";
import { addStep, duplicateSteps, moveSteps, removeSteps, setSection, type Target } from "../structure";
import { setFolded } from "./folds";
import { freeName, sectionOf } from "./outline";
import { chosen, selection } from "./selection";

/** The step whose title is being written in the list. */
export const renaming: Stored<StepId | null> = kept<StepId | null>(null);
/** What was typed between asking for a step and seeing its title to write: no letter of it is lost. */
export const typedAhead: Stored<string | null> = kept<string | null>(null);
/** The first step of the section whose name is being written. */
export const renamingSection: Stored<StepId | null> = kept<StepId | null>(null);
/** The first step of the section that the keyboard is at, where it is at a heading. */
export const activeSection: Stored<StepId | null> = kept<StepId | null>(null);
/** The step that a held key has come to. What it says is shown when the key rests. */
export const ahead: Stored<StepId | null> = kept<StepId | null>(null);
/** What the titles in the list are filtered by; null while nobody filters. */
export const stepFilter: Stored<string | null> = kept<string | null>(null);

export const chosenSteps = ({ walkthrough, step }: Editor): StepId[] =>
  chosen(walkthrough.steps, step?.id ?? null, selection.read());

/** Milliseconds after which typing belongs to the list again, should no title be there to write. */
const aheadFor = 1_000;

/** An empty step at a place, whose title is then written in the list. */
export function insertStep({ session, walkthrough, go }: Editor, at: number): void {
  attempt(async () => {
    stepFilter.write(null);
    typedAhead.write("");
    try {
      const added = await addStep(session, at, strings.newStep);
      // Its row has to be there for its title to be written.
      setFolded(walkthrough.id, at > 0 ? sectionOfIndex(walkthrough.steps, at - 1) : null, false);
      go(added);
      renaming.write(added);
      setTimeout(() => typedAhead.write(null), aheadFor);
    } catch (error) {
      typedAhead.write(null);
      throw error;
    }
  });
}

const sectionOfIndex = (steps: readonly Step[], index: number): string | null => {
  const step = steps[Math.min(index, steps.length - 1)];
  return step ? sectionOf(step) : null;
};

/** Below the chosen steps, or at the end. */
export function insertBelow(editor: Editor): void {
  const { steps } = editor.walkthrough;
  const last = chosenSteps(editor).at(-1);
  insertStep(editor, last === undefined ? steps.length : steps.findIndex(({ id }) => id === last) + 1);
}

export function duplicateChosen(editor: Editor): void {
  attempt(async () => {
    const copies = await duplicateSteps(editor.session, chosenSteps(editor));
    selection.write({ ids: new Set(copies), anchor: copies[0] ?? null });
    const [first] = copies;
    if (first) editor.go(first);
  });
}

export function moveChosen(editor: Editor, to: Target): void {
  attempt(() => moveSteps(editor.session, chosenSteps(editor), to));
}

export function deleteChosen(editor: Editor): void {
  const { session, walkthrough, go } = editor;
  const { steps } = walkthrough;
  const ids = new Set(chosenSteps(editor));
  const gone = steps.flatMap((step, index) => (ids.has(step.id) ? [{ step, index }] : []));
  const [first] = gone;
  if (!first) return;
  attempt(async () => {
    await removeSteps(session, [...ids]);
    const { version } = session.read();
    const rest = steps.filter(({ id }) => !ids.has(id));
    const neighbor = rest[first.index] ?? rest.at(-1);
    if (neighbor) go(neighbor.id);
    const undo = async () => {
      await session.flush();
      const isLast = session.read().version === version;
      await (isLast ? session.travel("undo") : session.edit(putBack(gone)));
      go(first.step.id);
    };
    const told = gone.length === 1 ? strings.deleted(first.step.title) : strings.deletedSteps(gone.length);
    tell(told, { label: strings.undo, run: () => attempt(undo) });
  });
}

/** Deleted steps where they were, also after other changes that are to stay. */
function putBack(gone: readonly { step: Step; index: number }[]): Edit {
  const put = gone.map(({ step }, index): Edit => {
    const display_order = 2_147_483_647 - gone.length + index;
    return { edit: "put_step", step: { ...step, display_order, next_step_id: null } };
  });
  const move = gone.map(({ step, index }): Edit => ({ edit: "move_step", step: step.id, to: index }));
  const link = gone.map(({ step }): Edit => ({ edit: "set_link", step: step.id, next: step.next_step_id }));
  return { edit: "batch", edits: [...put, ...move, ...link] };
}

/** Puts the chosen steps under a heading of their own, whose name is then written. */
export function groupChosen(editor: Editor): void {
  const ids = chosenSteps(editor);
  const [first] = ids;
  if (!first) return;
  attempt(async () => {
    await setSection(editor.session, ids, freeName(editor.walkthrough.steps, strings.newSection));
    renamingSection.write(first);
  });
}

/** The steps of the section that a step begins. */
export function sectionFrom(steps: readonly Step[], first: StepId): StepId[] {
  const start = steps.findIndex(({ id }) => id === first);
  const from = steps.slice(Math.max(start, 0));
  const name = from[0] && sectionOf(from[0]);
  const end = from.findIndex((step) => sectionOf(step) !== name);
  return (end < 0 ? from : from.slice(0, end)).map(({ id }) => id);
}

export const nameSection = ({ session, walkthrough }: Editor, first: StepId, name: string | null): void =>
  attempt(() => setSection(session, sectionFrom(walkthrough.steps, first), name));

export const moveSection = ({ session, walkthrough }: Editor, first: StepId, isUp: boolean): void => {
  const to: Target = { to: isUp ? "past_section_above" : "past_section_below" };
  attempt(() => moveSteps(session, sectionFrom(walkthrough.steps, first), to));
};

/** Where the keyboard is: at a heading, or at steps. */
const shift = (editor: Editor, isUp: boolean): void => {
  const section = activeSection.read();
  if (section) moveSection(editor, section, isUp);
  else moveChosen(editor, { to: isUp ? "up" : "down" });
};

export function stepActions(editor: Editor): Action[] {
  const { step, walkthrough } = editor;
  const has = step !== null;
  const rename = () => {
    const section = activeSection.read();
    if (section) renamingSection.write(section);
    else renaming.write(step?.id ?? null);
  };
  const takeOut = () => attempt(() => setSection(editor.session, chosenSteps(editor), null));
  const isInSection = step !== null && sectionOf(step) !== null;
  return [
    doing(editorSpecs["insert-step"], () => insertBelow(editor)),
    doing(editorSpecs["rename-step"], rename, has),
    doing(editorSpecs["duplicate-step"], () => duplicateChosen(editor), has),
    doing(editorSpecs["move-up"], () => shift(editor, true), has),
    doing(editorSpecs["move-down"], () => shift(editor, false), has),
    doing(editorSpecs["group-steps"], () => groupChosen(editor), has),
    doing(editorSpecs["ungroup-steps"], takeOut, isInSection),
    doing(editorSpecs["delete-step"], () => deleteChosen(editor), has),
    doing(editorSpecs["filter-steps"], () => stepFilter.write(""), walkthrough.steps.length > 0),
  ];
}
