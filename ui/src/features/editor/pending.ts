// What was typed into the fields and is not saved yet, as changes: so that a save is as small as what was typed, and a
// change from elsewhere can be woven in without losing a letter.

import { ChangeSet, Text } from "@codemirror/state";
import type { Edit, Field, StepId } from "../../ipc";
import { changeBetween } from "../../lib/text-change";

export type Taken = { step: StepId; field: Field; changes: ChangeSet; before: Text; after: Text };

type Entry = {
  step: StepId;
  field: Field;
  /** The text as the host has it, once what is on its way has arrived. */
  base: Text;
  /** From `base` to what stands in the editor. */
  pending: ChangeSet | null;
  doc: Text;
  show: ((changes: ChangeSet) => void) | null;
};

/** Only `\n` breaks a line: a carriage return stays the character that it is. */
export const toText = (text: string): Text => Text.of(text.split("\n"));

export class PendingTexts {
  readonly #entries = new Map<string, Entry>();

  get isEmpty(): boolean {
    return this.#changed().length === 0;
  }

  /** The text as typed, where it is open or not saved. */
  typed(step: StepId, field: Field): Text | null {
    return this.#entries.get(`${step} ${field}`)?.doc ?? null;
  }

  /** An editor opens a text. Gives what to show. */
  open(step: StepId, field: Field, saved: string, show: (changes: ChangeSet) => void): Text {
    const key = `${step} ${field}`;
    const known = this.#entries.get(key);
    if (known) {
      known.show = show;
      return known.doc;
    }
    const doc = toText(saved);
    this.#entries.set(key, { step, field, base: doc, pending: null, doc, show });
    return doc;
  }

  close(step: StepId, field: Field, show: (changes: ChangeSet) => void): void {
    const entry = this.#entries.get(`${step} ${field}`);
    if (entry?.show === show) entry.show = null;
  }

  type(step: StepId, field: Field, changes: ChangeSet, doc: Text): void {
    const entry = this.#entries.get(`${step} ${field}`);
    if (!entry) throw new Error(`BUG: the field ${field} was typed into and never opened.`);
    entry.pending = entry.pending ? entry.pending.compose(changes) : changes;
    entry.doc = doc;
  }

  /** Takes everything that is to be saved now. */
  take(): Taken[] {
    return this.#changed().map((entry) => {
      const { step, field, base: before, doc: after } = entry;
      const changes = entry.pending ?? ChangeSet.empty(before.length);
      entry.base = after;
      entry.pending = null;
      return { step, field, changes, before, after };
    });
  }

  /** The save failed: what was taken is to be saved again, with what was typed since. */
  putBack(taken: Taken[]): void {
    for (const { step, field, changes, before } of taken) {
      const entry = this.#entries.get(`${step} ${field}`);
      if (!entry) continue;
      entry.pending = entry.pending ? changes.compose(entry.pending) : changes;
      entry.base = before;
    }
  }

  /** The host's texts are now these. Weaves them into what is open and what is typed. */
  adopt(textOf: (step: StepId, field: Field) => string | null): void {
    for (const [key, entry] of this.#entries) {
      const text = textOf(entry.step, entry.field);
      if (text === null || (entry.show === null && entry.pending === null)) {
        this.#entries.delete(key);
        continue;
      }
      const change = changeBetween(entry.base.toString(), text);
      if (!change) continue;
      const theirs = ChangeSet.of({ ...change, insert: toText(change.insert) }, entry.base.length);
      const shown = entry.pending ? theirs.map(entry.pending) : theirs;
      entry.pending = entry.pending?.map(theirs, true) ?? null;
      entry.base = theirs.apply(entry.base);
      entry.doc = shown.apply(entry.doc);
      entry.show?.(shown);
    }
  }

  /** Forgets what was typed, so that the next `adopt` shows what the host has. */
  drop(): void {
    for (const entry of this.#changed()) {
      entry.base = entry.doc;
      entry.pending = null;
    }
  }

  #changed(): Entry[] {
    return [...this.#entries.values()].filter(({ pending }) => pending !== null && !pending.empty);
  }
}

/** As edits, the last place first, so that each position is still true when its turn comes. */
export function editsOf(taken: Taken[]): Edit {
  const edits: Edit[] = [];
  for (const { step, field, changes, after } of taken) {
    const parts: Edit[] = [];
    changes.iterChanges((from, to, _fromAfter, _toAfter, inserted) => {
      parts.unshift({ edit: "splice_field", step, field, splice: { from, to, insert: inserted.toString() } });
    });
    edits.push(...(parts.length > splicesMax ? [wholeSplice({ step, field, changes, after })] : parts));
  }
  const [only] = edits;
  return only && edits.length === 1 ? only : { edit: "batch", edits };
}

/** Above this many, such as when everything is replaced, one change from the first place to the last is smaller. */
const splicesMax = 64;

function wholeSplice({ step, field, changes, after }: Omit<Taken, "before">): Edit {
  const span = { from: Number.MAX_SAFE_INTEGER, to: 0, afterFrom: Number.MAX_SAFE_INTEGER, afterTo: 0 };
  changes.iterChangedRanges((from, to, afterFrom, afterTo) => {
    span.from = Math.min(span.from, from);
    span.afterFrom = Math.min(span.afterFrom, afterFrom);
    span.to = Math.max(span.to, to);
    span.afterTo = Math.max(span.afterTo, afterTo);
  });
  const insert = after.sliceString(span.afterFrom, span.afterTo);
  return { edit: "splice_field", step, field, splice: { from: span.from, to: span.to, insert } };
}
