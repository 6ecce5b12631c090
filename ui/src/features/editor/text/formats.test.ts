import {
  deleteMarkupBackward,
  insertNewlineContinueMarkupCommand,
  markdown,
  markdownLanguage,
} from "@codemirror/lang-markdown";
import { ensureSyntaxTree } from "@codemirror/language";
import { EditorSelection, EditorState, type StateCommand } from "@codemirror/state";
import { expect, test } from "vitest";
import { codeBlock } from "./code-block";
import { backTab, tab } from "./indent";
import { bulletList, heading, orderedList, quote, taskList } from "./lines";
import { link } from "./link";
import { bold, code, italic, strike } from "./marks";
import { formatTable, parseTable } from "./table";
import { insertTable, nextCell, previousCell, tableEnter } from "./table-keys";

/** A text with the cursor at `|`, or the selection between `‹` and `›`. */
function stateOf(marked: string): EditorState {
  const cursor = marked.indexOf("¦");
  const [from, to] = cursor >= 0 ? [cursor, cursor] : [marked.indexOf("‹"), marked.indexOf("›") - 1];
  const state = EditorState.create({
    doc: marked.replace(/[¦‹›]/g, ""),
    selection: EditorSelection.range(from, to),
    extensions: [markdown({ base: markdownLanguage })],
  });
  ensureSyntaxTree(state, state.doc.length, 1_000);
  return state;
}

function shown(state: EditorState): string {
  const { from, to } = state.selection.main;
  const text = state.doc.toString();
  if (from === to) return `${text.slice(0, from)}¦${text.slice(from)}`;
  return `${text.slice(0, from)}‹${text.slice(from, to)}›${text.slice(to)}`;
}

function run(command: StateCommand, marked: string): string {
  let state = stateOf(marked);
  const isDone = command({ state, dispatch: (transaction) => (state = transaction.state) });
  return isDone ? shown(state) : "not taken";
}

const enter = insertNewlineContinueMarkupCommand({ nonTightLists: false });

test.each([
  ["bold", bold, "a ‹word› b", "a **‹word›** b"],
  ["bold off from inside", bold, "a **wo¦rd** b", "a wo¦rd b"],
  ["bold off with the marks selected", bold, "a ‹**word**› b", "a ‹word› b"],
  ["bold at a word", bold, "a wo¦rd b", "a **wo¦rd** b"],
  ["bold at nothing, and again", bold, "a ¦", "a **¦**"],
  ["empty marks go", bold, "a **¦**", "a ¦"],
  ["spaces stay outside", italic, "a‹ word ›b", "a *‹word›* b"],
  ["each line for itself, after its mark", bold, "‹- one\n- two›", "- **‹one**\n- **two›**"],
  ["struck", strike, "‹gone›", "~~‹gone›~~"],
  ["code", code, "run ‹ls -l›", "run `‹ls -l›`"],
  ["code with a backtick in it", code, "‹a`b›", "``‹a`b›``"],
  ["code over lines is a block", code, "‹a\nb›", "```¦\na\nb\n```"],
  ["link", link, "see ‹the guide›", "see [the guide](‹https://›)"],
  ["link of an address", link, "‹https://a.example›", "[¦](https://a.example)"],
  ["link again selects the address", link, "[the g¦uide](https://a.example)", "[the guide](‹https://a.example›)"],
])("%s", (_name, command, before, after) => {
  expect(run(command, before)).toBe(after);
});

test.each([
  ["heading", heading(2), "Ti¦tle", "## Ti¦tle"],
  ["another level", heading(3), "# Ti¦tle", "### Ti¦tle"],
  ["heading off", heading(2), "## Ti¦tle", "Ti¦tle"],
  ["quote", quote, "‹a\nb›", "> ‹a\n> b›"],
  ["quote off", quote, "> a¦", "a¦"],
  ["bullets", bulletList, "‹a\nb›", "- ‹a\n- b›"],
  ["numbers from bullets", orderedList, "‹- a\n- b›", "‹1. a\n2. b›"],
  ["tasks from numbers", taskList, "1. a¦", "- [ ] a¦"],
  ["list off", taskList, "- [x] a¦", "a¦"],
  ["a list begins in an empty line", bulletList, "a\n\n¦", "a\n\n- ¦"],
  ["code block", codeBlock, "ls¦", "```¦\nls\n```"],
  ["code block after a paragraph", codeBlock, "a\n‹ls›", "a\n\n```¦\nls\n```"],
  ["code block off", codeBlock, "```bash\nl¦s\n```", "l¦s"],
])("lines: %s", (_name, command, before, after) => {
  expect(run(command, before)).toBe(after);
});

test.each([
  ["a bullet goes on", enter, "- a¦", "- a\n- ¦"],
  ["a number counts on", enter, "1. a¦\n2. b", "1. a\n2. ¦\n3. b"],
  ["a task goes on undone", enter, "- [x] a¦", "- [x] a\n- [ ] ¦"],
  ["a quote goes on", enter, "> a¦", "> a\n> ¦"],
  ["an empty item ends the list", enter, "- a\n- ¦", "- a\n¦"],
  ["Backspace takes a mark away", deleteMarkupBackward, "- ¦", "¦"],
  ["Tab puts an item under the one above", tab, "- a\n- b¦", "- a\n  - b¦"],
  ["Tab under a number is three wide", tab, "1. a\n2. b¦", "1. a\n   2. b¦"],
  ["Tab takes what hangs under along", tab, "- a\n- b¦\n  - c", "- a\n  - b¦\n    - c"],
  ["the first item stays", tab, "- a¦", "- a¦"],
  ["Shift+Tab brings it back", backTab, "- a\n  - b¦", "- a\n- b¦"],
  ["Tab in code indents", tab, "```\na¦\n```", "```\na  ¦\n```"],
  ["Tab indents lines", tab, "‹a\nb›", "  ‹a\n  b›"],
])("keys: %s", (_name, command, before, after) => {
  expect(run(command, before)).toBe(after);
});

const table = "| a | b |\n| --- | --- |\n| 1 | 2 |";

test("tables are lined up with their columns", () => {
  const lines = ["|a|long name|", "|:-|-:|", "|größer als \\| b|日本|"];
  const parsed = parseTable(lines);
  expect(parsed?.rows).toEqual([
    ["a", "long name"],
    ["größer als \\| b", "日本"],
  ]);
  expect(parsed && formatTable(parsed)).toEqual([
    "| a               | long name |",
    "| :-------------- | --------: |",
    "| größer als \\| b |      日本 |",
  ]);
  expect(parseTable(["a | b", "text"])).toBeNull();
});

test("Tab goes from cell to cell and adds a row at the end", () => {
  expect(run(nextCell, table.replace("a", "a¦"))).toContain("‹b›");
  const last = run(nextCell, table.replace("2", "2¦"));
  expect(last.split("\n")).toHaveLength(4);
  expect(last.split("\n")[3]).toBe("| ¦    |     |");
  expect(run(previousCell, table.replace("1", "1¦"))).toContain("‹b›");
  expect(run(nextCell, "no table¦")).toBe("not taken");
});

test("Enter adds a row below, and leaves the table from an empty last row", () => {
  expect(run(tableEnter, table.replace("1", "1¦")).split("\n")[3]).toBe("| ¦    |     |");
  expect(run(tableEnter, `${table}\n| ¦ |  |`)).toBe("| a   | b   |\n| --- | --- |\n| 1   | 2   |\n\n¦");
});

test("a table begins with its first heading selected", () => {
  expect(run(insertTable, "text¦")).toBe("text\n\n| ‹Column› | Column |\n| ------ | ------ |\n|        |        |");
});
