// What can be done in the editor, for buttons, menus, the palette and the keyboard.

import { asWaymarkError, type Edit, type Step, type StepId } from "../../ipc";
import { navigate } from "../../lib/route";
import { kept, type Stored } from "../../lib/stored";
import { type Action, doing } from "../../ui/actions";
import { tell, tellError } from "../../ui/tell";
import { editorSpecs } from "./action-specs";
import { type Editor, previewShown, stepsShown } from "./editor";
import { exportDraft } from "./export-draft";
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
  const { undo, redo, details, publish, save, export: toFile } = editorSpecs;
  return [
    { ...doing(undo, () => travel(editor, "undo")), leavesInputs: true },
    { ...doing(redo, () => travel(editor, "redo")), leavesInputs: true },
    doing(save, () => attempt(() => session.flush())),
    doing(editorSpecs["insert-step"], () => addStep(editor)),
    doing(
      editorSpecs["duplicate-step"],
      withStep((id) => attempt(async () => go(await session.duplicateStep(id)))),
      has,
    ),
    doing(
      editorSpecs["rename-step"],
      withStep((id) => renaming.write(id)),
      has,
    ),
    doing(
      editorSpecs["move-up"],
      withStep((id) => moveStep(editor, id, index - 1)),
      index > 0,
    ),
    doing(
      editorSpecs["move-down"],
      withStep((id) => moveStep(editor, id, index + 1)),
      has && index < steps.length - 1,
    ),
    doing(
      editorSpecs["delete-step"],
      withStep((id) => deleteStep(editor, id)),
      has,
    ),
    doing(editorSpecs["previous-step"], at(index - 1), index > 0),
    doing(editorSpecs["next-step"], at(index + 1), has && index < steps.length - 1),
    doing(editorSpecs["quick-fix"], () => attempt(() => fixHere(editor)), has),
    doing(details, goDetails),
    doing(editorSpecs["toggle-preview"], () => previewShown.write(!previewShown.read())),
    {
      id: "side-bar",
      label: strings.toggleSteps,
      shortcut: "Mod+\\",
      run: () => stepsShown.write(!stepsShown.read()),
    },
    doing(toFile, () => exportDraft(editor)),
    doing(publish, () => navigate({ screen: "publish", id: walkthrough.id })),
  ];
}
