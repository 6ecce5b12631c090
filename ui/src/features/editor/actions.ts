// What can be done in the editor, for buttons, menus, the palette and the keyboard.

import { asWaymarkError, type Edit, type Step, type StepId } from "../../ipc";
import { navigate } from "../../lib/route";
import { kept, type Stored } from "../../lib/stored";
import type { Action } from "../../ui/actions";
import { tell, tellError } from "../../ui/tell";
import { type Editor, previewShown, stepsShown } from "./editor";
import { fixHere } from "./mending";
import { strings } from "./strings";

/** The step whose title is being written in the list. */
export const renaming: Stored<StepId | null> = kept<StepId | null>(null);

/** Does something and shows what went wrong. */
export function attempt(run: () => Promise<unknown>): void {
  run().catch((error: unknown) => tellError(asWaymarkError(error)));
}

export function addStep({ session, walkthrough, step, go }: Editor): void {
  attempt(async () => {
    const { steps } = walkthrough;
    const at = step ? steps.findIndex(({ id }) => id === step.id) + 1 : steps.length;
    const added = await session.addStep(at, strings.newStep);
    go(added);
    renaming.write(added);
  });
}

export function moveStep({ session, walkthrough }: Editor, step: StepId, to: number): void {
  const from = walkthrough.steps.findIndex(({ id }) => id === step);
  if (to < 0 || to >= walkthrough.steps.length || to === from) return;
  attempt(() => session.edit({ edit: "move_step", step, to }));
}

export function deleteStep({ session, walkthrough, go }: Editor, id: StepId): void {
  const { steps } = walkthrough;
  const index = steps.findIndex((step) => step.id === id);
  const step = steps[index];
  if (!step) return;
  attempt(async () => {
    await session.edit({ edit: "remove_step", step: id });
    const { version } = session.read();
    const neighbor = steps[index + 1] ?? steps[index - 1];
    if (neighbor) go(neighbor.id);
    const undo = async () => {
      await session.flush();
      const isLast = session.read().version === version;
      await (isLast ? session.travel("undo") : session.edit(putBack(step, index)));
      go(id);
    };
    tell(strings.deleted(step.title), { label: strings.undo, run: () => attempt(undo) });
  });
}

/** A deleted step where it was, also after other changes that are to stay. */
function putBack(step: Step, index: number): Edit {
  const last = { ...step, display_order: 2_147_483_647, next_step_id: null };
  return {
    edit: "batch",
    edits: [
      { edit: "put_step", step: last },
      { edit: "move_step", step: step.id, to: index },
      { edit: "set_link", step: step.id, next: step.next_step_id },
    ],
  };
}

function travel({ session, go, goDetails }: Editor, direction: "undo" | "redo"): void {
  attempt(async () => {
    const place = await session.travel(direction);
    if (place === "details") goDetails();
    else if (place) go(place.step, place.field);
    else if (place === null) tell(direction === "undo" ? strings.nothingToUndo : strings.nothingToRedo);
  });
}

export function editorActions(editor: Editor): Action[] {
  const { session, walkthrough, step, go, goDetails } = editor;
  const { steps } = walkthrough;
  const index = step ? steps.findIndex(({ id }) => id === step.id) : -1;
  const has = step !== null;
  const withStep = (run: (id: StepId) => void) => () => step && run(step.id);
  const at = (to: number) => () => {
    const target = steps[to];
    if (target) go(target.id);
  };
  return [
    { id: "undo", label: strings.undo, shortcut: "Mod+Z", leavesInputs: true, run: () => travel(editor, "undo") },
    { id: "redo", label: strings.redo, shortcut: "Mod+Shift+Z", leavesInputs: true, run: () => travel(editor, "redo") },
    { id: "save", label: strings.saveNow, shortcut: "Mod+S", run: () => attempt(() => session.flush()) },
    { id: "insert-step", label: strings.insertStep, shortcut: "Mod+Enter", run: () => addStep(editor) },
    {
      id: "duplicate-step",
      label: strings.duplicateStep,
      shortcut: "Mod+D",
      isEnabled: has,
      run: withStep((id) => attempt(async () => go(await session.duplicateStep(id)))),
    },
    {
      id: "rename-step",
      label: strings.renameStep,
      shortcut: "F2",
      isEnabled: has,
      run: withStep((id) => renaming.write(id)),
    },
    {
      id: "move-up",
      label: strings.moveUp,
      shortcut: "Alt+ArrowUp",
      isEnabled: has,
      run: withStep((id) => moveStep(editor, id, index - 1)),
    },
    {
      id: "move-down",
      label: strings.moveDown,
      shortcut: "Alt+ArrowDown",
      isEnabled: has,
      run: withStep((id) => moveStep(editor, id, index + 1)),
    },
    {
      id: "delete-step",
      label: strings.deleteStep,
      shortcut: "Delete",
      isLocal: true,
      isEnabled: has,
      run: withStep((id) => deleteStep(editor, id)),
    },
    { id: "previous-step", label: "Previous step", shortcut: "Mod+PageUp", isEnabled: index > 0, run: at(index - 1) },
    {
      id: "next-step",
      label: "Next step",
      shortcut: "Mod+PageDown",
      isEnabled: has && index < steps.length - 1,
      run: at(index + 1),
    },
    {
      id: "quick-fix",
      label: strings.quickFix,
      shortcut: "Mod+.",
      isEnabled: has,
      run: () => attempt(() => fixHere(editor)),
    },
    { id: "details", label: strings.walkthroughDetails, run: goDetails },
    {
      id: "toggle-preview",
      label: strings.togglePreview,
      shortcut: "F5",
      run: () => previewShown.write(!previewShown.read()),
    },
    {
      id: "side-bar",
      label: "Show or hide the steps",
      shortcut: "Mod+\\",
      run: () => stepsShown.write(!stepsShown.read()),
    },
    { id: "publish", label: strings.publish, run: () => navigate({ screen: "publish", id: walkthrough.id }) },
  ];
}
