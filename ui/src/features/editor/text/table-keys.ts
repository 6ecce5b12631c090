// Keys in a table: Tab goes from cell to cell and lines the columns up, Enter adds a row, Enter in an empty last row leaves.

import { syntaxTree } from "@codemirror/language";
import { EditorSelection, type EditorState, type StateCommand, type TransactionSpec } from "@codemirror/state";
import { changeBetween } from "../../../lib/text-change";
import { cellRanges, formatTable, parseTable, type Table } from "./table";

type Here = { from: number; to: number; table: Table; row: number; column: number };

/** The table that the cursor is in, and the cell. The line of dashes counts as the header. */
function tableAt(state: EditorState): Here | null {
  const { head } = state.selection.main;
  let node = syntaxTree(state).resolveInner(head, -1);
  while (node.name !== "Table" && node.parent) node = node.parent;
  if (node.name !== "Table") node = syntaxTree(state).resolveInner(head, 1);
  while (node.name !== "Table" && node.parent) node = node.parent;
  if (node.name !== "Table") return null;
  const first = state.doc.lineAt(node.from);
  const last = state.doc.lineAt(node.to);
  const lines = state.sliceDoc(first.from, last.to).split("\n");
  // In a quote every line has marks of its own: such a table is left as it is.
  const table = lines[0]?.trimStart().startsWith(">") ? null : parseTable(lines);
  if (!table) return null;
  const line = state.doc.lineAt(head);
  const row = Math.max(0, line.number - first.number - 1);
  const ranges = cellRanges(line.text);
  const after = ranges.findIndex(({ to }) => head - line.from <= to);
  const column = Math.min(after === -1 ? table.aligns.length - 1 : after, table.aligns.length - 1);
  return { from: first.from, to: last.to, table, row, column };
}

/** Writes the table anew and selects a cell of it. */
function show(state: EditorState, { from, to }: Here, table: Table, row: number, column: number): TransactionSpec {
  const before = state.sliceDoc(from, to);
  const lines = formatTable(table);
  const change = changeBetween(before, lines.join("\n"));
  const at = row === 0 ? 0 : row + 1;
  const start = lines.slice(0, at).reduce((sum, line) => sum + line.length + 1, from);
  const cell = cellRanges(lines[at] ?? "")[column] ?? { from: 0, to: 0 };
  return {
    ...(change ? { changes: { from: from + change.from, to: from + change.to, insert: change.insert } } : {}),
    selection: EditorSelection.range(start + cell.from, start + cell.to),
    userEvent: "input",
    scrollIntoView: true,
  };
}

const withRow = (table: Table, at: number): Table => ({
  ...table,
  rows: [...table.rows.slice(0, at), table.aligns.map(() => ""), ...table.rows.slice(at)],
});

const move =
  (by: 1 | -1): StateCommand =>
  ({ state, dispatch }) => {
    const here = tableAt(state);
    if (!here) return false;
    const columns = here.table.aligns.length;
    const next = here.row * columns + here.column + by;
    if (next < 0) return false;
    const row = Math.floor(next / columns);
    const table = row >= here.table.rows.length ? withRow(here.table, row) : here.table;
    dispatch(state.update(show(state, here, table, row, next % columns)));
    return true;
  };

export const nextCell: StateCommand = move(1);
export const previousCell: StateCommand = move(-1);

export const tableEnter: StateCommand = ({ state, dispatch }) => {
  const here = tableAt(state);
  if (!here || !state.selection.main.empty) return false;
  const { table, row } = here;
  const isLast = row === table.rows.length - 1;
  if (isLast && row > 0 && table.rows[row]?.every((cell) => cell === "")) {
    const kept = formatTable({ ...table, rows: table.rows.slice(0, -1) }).join("\n");
    const insert = `${kept}\n\n`;
    const hasGap = state.sliceDoc(here.to, here.to + 2) === "\n\n";
    const changes = { from: here.from, to: here.to, insert: hasGap ? `${kept}\n` : insert };
    const selection = EditorSelection.cursor(here.from + changes.insert.length);
    dispatch(state.update({ changes, selection, userEvent: "input", scrollIntoView: true }));
    return true;
  }
  dispatch(state.update(show(state, here, withRow(table, row + 1), row + 1, 0)));
  return true;
};

/** A new table below the line of the cursor; in a table, lines its columns up. */
export const insertTable: StateCommand = ({ state, dispatch }) => {
  const here = tableAt(state);
  if (here) {
    dispatch(state.update(show(state, here, here.table, here.row, here.column)));
    return true;
  }
  const line = state.doc.lineAt(state.selection.main.head);
  const gap =
    line.text.trim() === ""
      ? line.number > 1 && state.doc.line(line.number - 1).text.trim() !== ""
        ? "\n"
        : ""
      : "\n\n";
  const table: Table = {
    indent: "",
    rows: [
      ["Column", "Column"],
      ["", ""],
    ],
    aligns: ["none", "none"],
  };
  const text = formatTable(table).join("\n");
  const start = line.to + gap.length;
  const rest = state.sliceDoc(line.to, line.to + 2);
  const after = rest === "" || rest === "\n" || rest === "\n\n" ? "" : "\n";
  const changes = { from: line.to, insert: gap + text + after };
  const selection = EditorSelection.range(start + 2, start + 2 + "Column".length);
  dispatch(state.update({ changes, selection, userEvent: "input", scrollIntoView: true }));
  return true;
};
