// Ways to the history of a walkthrough and of the step that is shown.

import { navigate } from "../../lib/route";
import { type Action, doing } from "../../ui/actions";
import { editorSpecs } from "./action-specs";
import type { Editor } from "./editor";

export function historyActions({ walkthrough: { id }, step }: Pick<Editor, "walkthrough" | "step">): Action[] {
  return [
    doing(editorSpecs.history, () => navigate({ screen: "history", id, step: null })),
    doing(editorSpecs["step-history"], () => step && navigate({ screen: "history", id, step: step.id }), step !== null),
  ];
}
