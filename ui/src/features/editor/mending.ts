// Quick fixes: of one finding, of all of a kind, of what is at the cursor. The host makes them for the text as it is.

import { EditorView } from "@codemirror/view";
import { commands, type Field, type Finding, type FixSelection, type Rule, type SilenceRule } from "../../ipc";
import { tell } from "../../ui/tell";
import { attempt } from "./actions";
import type { Editor } from "./editor";
import { placesOf } from "./problems";
import type { DraftSession } from "./session";
import { strings } from "./strings";

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
  const { version } = session.read();
  const undo = async () => {
    await session.flush();
    if (session.read().version === version) await session.travel("undo");
    else tell(strings.changedSince);
  };
  tell(strings.fixed(label), { label: strings.undo, run: () => attempt(undo) });
}

/** Silences a rule with a reason, or lets it speak again. */
export const silence = (session: DraftSession, silence: SilenceRule): Promise<void> =>
  session.write((walkthrough) => commands.silenceFindings({ walkthrough, silence }));

export const selectionOf = ({ rule, step_id, field }: Finding): FixSelection => ({ rule, step: step_id, field });

export const allOf = ({ id }: Pick<Rule, "id">): FixSelection => ({ rule: id, step: null, field: null });

/** Fixes the problem at the cursor, else the first in the field with the cursor, else the first in the step. */
export async function fixHere({ session, step, findings }: Editor): Promise<void> {
  const cursor = cursorPlace();
  const fixable = findings.filter(({ step_id, fix }) => fix !== null && step_id === step?.id);
  const inField = fixable.filter(({ field }) => field !== null && field === cursor?.field);
  const here = inField.find((finding) =>
    placesOf(finding).some(({ from, to }) => cursor && from <= cursor.at && cursor.at <= to),
  );
  const chosen = here ?? inField[0] ?? fixable[0];
  if (chosen?.fix) await fixSelected(session, selectionOf(chosen), chosen.fix.label);
  else tell(strings.nothingToFix);
}

/** The field that has the focus, and where the cursor is in it. */
function cursorPlace(): { field: Field; at: number } | null {
  const { activeElement } = document;
  const place = activeElement?.closest<HTMLElement>("[data-field]");
  const view = activeElement instanceof HTMLElement ? EditorView.findFromDOM(activeElement) : null;
  return place && view ? { field: place.dataset.field as Field, at: view.state.selection.main.head } : null;
}
