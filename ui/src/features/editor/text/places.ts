// Places in texts for something that is still on its way: a file that is being copied, a page that is being converted. They
// stay true while others write in the text, and when the text is not on the screen any more.

import { ChangeSet, type Text } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type { Field, StepId } from "../../../ipc";
import { isTyping } from "../../../lib/shortcut";
import { toText } from "../pending";
import type { DraftSession } from "../session";
import { openViews } from "./open-views";

type Owner = { session: DraftSession; field: Field; step: () => StepId };
type Held = { session: DraftSession; step: StepId; field: Field; from: number; to: number };

const owners = new WeakMap<EditorView, Owner>();
const held = new Set<Held>();

/** Says whose text a view shows. */
export function own(view: EditorView, owner: Owner): void {
  owners.set(view, owner);
}

export const ownerOf = (view: EditorView): Owner | undefined => owners.get(view);

/** A text changed while it was on the screen. */
export function follow(step: StepId, field: Field, changes: ChangeSet): void {
  for (const place of held) {
    if (place.step !== step || place.field !== field) continue;
    const isCursor = place.from === place.to;
    place.from = changes.mapPos(place.from, 1);
    place.to = isCursor ? place.from : Math.max(place.from, changes.mapPos(place.to, -1));
  }
}

/** Makes the text that goes to a place, from what is around it. */
export type Make = (doc: Text, from: number, to: number) => string;

export type TextPlace = {
  /** Puts something there, as one change. False where the step is gone. */
  put: (make: Make) => Promise<boolean>;
  /** Nothing comes. */
  drop: () => void;
};

/** The place of the cursor, or of what is selected. */
export function holdPlace(view: EditorView): TextPlace {
  const owner = owners.get(view);
  if (!owner) throw new Error("BUG: a text has no owner.");
  const { session, field } = owner;
  const { from, to } = view.state.selection.main;
  const place: Held = { session, step: owner.step(), field, from, to };
  held.add(place);
  const drop = () => void held.delete(place);
  return {
    drop,
    put: async (make) => {
      drop();
      const open = viewOf(place);
      if (open) putInView(open, place, make);
      else if (!hasStep(place)) return false;
      else await putUnseen(place, make);
      return true;
    },
  };
}

const viewOf = ({ step, field }: Held): EditorView | undefined =>
  openViews().find((open) => open.field === field && owners.get(open.view)?.step() === step)?.view;

const hasStep = ({ session, step }: Held) => session.read().walkthrough.steps.some(({ id }) => id === step);

const within = ({ from, to }: Held, length: number) => ({ from: Math.min(from, length), to: Math.min(to, length) });

function putInView(view: EditorView, place: Held, make: Make): void {
  const { doc, selection } = view.state;
  const { from, to } = within(place, doc.length);
  const insert = make(doc, from, to);
  const isStillThere = selection.main.from === from && selection.main.to === to;
  view.dispatch({
    changes: { from, to, insert },
    ...(isStillThere ? { selection: { anchor: from + insert.length } } : {}),
    userEvent: "input.paste",
    scrollIntoView: isStillThere,
  });
  // Whoever writes somewhere else by now goes on there.
  if (!isTyping(document.activeElement)) view.focus();
}

function putUnseen(place: Held, make: Make): Promise<void> {
  const { session, step, field } = place;
  const show = () => undefined;
  const doc = session.open(step, field, show);
  const { from, to } = within(place, doc.length);
  const changes = ChangeSet.of({ from, to, insert: toText(make(doc, from, to)) }, doc.length);
  session.type(step, field, changes, changes.apply(doc));
  session.close(step, field, show);
  return session.flush();
}
