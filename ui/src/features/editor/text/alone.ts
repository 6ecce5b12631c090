// One field fills the window. Esc, or the same keys again, bring the others back.

import { EditorView } from "@codemirror/view";
import type { Field } from "../../../ipc";
import { kept, type Stored } from "../../../lib/stored";
import { unfold } from "../folded";
import { activeText, openViews, viewOf } from "./open-views";

export const alone: Stored<Field | null> = kept<Field | null>(null);

/** The field with the focus, else the first that is open. */
export function toggleAlone(wanted?: Field): void {
  const field = wanted ?? activeText()?.field ?? openViews()[0]?.field ?? null;
  const next = alone.read() === null ? field : null;
  const shown = alone.read() ?? next;
  if (next) unfold(next);
  alone.write(next);
  setTimeout(() => {
    const view = shown ? viewOf(shown) : undefined;
    view?.focus();
    view?.dispatch({ effects: EditorView.scrollIntoView(view.state.selection.main.head, { y: "center" }) });
  });
}
