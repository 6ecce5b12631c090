// Blocks of code: made around the selected lines, with the cursor where the language goes; taken away from inside.

import { syntaxTree } from "@codemirror/language";
import { EditorSelection, type EditorState, type StateCommand } from "@codemirror/state";

/** The block of code at a place, fences included. */
export function fencedCode(state: EditorState, at: number): { from: number; to: number } | null {
  for (let node = syntaxTree(state).resolveInner(at, -1); ; ) {
    if (node.name === "FencedCode") return { from: node.from, to: node.to };
    if (!node.parent) return null;
    node = node.parent;
  }
}

/** Whether a place is in code of any kind, where Markdown means nothing. */
export function isInCode(state: EditorState, at: number): boolean {
  for (let node = syntaxTree(state).resolveInner(at, -1); node.parent; node = node.parent) {
    if (/^(FencedCode|CodeBlock|InlineCode)$/.test(node.name)) return true;
  }
  return false;
}

export const codeBlock: StateCommand = ({ state, dispatch }) => {
  const { main } = state.selection;
  const known = fencedCode(state, main.head);
  if (known && known.to >= main.to && known.from <= main.from) {
    const [first, last] = [state.doc.lineAt(known.from), state.doc.lineAt(known.to)];
    const isClosed = last.number > first.number && /^\s*(?:`{3,}|~{3,})\s*$/.test(last.text);
    const changes = [{ from: first.from, to: Math.min(first.to + 1, state.doc.length) }];
    if (isClosed) changes.push({ from: last.from - 1, to: last.to });
    dispatch(state.update({ changes, userEvent: "delete" }));
    return true;
  }
  const [first, last] = [state.doc.lineAt(main.from), state.doc.lineAt(main.to)];
  const indent = /^\s*/.exec(first.text)?.[0] ?? "";
  const code = state.sliceDoc(first.from, last.to);
  const longest = Math.max(2, ...(code.match(/`{3,}/g) ?? []).map((run) => run.length));
  const fence = indent + "`".repeat(longest + 1);
  const gap = first.number > 1 && state.doc.line(first.number - 1).text.trim() !== "" ? "\n" : "";
  const changes = [
    { from: first.from, insert: `${gap}${fence}\n` },
    { from: last.to, insert: `\n${fence}` },
  ];
  const language = first.from + gap.length + fence.length;
  dispatch(
    state.update({ changes, selection: EditorSelection.cursor(language), userEvent: "input", scrollIntoView: true }),
  );
  return true;
};
