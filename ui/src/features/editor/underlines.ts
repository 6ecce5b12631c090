// What lint found, under the text itself: a wavy line, and what it means when the pointer rests on it.

import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import type { EditorState, TransactionSpec } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type { Finding, Rule } from "../../ipc";
import { placesOf, unknownWord } from "./problems";
import { strings } from "./strings";

/** Line, style and color each by itself: WebKit does not know them as one. */
const wavy = (color: string) => ({
  backgroundImage: "none",
  textDecorationLine: "underline",
  textDecorationStyle: "wavy",
  textDecorationColor: color,
  textDecorationThickness: "1.5px",
  textDecorationSkipInk: "none",
  textUnderlineOffset: "4px",
});

export const underlineLook = EditorView.theme({
  ".cm-lintRange-error": wavy("var(--danger)"),
  ".cm-lintRange-warning": wavy("var(--warning)"),
  ".cm-lintRange-info": { ...wavy("var(--text-faint)"), textDecorationStyle: "dotted" },
  ".cm-lintRange-active": { backgroundColor: "var(--surface-sunken)" },
  ".cm-lintPoint::after": { display: "none" },
  ".cm-tooltip.cm-tooltip-hover": {
    zIndex: "30",
    maxWidth: "420px",
    border: "1px solid var(--line)",
    borderRadius: "var(--radius)",
    backgroundColor: "var(--surface-2)",
    color: "var(--text)",
    boxShadow: "var(--shadow)",
    fontFamily: "var(--font-ui)",
    fontSize: "var(--text-ui)",
  },
  ".cm-tooltip-lint": { backgroundColor: "transparent" },
  ".cm-diagnostic": { padding: "8px 12px", border: "0 !important" },
  ".cm-diagnosticText p": { margin: "0", lineHeight: "19px" },
  ".cm-diagnosticText p + p": { marginTop: "2px", color: "var(--text-muted)" },
  ".cm-diagnosticAction": {
    margin: "6px 6px 0 0",
    padding: "3px 8px",
    border: "1px solid var(--line-strong)",
    borderRadius: "var(--radius)",
    backgroundColor: "var(--surface-2)",
    color: "var(--text)",
    font: "500 var(--text-sm) / 18px var(--font-ui)",
    cursor: "pointer",
  },
});

/** What a writer can do about a finding. */
export type Mend = {
  fix: (finding: Finding) => void;
  silence: (finding: Finding) => void;
  /** Everything that can be done about it, to choose from. */
  more: (finding: Finding) => void;
};

/** Puts lines under what was found in one field. */
export function underline(
  state: EditorState,
  findings: readonly Finding[],
  rules: readonly Rule[],
  mend: Mend,
): TransactionSpec {
  return setDiagnostics(
    state,
    findings.flatMap((finding) => diagnostics(state.doc.length, finding, rules, mend)),
  );
}

function diagnostics(length: number, finding: Finding, rules: readonly Rule[], mend: Mend): Diagnostic[] {
  const { severity, message, hint, rule } = finding;
  const known = rules.find(({ id }) => id === rule);
  const why = known?.explanation;
  const fix = finding.fix ? [{ name: finding.fix.label, apply: () => mend.fix(finding) }] : [];
  const correct = rule === unknownWord ? [{ name: strings.correct, apply: () => mend.more(finding) }] : [];
  const silence = known?.can_silence === false ? [] : [{ name: strings.silence, apply: () => mend.silence(finding) }];
  const actions = [...fix, ...correct, ...silence];
  return placesOf(finding)
    .filter(({ from, to }) => from < to && to <= length)
    .map(({ from, to }) => ({
      from,
      to,
      severity,
      source: rule,
      message,
      actions,
      renderMessage: () => paragraphs([`${message} ${hint ?? ""}`, why ?? ""]),
    }));
}

/** Sentences of the host are text, never markup. */
function paragraphs(texts: string[]): HTMLElement {
  const box = document.createElement("div");
  for (const text of texts.filter(Boolean)) {
    const paragraph = document.createElement("p");
    paragraph.textContent = text.replaceAll("`", "");
    box.append(paragraph);
  }
  return box;
}
