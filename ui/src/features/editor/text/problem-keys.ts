// F8 goes from problem to problem through the four texts of the step, and says at each what it is.

import { type Diagnostic, forEachDiagnostic } from "@codemirror/lint";
import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { EditorView, showTooltip, type Tooltip } from "@codemirror/view";
import { tell } from "../../../ui/tell";
import { openViews } from "./open-views";
import { textStrings as strings } from "./strings";

type Shown = { from: number; diagnostic: Diagnostic };

const showCard = StateEffect.define<Shown | null>();

/** The card of one problem; it goes with the next key or click. */
const card = StateField.define<Tooltip | null>({
  create: () => null,
  update(tooltip, transaction) {
    for (const effect of transaction.effects) if (effect.is(showCard)) return effect.value && tooltipOf(effect.value);
    return transaction.docChanged || transaction.selection ? null : tooltip;
  },
  provide: (field) => showTooltip.from(field),
});

function tooltipOf({ from, diagnostic }: Shown): Tooltip {
  return {
    pos: from,
    above: true,
    create: (view) => {
      const dom = document.createElement("div");
      dom.className = "cm-tooltip-hover cm-tooltip-lint";
      dom.setAttribute("role", "status");
      const body = document.createElement("div");
      body.className = `cm-diagnostic cm-diagnostic-${diagnostic.severity}`;
      const words = document.createElement("span");
      words.className = "cm-diagnosticText";
      words.append(diagnostic.renderMessage?.(view) ?? diagnostic.message);
      body.append(words);
      for (const action of diagnostic.actions ?? []) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "cm-diagnosticAction";
        button.textContent = action.name;
        button.onmousedown = (event) => event.preventDefault();
        button.onclick = () => {
          view.dispatch({ effects: showCard.of(null) });
          action.apply(view, diagnostic.from, diagnostic.to);
        };
        body.append(button);
      }
      dom.append(body);
      return { dom };
    },
  };
}

const leave = EditorView.domEventHandlers({
  keydown: (event, view) => {
    if (event.key !== "Escape" || !view.state.field(card)) return false;
    view.dispatch({ effects: showCard.of(null) });
    return true;
  },
  blur: (_event, view) => {
    if (view.state.field(card)) view.dispatch({ effects: showCard.of(null) });
    return false;
  },
});

export const problemCard: Extension = [card, leave];

type Problem = { view: EditorView; from: number; to: number; diagnostic: Diagnostic };

/** All problems of the step in the order of the screen, notes among them. */
function problems(): Problem[] {
  return openViews().flatMap(({ view }) => {
    const found: Problem[] = [];
    forEachDiagnostic(view.state, (diagnostic, from, to) => found.push({ view, from, to, diagnostic }));
    return found.sort((a, b) => a.from - b.from);
  });
}

/** Goes to the problem after (or before) the cursor, round and round. */
export function goToProblem(by: 1 | -1): void {
  const all = problems();
  const views = openViews().map(({ view }) => view);
  const here = views.findIndex((view) => view.hasFocus);
  const head = views[here]?.state.selection.main.from ?? -1;
  const isAfter = ({ view, from }: Problem) => {
    const at = views.indexOf(view);
    return by === 1 ? at > here || (at === here && from > head) : at < here || (at === here && from < head);
  };
  const next = by === 1 ? (all.find(isAfter) ?? all[0]) : (all.findLast(isAfter) ?? all.at(-1));
  if (!next) {
    tell(strings.noProblemsHere);
    return;
  }
  const { view, from, to, diagnostic } = next;
  view.focus();
  view.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true });
  view.dispatch({ effects: showCard.of({ from, diagnostic }) });
}
