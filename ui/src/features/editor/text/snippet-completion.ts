// Completion while writing: `/name` puts a snippet in, and the opening of a block of code offers languages.

import {
  acceptCompletion,
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
  completionStatus,
} from "@codemirror/autocomplete";
import { type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import type { KeptSnippet } from "../../../ipc";
import { kept, type Stored } from "../../../lib/stored";
import { isInCode } from "./code-block";

/** As the library has them; kept here so that completion never waits. */
export const knownSnippets: Stored<readonly KeptSnippet[]> = kept<readonly KeptSnippet[]>([]);

const languages =
  "bash console css diff dockerfile go html http ini java javascript json kotlin lua makefile markdown nginx php powershell python ruby rust shell sql swift terraform text toml tsx typescript xml yaml".split(
    " ",
  );

function snippets(context: CompletionContext): CompletionResult | null {
  const word = context.matchBefore(/(?:^|\s)\/[\p{L}\p{N}_-]*/u);
  const known = knownSnippets.read();
  if (!word || known.length === 0 || isInCode(context.state, context.pos)) return null;
  const from = word.from + word.text.indexOf("/");
  const options = known.map(
    ({ name, text }): Completion => ({
      label: `/${name}`,
      detail: beginning(text),
      type: "text",
      apply: (view, _completion, start, end) => {
        // The line goes on after it: a break at the end of the block would part it.
        const insert = view.state.doc.lineAt(end).to === end ? text : text.replace(/\n$/, "");
        view.dispatch({
          changes: { from: start, to: end, insert },
          selection: { anchor: start + insert.length },
          userEvent: "input.complete",
          scrollIntoView: true,
        });
      },
    }),
  );
  return { from, options, validFor: /^\/[\p{L}\p{N}_-]*$/u };
}

function fenceLanguages(context: CompletionContext): CompletionResult | null {
  const fence = context.matchBefore(/^\s*(?:`{3,}|~{3,})\w*/);
  if (!fence) return null;
  const mark = /^\s*(?:`{3,}|~{3,})/.exec(fence.text)?.[0].length ?? 0;
  const from = fence.from + mark;
  const typed = fence.text.slice(mark);
  // Without a letter it may be the end of a block; a whole name needs no help, and Enter is to break the line.
  if ((typed === "" && !context.explicit) || languages.includes(typed)) return null;
  const options = languages.map((label): Completion => ({ label }));
  return { from, options, validFor: (text) => /^\w*$/.test(text) && !languages.includes(text) };
}

const beginning = (text: string) => {
  const words = text.trim().split(/\s+/).slice(0, 9).join(" ");
  return words.length < text.trim().length ? `${words.slice(0, 48)}…` : words;
};

const look = EditorView.theme({
  ".cm-tooltip.cm-tooltip-autocomplete": {
    zIndex: "30",
    border: "0",
    borderRadius: "var(--radius)",
    backgroundColor: "var(--surface-2)",
    color: "var(--text)",
    boxShadow: "var(--shadow), 0 0 0 1px var(--line)",
    padding: "4px",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--font-ui)", fontSize: "var(--text-ui)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "4px 8px", borderRadius: "4px", lineHeight: "20px" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent-soft)", color: "var(--text)" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "600" },
  ".cm-completionDetail": { fontStyle: "normal", color: "var(--text-muted)", marginLeft: "12px" },
});

/** Completion takes Escape also while it only looks for something; Tab leaves the text all the same. */
const escapeWhileLooking = EditorView.domEventObservers({
  keydown: (event, view) => {
    if (event.key === "Escape" && completionStatus(view.state) === "pending") view.setTabFocusMode(2000);
  },
});

export const completion: Extension = [
  autocompletion({
    override: [snippets, fenceLanguages],
    icons: false,
    defaultKeymap: false,
    maxRenderedOptions: 50,
    interactionDelay: 0,
  }),
  Prec.highest(keymap.of([...completionKeymap, { key: "Tab", run: acceptCompletion }])),
  escapeWhileLooking,
  look,
];
