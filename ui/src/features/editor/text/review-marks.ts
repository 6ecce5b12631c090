// Stretches of a text that somebody has commented on, in the color of the field. They move with what is typed; a press on one
// shows its thread.

import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import type { Field } from "../../../ipc";
import { fieldColor, fieldSoftColor } from "../../../lib/fields";

export type Commented = { thread: string; from: number; to: number };

const put = StateEffect.define<DecorationSet>();

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (known, transaction) => {
    const news = transaction.effects.find((effect) => effect.is(put));
    return news ? news.value : known.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

const look = EditorView.baseTheme({
  ".cm-commented": {
    backgroundColor: "var(--mark-soft)",
    boxShadow: "inset 0 -2px 0 var(--mark)",
    cursor: "pointer",
  },
});

/** Shows these stretches of a view's text, and no others. */
export function showCommented(view: EditorView, field: Field, commented: readonly Commented[]): void {
  const style = `--mark: ${fieldColor(field)}; --mark-soft: ${fieldSoftColor(field)}`;
  const { length } = view.state.doc;
  const ranges = commented
    .filter(({ from, to }) => from < to && to <= length)
    .map(({ thread, from, to }) =>
      Decoration.mark({ class: "cm-commented", attributes: { style, "data-thread": thread } }).range(from, to),
    );
  if (ranges.length === 0 && view.state.field(marks, false)?.size === 0) return;
  view.dispatch({ effects: put.of(Decoration.set(ranges, true)) });
}

export function commentMarks(onPress: (thread: string) => void): Extension {
  const press = EditorView.domEventHandlers({
    click: ({ target }) => {
      const thread = target instanceof Element && target.closest<HTMLElement>("[data-thread]")?.dataset.thread;
      if (thread) onPress(thread);
    },
  });
  return [marks, look, press];
}
