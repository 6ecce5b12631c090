// Ways to the history of a walkthrough and of the step that is shown.

import { navigate } from "../../lib/route";
import type { Action } from "../../ui/actions";
import type { Editor } from "./editor";
import { strings } from "./history-strings";

export function historyActions({ walkthrough: { id }, step }: Pick<Editor, "walkthrough" | "step">): Action[] {
  return [
    {
      id: "history",
      label: strings.showHistory,
      shortcut: "Mod+Shift+H",
      run: () => navigate({ screen: "history", id, step: null }),
    },
    {
      id: "step-history",
      label: strings.showStepHistory,
      isEnabled: step !== null,
      run: () => step && navigate({ screen: "history", id, step: step.id }),
    },
  ];
}
