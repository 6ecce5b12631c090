// Bold, italic, struck and code: around what is selected, else around the word at the cursor. A second press takes the
// marks away, wherever in them the cursor is.

import { syntaxTree } from "@codemirror/language";
import {
  type ChangeSpec,
  EditorSelection,
  type EditorState,
  type SelectionRange,
  type StateCommand,
} from "@codemirror/state";
import { codeBlock } from "./code-block";

type Mark = { text: string; node: string };

const marks = {
  bold: { text: "**", node: "StrongEmphasis" },
  italic: { text: "*", node: "Emphasis" },
  strike: { text: "~~", node: "Strikethrough" },
  code: { text: "`", node: "InlineCode" },
} satisfies Record<string, Mark>;

/** What stands before the words of a line: quotes, list marks, a box, heading marks. */
const before = /^\s*(?:>\s*)*(?:(?:[-+*]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?)?(?:#{1,6}\s+)?/;

const toggle =
  (mark: Mark): StateCommand =>
  ({ state, dispatch }) => {
    const change = state.changeByRange((range) => takenAway(state, range, mark) ?? put(state, range, mark));
    dispatch(state.update(change, { userEvent: "input", scrollIntoView: true }));
    return true;
  };

export const bold = toggle(marks.bold);
export const italic = toggle(marks.italic);
export const strike = toggle(marks.strike);

const inlineCode = toggle(marks.code);

/** Code in a line; where whole lines are selected, a block. */
export const code: StateCommand = (target) => {
  const { main } = target.state.selection;
  const isLong = target.state.sliceDoc(main.from, main.to).includes("\n");
  return isLong ? codeBlock(target) : inlineCode(target);
};

type Changed = { changes: ChangeSpec; range: SelectionRange };

/** Takes away the marks that the selection is in, or that it begins and ends with. */
function takenAway(state: EditorState, range: SelectionRange, { node: name, text }: Mark): Changed | null {
  const inner = syntaxTree(state).resolveInner(range.from, range.empty ? 0 : 1);
  for (let node: typeof inner | null = inner; node; node = node.parent) {
    if (node.name !== name || node.from > range.from || node.to < range.to) continue;
    const [first, last] = [node.firstChild, node.lastChild];
    if (!first || !last || first === last) return null;
    const changes = state.changes([
      { from: first.from, to: first.to },
      { from: last.from, to: last.to },
    ]);
    return { changes, range: range.map(changes) };
  }
  // Empty marks, made by the same key a moment ago.
  const around = state.sliceDoc(range.from - text.length, range.to + text.length);
  if (range.empty && around === text + text) {
    const changes = state.changes({ from: range.from - text.length, to: range.to + text.length });
    return { changes, range: range.map(changes) };
  }
  return null;
}

function put(state: EditorState, range: SelectionRange, { text }: Mark): Changed {
  const chosen = range.empty ? (state.wordAt(range.head) ?? range) : range;
  if (chosen.empty) {
    return {
      changes: { from: range.head, insert: text + text },
      range: EditorSelection.cursor(range.head + text.length),
    };
  }
  const words = parts(state, chosen);
  const [first, last] = [words[0], words.at(-1)];
  if (!first || !last) return { changes: [], range };
  const changes = state.changes(
    words.flatMap(({ from, to }) => {
      const mark = text === "`" ? fence(state.sliceDoc(from, to)) : text;
      return [
        { from, insert: mark },
        { from: to, insert: mark },
      ];
    }),
  );
  // The cursor stays at its letter; a selection goes on holding the words without the marks.
  const map = (at: number, side: -1 | 1) => changes.mapPos(at, side);
  if (range.empty) {
    return { changes, range: EditorSelection.cursor(map(range.head, range.head === first.from ? 1 : -1)) };
  }
  const [start, end] = [map(first.from, 1), map(last.to, -1)];
  const isBack = range.head < range.anchor;
  return { changes, range: EditorSelection.range(isBack ? end : start, isBack ? start : end) };
}

/** The words of each line of a selection: marks do not reach over lines, and not around spaces. */
function parts(state: EditorState, { from, to }: { from: number; to: number }): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (let line = state.doc.lineAt(from); ; line = state.doc.line(line.number + 1)) {
    const words = line.from + (before.exec(line.text)?.[0].length ?? 0);
    const start = Math.max(from, words);
    const part = state.sliceDoc(start, Math.max(start, Math.min(to, line.to)));
    const trimmed = part.trim();
    if (trimmed) {
      const at = start + part.indexOf(trimmed);
      found.push({ from: at, to: at + trimmed.length });
    }
    if (line.to >= to) return found;
  }
}

/** Enough backticks that none in the code ends it. */
function fence(code: string): string {
  const longest = Math.max(0, ...(code.match(/`+/g) ?? []).map((run) => run.length));
  return "`".repeat(longest === 0 ? 1 : longest + 1);
}
