// The texts that are open on the screen, by field: whoever works on "the text" asks here which one is meant.

import type { EditorView } from "@codemirror/view";
import type { Field } from "../../../ipc";
import { fields } from "../../../lib/fields";
import { kept, type Stored } from "../../../lib/stored";

const open: Stored<ReadonlyMap<Field, EditorView>> = kept<ReadonlyMap<Field, EditorView>>(new Map());

/** Called by each text as it opens; gives what to call when it closes. */
export function opened(field: Field, view: EditorView): () => void {
  open.write(new Map(open.read()).set(field, view));
  return () => {
    const others = new Map(open.read());
    if (others.get(field) !== view) return;
    others.delete(field);
    open.write(others);
  };
}

export const subscribeViews: (changed: () => void) => () => void = open.subscribe;
export const viewOf = (field: Field): EditorView | undefined => open.read().get(field);

/** In the order of the screen. */
export function openViews(): { field: Field; view: EditorView }[] {
  return fields.flatMap((field) => {
    const view = viewOf(field);
    return view ? [{ field, view }] : [];
  });
}

/** The text with the focus. */
export function activeText(): { field: Field; view: EditorView } | null {
  return openViews().find(({ view }) => view.hasFocus) ?? null;
}
