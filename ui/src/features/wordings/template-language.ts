// How a template is written: tags stand out, names complete themselves, and problems are underlined at their place.

import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
} from "@codemirror/autocomplete";
import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import { type EditorState, type Extension, Prec, type Text, type TransactionSpec } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  EditorView,
  keymap,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";
import type { WordingName, WordingNames, WordingProblem } from "../../ipc";

const keywords = "if elif else endif for endfor in set not and or is raw endraw".split(" ");

const asOptions = (names: readonly WordingName[], type: string): Completion[] =>
  names.map(({ name, about }) => ({ label: name, detail: about, type }));

/** Inside a tag: variables, after a bar filters, and after `is` tests. */
export function completionsOf(names: WordingNames): (context: CompletionContext) => CompletionResult | null {
  const variables = asOptions(names.variables, "variable");
  const filters = asOptions(names.filters, "function");
  const tests = asOptions(names.tests, "function");
  const words = keywords.map((label): Completion => ({ label, type: "keyword" }));
  return (context) => {
    const before = context.state.sliceDoc(Math.max(0, context.pos - 400), context.pos);
    const opened = Math.max(before.lastIndexOf("{{"), before.lastIndexOf("{%"));
    const isInTag = opened > Math.max(before.lastIndexOf("}}"), before.lastIndexOf("%}"));
    if (!isInTag) return null;
    const word = context.matchBefore(/[\w.]*/);
    if (!word || (word.text === "" && !context.explicit && !/(\||\bis )\s*$/.test(before))) return null;
    const lead = before.slice(0, before.length - word.text.length);
    const { from } = word;
    if (/\|\s*$/.test(lead)) return { from, options: filters, validFor: /^\w*$/ };
    if (/\bis (not )?\s*$/.test(lead)) return { from, options: tests, validFor: /^\w*$/ };
    const isStatement = before.lastIndexOf("{%") > before.lastIndexOf("{{");
    return { from, options: isStatement ? [...variables, ...words] : variables, validFor: /^[\w.]*$/ };
  };
}

const decorator = new MatchDecorator({
  regexp: /\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}/g,
  decoration: ([match]) =>
    Decoration.mark({
      class: match.startsWith("{#") ? "cm-tag-comment" : match.startsWith("{%") ? "cm-tag-rule" : "cm-tag-value",
    }),
});

class Tags {
  marks: DecorationSet;

  constructor(view: EditorView) {
    this.marks = decorator.createDeco(view);
  }

  update(update: ViewUpdate): void {
    this.marks = decorator.updateDeco(update, this.marks);
  }
}

const tags = ViewPlugin.fromClass(Tags, { decorations: ({ marks }) => marks });

const wavy = (color: string) => ({
  backgroundImage: "none",
  textDecorationLine: "underline",
  textDecorationStyle: "wavy",
  textDecorationColor: color,
  textDecorationThickness: "1.5px",
  textUnderlineOffset: "4px",
});

const look = EditorView.theme({
  "&": { backgroundColor: "transparent", color: "var(--text)", fontSize: "var(--text-content)", height: "100%" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "1.643" },
  ".cm-content": { caretColor: "var(--text)" },
  ".cm-cursor": { borderLeftColor: "var(--accent)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--text-muted)", border: "0" },
  ".cm-tag-value": { color: "var(--field-operations)" },
  ".cm-tag-rule": { color: "var(--field-context)" },
  ".cm-tag-comment": { color: "var(--text-muted)" },
  ".cm-lintRange-error": wavy("var(--danger)"),
  ".cm-lintRange-warning": wavy("var(--warning)"),
  ".cm-tooltip": {
    zIndex: "30",
    border: "1px solid var(--line)",
    borderRadius: "var(--radius)",
    backgroundColor: "var(--surface-2)",
    color: "var(--text)",
    boxShadow: "var(--shadow)",
    fontFamily: "var(--font-ui)",
    fontSize: "var(--text-ui)",
    maxWidth: "520px",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--font-mono)", maxHeight: "16em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 8px", lineHeight: "20px" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent-soft)", color: "var(--text)" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "600" },
  ".cm-completionDetail": { fontFamily: "var(--font-ui)", fontStyle: "normal", color: "var(--text-muted)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "color-mix(in srgb, var(--accent) 22%, transparent)",
  },
});

export function templateLanguage(names: WordingNames): Extension {
  return [
    tags,
    look,
    autocompletion({ override: [completionsOf(names)], icons: false, defaultKeymap: false, interactionDelay: 0 }),
    Prec.highest(keymap.of(completionKeymap)),
  ];
}

/** Puts lines under what is wrong. */
export function underline(state: EditorState, problems: readonly WordingProblem[]): TransactionSpec {
  const diagnostics = problems.map((problem): Diagnostic => {
    const { from, to } = rangeOf(state.doc, problem);
    return { from, to, severity: problem.severity, message: `${problem.message} ${problem.hint}`.replaceAll("`", "") };
  });
  return setDiagnostics(state, diagnostics);
}

/** Lines and columns count from 1, columns in characters; the editor counts in UTF-16 units. */
export function rangeOf(doc: Text, { line, column, length }: Pick<WordingProblem, "line" | "column" | "length">) {
  const found = doc.line(Math.min(Math.max(line, 1), doc.lines));
  const characters = [...found.text];
  const units = (count: number) => characters.slice(0, count).join("").length;
  const from = found.from + units(column - 1);
  return { from, to: Math.min(found.to, found.from + units(column - 1 + Math.max(length, 1))) };
}
