// The menu of a text is asked for by the second button, or by its keys at the cursor.

import type { EditorView } from "@codemirror/view";
import { type KeyboardEvent, type MouseEvent, useState } from "react";
import type { Field } from "../../../ipc";
import { asksForMenu } from "../../../ui/Menu";
import { openViews } from "./open-views";
import type { AskedText } from "./TextMenu";

export function useTextMenu() {
  const [asked, setAsked] = useState<AskedText | null>(null);
  const askAtCursor = ({ field, view }: Shown) => {
    const { head } = view.state.selection.main;
    const box = view.coordsAtPos(head) ?? view.contentDOM.getBoundingClientRect();
    setAsked({ field, view, at: { x: box.left, y: box.bottom } });
  };
  return {
    asked,
    close: () => setAsked(null),
    onContextMenu: (event: MouseEvent) => {
      const shown = textOf(event.target);
      if (!shown) return;
      event.preventDefault();
      // A key asks at the cursor, wherever the pointer is.
      if (event.button !== 2) return askAtCursor(shown);
      const { view } = shown;
      const at = { x: event.clientX, y: event.clientY };
      const place = view.posAtCoords(at, false);
      const { from, to } = view.state.selection.main;
      if (place < from || place > to) view.dispatch({ selection: { anchor: place } });
      setAsked({ ...shown, at });
    },
    onKeyDown: (event: KeyboardEvent) => {
      const shown = asksForMenu(event) ? textOf(event.target) : undefined;
      if (!shown) return;
      event.preventDefault();
      askAtCursor(shown);
    },
  };
}

type Shown = { field: Field; view: EditorView };

const textOf = (target: EventTarget): Shown | undefined =>
  target instanceof Node ? openViews().find(({ view }) => view.contentDOM.contains(target)) : undefined;
