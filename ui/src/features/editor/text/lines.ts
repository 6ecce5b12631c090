// Headings, quotes and lists: what stands at the beginning of the selected lines. A second press takes it away.

import type { EditorState, Line, StateCommand } from "@codemirror/state";

const list = /^(\s*(?:>\s?)*)(?:[-+*]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?/;
const marks = {
  bullet: /^\s*(?:>\s?)*[-+*]\s+(?!\[[ xX]\]\s)/,
  ordered: /^\s*(?:>\s?)*\d{1,9}[.)]\s+/,
  task: /^\s*(?:>\s?)*[-+*]\s+\[[ xX]\]\s+/,
} satisfies Record<string, RegExp>;

function selectedLines(state: EditorState): Line[] {
  const { main } = state.selection;
  const [first, last] = [state.doc.lineAt(main.from), state.doc.lineAt(main.to)];
  const lines = Array.from({ length: last.number - first.number + 1 }, (_, index) =>
    state.doc.line(first.number + index),
  );
  // Empty lines between paragraphs stay empty; one that is alone is where something begins.
  const written = lines.filter((line) => line.text.trim() !== "");
  return written.length > 0 ? written : lines.slice(0, 1);
}

type Rewrite = (text: string, index: number) => string;

function rewrite({ state, dispatch }: Parameters<StateCommand>[0], write: Rewrite): boolean {
  const changes = selectedLines(state).flatMap((line, index) => {
    const text = write(line.text, index);
    if (text === line.text) return [];
    // Only the beginning changes, so that the cursor stays with its word.
    let same = 0;
    while (same < Math.min(text.length, line.text.length) && text.at(-1 - same) === line.text.at(-1 - same)) same += 1;
    return [{ from: line.from, to: line.to - same, insert: text.slice(0, text.length - same) }];
  });
  if (changes.length === 0) return true;
  const made = state.changes(changes);
  const selection = state.selection.map(made, 1);
  dispatch(state.update({ changes: made, selection, userEvent: "input", scrollIntoView: true }));
  return true;
}

export const heading =
  (level: 1 | 2 | 3 | 4): StateCommand =>
  (target) => {
    const mark = `${"#".repeat(level)} `;
    const isAlready = selectedLines(target.state).every(({ text }) => text.startsWith(mark));
    return rewrite(target, (text) => (isAlready ? "" : mark) + text.replace(/^\s{0,3}#{1,6}\s+/, ""));
  };

export const quote: StateCommand = (target) => {
  const isAlready = selectedLines(target.state).every(({ text }) => text.startsWith(">"));
  return rewrite(target, (text) => (isAlready ? text.replace(/^>\s?/, "") : `> ${text}`));
};

const listOf =
  (kind: keyof typeof marks): StateCommand =>
  (target) => {
    const isAlready = selectedLines(target.state).every(({ text }) => marks[kind].test(text));
    const mark = (index: number) => ({ bullet: "- ", ordered: `${index + 1}. `, task: "- [ ] " })[kind];
    return rewrite(target, (text, index) => {
      const [, start = ""] = list.exec(text) ?? /^(\s*(?:>\s?)*)/.exec(text) ?? [];
      const words = text.replace(list, start).slice(start.length);
      return start + (isAlready ? "" : mark(index)) + words;
    });
  };

export const bulletList: StateCommand = listOf("bullet");
export const orderedList: StateCommand = listOf("ordered");
export const taskList: StateCommand = listOf("task");
