// How text is written here: Markdown in the one mono type, without a history of its own (the library has the history).

import { defaultKeymap } from "@codemirror/commands";
import {
  deleteMarkupBackward,
  insertNewlineContinueMarkupCommand,
  markdown,
  markdownLanguage,
} from "@codemirror/lang-markdown";
import { HighlightStyle, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState, type Extension, Prec } from "@codemirror/state";
import { EditorView, highlightSpecialChars, keymap, placeholder } from "@codemirror/view";
import { styleTags, Tag, tags } from "@lezer/highlight";
import { caret } from "./text/caret";
import { findMarks } from "./text/find";
import { backTab, tab } from "./text/indent";
import { pasting } from "./text/paste";
import { problemCard } from "./text/problem-keys";
import { completion } from "./text/snippet-completion";
import { tableEnter } from "./text/table-keys";
import { underlineLook } from "./underlines";

const look = EditorView.theme({
  "&": { backgroundColor: "transparent", color: "var(--text)", fontSize: "var(--text-content)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "1.643", overflow: "visible" },
  ".cm-content": { padding: "0", caretColor: "var(--text)", maxWidth: "76ch" },
  ".cm-line": { padding: "0" },
  ".cm-cursor": { borderLeftColor: "var(--accent)", borderLeftWidth: "2px", marginLeft: "-1px" },
  ".cm-placeholder": { color: "var(--text-faint)", fontFamily: "var(--font-ui)" },
  ".cm-specialChar": { color: "var(--danger)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "color-mix(in srgb, var(--accent) 22%, transparent)",
  },
});

/** Code in a block is a text of its own; code in a line stands out from its sentence. */
const codeBlock = Tag.define();
const codeStyle = { props: [styleTags({ "FencedCode/CodeText CodeBlock/CodeText": codeBlock })] };

const colors = HighlightStyle.define([
  { tag: tags.heading, fontWeight: "600" },
  { tag: tags.strong, fontWeight: "600" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: tags.monospace, color: "var(--field-operations)" },
  { tag: codeBlock, color: "var(--text-muted)" },
  { tag: [tags.link, tags.url], color: "var(--field-context)" },
  { tag: tags.link, textDecoration: "underline", textUnderlineOffset: "2px" },
  { tag: tags.quote, color: "var(--text-muted)" },
  { tag: [tags.labelName, tags.processingInstruction], color: "var(--text-muted)" },
  { tag: [tags.comment, tags.contentSeparator], color: "var(--text-faint)" },
  { tag: tags.strikethrough, textDecoration: "line-through" },
]);

/** Keys of CodeMirror that belong to the window here. */
const taken = new Set(["Mod-Enter", "Mod-i", "Mod-k", "Mod-Alt-\\", "Ctrl-k"]);
const ownKeys = defaultKeymap.filter(({ key, mac }) => !taken.has(key ?? "") && !taken.has(mac ?? ""));

/** What continues by itself. Esc, then Tab leaves the text: CodeMirror lets the next Tab go. */
const writingKeys = [
  { key: "Enter", run: tableEnter },
  { key: "Enter", run: insertNewlineContinueMarkupCommand({ nonTightLists: false }) },
  { key: "Backspace", run: deleteMarkupBackward },
  { key: "Tab", run: tab, shift: backTab },
];

const shared: Extension = [
  EditorState.lineSeparator.of("\n"),
  EditorView.clipboardInputFilter.of((text) => text.replace(/\r\n?/g, "\n")),
  EditorState.tabSize.of(4),
  indentUnit.of("  "),
  EditorView.lineWrapping,
  caret,
  highlightSpecialChars(),
  completion,
  markdown({ base: markdownLanguage, addKeymap: false, completeHTMLTags: false, extensions: [codeStyle] }),
  syntaxHighlighting(colors),
  findMarks,
  problemCard,
  Prec.high(keymap.of(writingKeys)),
  keymap.of(ownKeys),
  look,
  underlineLook,
];

export function fieldExtensions(label: string, hint: string, isReadOnly: boolean): Extension {
  return [
    pasting(),
    shared,
    placeholder(hint),
    EditorState.readOnly.of(isReadOnly),
    EditorView.contentAttributes.of({ "aria-label": label }),
  ];
}
