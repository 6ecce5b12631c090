// Quick fixes: of one finding, of all of a kind, of what is at the cursor. The host makes them for the text as it is.

import { EditorView } from "@codemirror/view";
import { commands, type Field, type Finding, type FixSelection, partOf, type Rule, type SilenceRule } from "../../ipc";
import { tell } from "../../ui/tell";
import type { Editor } from "./editor";
import { placesOf } from "./problems";
import type { DraftSession } from "./session";
import { strings } from "./strings";
import { takeBack } from "./take-back";
import { choosing } from "./text/silencing";

/** Fixes what is selected, and offers to take it back. */
export async function fixSelected(session: DraftSession, selection: FixSelection, label: string): Promise<void> {
  let isFixed = false;
  await session.write(async (walkthrough) => {
    const applied = await commands.fixFindings({ walkthrough, selection });
    isFixed = applied !== null;
    return applied;
  });
  if (!isFixed) {
    tell(strings.nothingToFix);
    return;
  }
  tell(strings.fixed(label), takeBack(session));
}

/** Silences a rule with a reason, or lets it speak again. */
export const silence = (session: DraftSession, silence: SilenceRule): Promise<void> =>
  session.write((walkthrough) => commands.silenceFindings({ walkthrough, silence }));

/** A title of the walkthrough is chosen by its part alone: with it go the steps' that have the same. */
export const selectionOf = ({ rule, step_id, field, slot }: Finding): FixSelection => ({
  rule,
  step: step_id,
  field,
  part: partOf({ slot }),
});

export const allOf = ({ id }: Pick<Rule, "id">): FixSelection => ({ rule: id, step: null, field: null, part: null });

/** Fixes the problem at the cursor; where a machine cannot, offers what else can be done about it. Away from all problems it
 * fixes the first in the field with the cursor, else the first in the step. */
export async function fixHere({ session, step, findings }: Editor): Promise<void> {
  const { at, near } = nearest(findings.filter(({ step_id }) => step_id === step?.id));
  const chosen = at.find(({ fix }) => fix !== null) ?? at[0] ?? near.find(({ fix }) => fix !== null);
  if (chosen?.fix) await fixSelected(session, selectionOf(chosen), chosen.fix.label);
  else if (chosen) choosing.write(chosen);
  else tell(strings.nothingToFix);
}

/** Offers what can be done about the problem at the cursor, else about the nearest in the step. */
export function chooseHere({ step, findings }: Editor): void {
  const { at, near } = nearest(findings.filter(({ step_id }) => step_id === step?.id));
  const chosen = at[0] ?? near[0];
  if (chosen) choosing.write(chosen);
  else tell(strings.noProblemHere);
}

/** Those at the cursor, and all, those in the field with the cursor first. */
function nearest(findings: readonly Finding[]): { at: Finding[]; near: Finding[] } {
  const cursor = cursorPlace();
  const inField = findings.filter(({ field }) => field !== null && field === cursor?.field);
  const isAt = (finding: Finding) =>
    placesOf(finding).some(({ from, to }) => cursor && from <= cursor.to && cursor.from <= to);
  return { at: inField.filter(isAt), near: [...inField, ...findings.filter((other) => !inField.includes(other))] };
}

/** The field that has the focus, and where the cursor is in it. */
function cursorPlace(): { field: Field; from: number; to: number } | null {
  const { activeElement } = document;
  const place = activeElement?.closest<HTMLElement>("[data-field]");
  const view = activeElement instanceof HTMLElement ? EditorView.findFromDOM(activeElement) : null;
  if (!place || !view) return null;
  const { from, to } = view.state.selection.main;
  return { field: place.dataset.field as Field, from, to };
}
