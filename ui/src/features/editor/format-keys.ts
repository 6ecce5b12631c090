// Bold, italic and link around the selection; a second press takes the marks away.

import { EditorSelection, type StateCommand } from "@codemirror/state";
import type { KeyBinding } from "@codemirror/view";

const wrapIn =
  (mark: string): StateCommand =>
  ({ state, dispatch }) => {
    const change = state.changeByRange((range) => {
      const outside = { from: range.from - mark.length, to: range.to + mark.length };
      const isMarked =
        outside.from >= 0 &&
        state.sliceDoc(outside.from, range.from) === mark &&
        state.sliceDoc(range.to, outside.to) === mark;
      if (isMarked) {
        return {
          changes: [
            { from: outside.from, to: range.from },
            { from: range.to, to: outside.to },
          ],
          range: EditorSelection.range(range.anchor - mark.length, range.head - mark.length),
        };
      }
      return {
        changes: [
          { from: range.from, insert: mark },
          { from: range.to, insert: mark },
        ],
        range: EditorSelection.range(range.anchor + mark.length, range.head + mark.length),
      };
    });
    dispatch(state.update(change, { userEvent: "input" }));
    return true;
  };

const link: StateCommand = ({ state, dispatch }) => {
  const change = state.changeByRange((range) => ({
    changes: [
      { from: range.from, insert: "[" },
      { from: range.to, insert: "](https://)" },
    ],
    range: range.empty
      ? EditorSelection.cursor(range.from + 1)
      : EditorSelection.range(range.to + 3, range.to + 3 + "https://".length),
  }));
  dispatch(state.update(change, { userEvent: "input" }));
  return true;
};

export const formatKeys: readonly KeyBinding[] = [
  { key: "Mod-b", run: wrapIn("**"), preventDefault: true },
  { key: "Mod-i", run: wrapIn("*"), preventDefault: true },
  { key: "Mod-k", run: link, preventDefault: true },
];
