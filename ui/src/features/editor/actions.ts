// What can be done in the editor, for buttons, menus, the palette and the keyboard.

import { navigate } from "../../lib/route";
import { type Action, doing } from "../../ui/actions";
import { tell } from "../../ui/tell";
import { editorSpecs } from "./action-specs";
import { attempt } from "./attempt";
import { type Editor, previewShown, previewTab, stepsShown } from "./editor";
import { exportDraft } from "./export-draft";
import { linkCheckWanted } from "./LinkCheck";
import { chooseHere, fixHere } from "./mending";
import { togglePreview } from "./preview-focus";
import { namingSnapshot } from "./SnapshotDialog";
import { stepActions } from "./steps/step-actions";
import { strings } from "./strings";
import { savingTemplate } from "./TemplateDialog";

export { attempt };

function travel({ session, part, go, goDetails, goFlow, goQuiz }: Editor, direction: "undo" | "redo"): void {
  attempt(async () => {
    const place = await session.travel(direction);
    const isFlow = part === "flow";
    if (place === "details") isFlow || goDetails();
    else if (place?.part === "quiz") goQuiz(place.step);
    else if (place && (isFlow || place.part === "flow")) goFlow(place.step);
    else if (place) go(place.step, place.field);
    else if (place === null) tell(direction === "undo" ? strings.nothingToUndo : strings.nothingToRedo);
  });
}

function showProblems(): void {
  previewShown.write(true);
  previewTab.write("problems");
}

export function editorActions(editor: Editor): Action[] {
  const { walkthrough, step, go, goDetails } = editor;
  const { steps } = walkthrough;
  const index = step ? steps.findIndex(({ id }) => id === step.id) : -1;
  const has = step !== null;
  const at = (to: number) => () => {
    const target = steps[to];
    if (target) go(target.id);
  };
  const { undo, redo, details, publish, save, export: toFile } = editorSpecs;
  return [
    { ...doing(undo, () => travel(editor, "undo")), leavesInputs: true },
    { ...doing(redo, () => travel(editor, "redo")), leavesInputs: true },
    doing(save, () => namingSnapshot.write(true)),
    ...stepActions(editor),
    doing(editorSpecs["previous-step"], at(index - 1), index > 0),
    doing(editorSpecs["next-step"], at(index + 1), has && index < steps.length - 1),
    doing(editorSpecs["quick-fix"], () => attempt(() => fixHere(editor)), has),
    doing(editorSpecs["problem-menu"], () => chooseHere(editor), has),
    doing(editorSpecs.problems, showProblems),
    doing(editorSpecs["check-links"], () => {
      showProblems();
      linkCheckWanted.write(true);
    }),
    doing(details, goDetails),
    doing(editorSpecs["toggle-preview"], togglePreview),
    {
      id: "side-bar",
      label: strings.toggleSteps,
      shortcut: "Mod+\\",
      run: () => stepsShown.write(!stepsShown.read()),
    },
    doing(editorSpecs["save-template"], () => savingTemplate.write(true)),
    doing(toFile, () => exportDraft(editor)),
    doing(publish, () => navigate({ screen: "publish", id: walkthrough.id })),
  ];
}
