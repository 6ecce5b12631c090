// Tab where it means something: the next cell of a table, an item one level in, an indent in code. Esc, then Tab, leaves.

import { indentLess, indentMore } from "@codemirror/commands";
import { syntaxTree } from "@codemirror/language";
import type { EditorState, StateCommand } from "@codemirror/state";
import { isInCode } from "./code-block";
import { nextCell, previousCell } from "./table-keys";

const item = /^(\s*)([-+*]|\d{1,9}[.)])(\s+)/;

/** The lines of the list item at the cursor, with what hangs under it. */
function itemAt(state: EditorState): { first: number; last: number } | null {
  const { head } = state.selection.main;
  const line = state.doc.lineAt(head);
  if (!item.test(line.text) || isInCode(state, head)) return null;
  const mark = line.from + (/\S/.exec(line.text)?.index ?? 0);
  let node = syntaxTree(state).resolveInner(mark, 1);
  while (node.name !== "ListItem" && node.parent) node = node.parent;
  const last = node.name === "ListItem" ? state.doc.lineAt(Math.max(node.to, line.from)).number : line.number;
  return { first: line.number, last: Math.max(last, line.number) };
}

const indentOf = (text: string) => /^\s*/.exec(text)?.[0].length ?? 0;

/** How far in the words of the item above begin: that is where an item under it stands. */
function roomBelow(state: EditorState, number: number): number | null {
  const own = indentOf(state.doc.line(number).text);
  for (let above = number - 1; above >= 1; above -= 1) {
    const { text } = state.doc.line(above);
    if (text.trim() === "") continue;
    const found = item.exec(text);
    if (found && indentOf(text) <= own) return indentOf(text) === own ? found[0].length - own : null;
    if (!found && indentOf(text) < own) return null;
  }
  return null;
}

const itemIn: StateCommand = ({ state, dispatch }) => {
  const here = itemAt(state);
  if (!here) return false;
  const room = roomBelow(state, here.first);
  // The first item has nothing to stand under.
  if (room === null) return true;
  const changes = linesOf(state, here).flatMap((line) =>
    line.text.trim() === "" ? [] : [{ from: line.from, insert: " ".repeat(room) }],
  );
  dispatch(state.update({ changes, userEvent: "input.indent" }));
  return true;
};

const itemOut: StateCommand = ({ state, dispatch }) => {
  const here = itemAt(state);
  if (!here) return false;
  const own = indentOf(state.doc.line(here.first).text);
  if (own === 0) return true;
  let parent = 0;
  for (let above = here.first - 1; above >= 1; above -= 1) {
    const { text } = state.doc.line(above);
    if (!item.test(text) || indentOf(text) >= own) continue;
    parent = indentOf(text);
    break;
  }
  const changes = linesOf(state, here).map((line) => ({
    from: line.from,
    to: line.from + Math.min(own - parent, indentOf(line.text)),
  }));
  dispatch(state.update({ changes, userEvent: "delete.dedent" }));
  return true;
};

function linesOf(state: EditorState, { first, last }: { first: number; last: number }) {
  return Array.from({ length: last - first + 1 }, (_, index) => state.doc.line(first + index));
}

const isLong = (state: EditorState) => {
  const { from, to } = state.selection.main;
  return state.doc.lineAt(from).number !== state.doc.lineAt(to).number;
};

const space: StateCommand = ({ state, dispatch }) => {
  dispatch(state.update(state.replaceSelection("  "), { userEvent: "input", scrollIntoView: true }));
  return true;
};

export const tab: StateCommand = (target) =>
  isLong(target.state) ? indentMore(target) : nextCell(target) || itemIn(target) || space(target);

export const backTab: StateCommand = (target) =>
  isLong(target.state) ? indentLess(target) : previousCell(target) || itemOut(target) || indentLess(target);
