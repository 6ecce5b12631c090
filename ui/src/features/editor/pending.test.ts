import { ChangeSet, type Text } from "@codemirror/state";
import { expect, test } from "vitest";
import { editsOf, PendingTexts, toText } from "./pending";

const step = "wts_1";
const field = "content_for_user";

/** A text that is open in an editor, as the editor would hold it. */
function openText(saved: string) {
  const pending = new PendingTexts();
  let doc: Text = pending.open(step, field, saved, (changes) => {
    doc = changes.apply(doc);
  });
  return {
    pending,
    shown: () => doc.toString(),
    type: (from: number, to: number, insert: string) => {
      const changes = ChangeSet.of({ from, to, insert: toText(insert) }, doc.length);
      doc = changes.apply(doc);
      pending.type(step, field, changes, doc);
    },
    adopt: (text: string | null) => pending.adopt(() => text),
  };
}

test("what is typed is saved as the change that it is", () => {
  const text = openText("one three");
  text.type(4, 4, "two ");
  text.type(8, 8, "and ");
  expect(editsOf(text.pending.take())).toEqual({
    edit: "splice_field",
    step,
    field,
    splice: { from: 4, to: 4, insert: "two and " },
  });
  expect(text.pending.isEmpty).toBe(true);
});

test("changes in several places are sent from the last to the first", () => {
  const text = openText("aaa bbb ccc");
  text.type(0, 3, "x");
  text.type(6, 9, "yyyyy");
  const edit = editsOf(text.pending.take());
  let result = "aaa bbb ccc";
  for (const part of edit.edit === "batch" ? edit.edits : [edit]) {
    if (part.edit !== "splice_field") throw new Error("only splices were expected");
    const { from, to, insert } = part.splice;
    result = result.slice(0, from) + insert + result.slice(to);
  }
  expect(result).toBe(text.shown());
});

test("a failed save loses nothing, also of what was typed meanwhile", () => {
  const text = openText("start");
  text.type(5, 5, " one");
  const taken = text.pending.take();
  text.type(9, 9, " two");
  text.pending.putBack(taken);
  expect(editsOf(text.pending.take())).toMatchObject({ splice: { from: 5, to: 5, insert: " one two" } });
});

test("a change from elsewhere is woven into what is typed", () => {
  const text = openText("first line\nlast line");
  text.type(20, 20, "!");
  text.adopt("FIRST line\nlast line");
  expect(text.shown()).toBe("FIRST line\nlast line!");
  expect(editsOf(text.pending.take())).toMatchObject({ splice: { from: 20, to: 20, insert: "!" } });
});

test("carriage returns and lone surrogates stay what they are", () => {
  const saved = "a\r\nb\rc\u2028d";
  const text = openText(saved);
  expect(text.shown()).toBe(saved);
  text.type(saved.length, saved.length, "\r\n");
  expect(editsOf(text.pending.take())).toMatchObject({ splice: { from: saved.length, insert: "\r\n" } });
});

test("however typing, saving, failing and others' changes interleave, both sides end with the same text", () => {
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  for (let round = 0; round < 200; round += 1) {
    const text = openText("0123456789\nabcdef");
    let host = "0123456789\nabcdef";
    const save = (hasFailed: boolean) => {
      const taken = text.pending.take();
      if (hasFailed) return text.pending.putBack(taken);
      for (const { after } of taken) host = after.toString();
    };
    for (let turn = 0; turn < 12; turn += 1) {
      const length = text.shown().length;
      const from = random(length + 1);
      const kind = random(4);
      if (kind < 2) text.type(from, Math.min(length, from + random(3)), ["x", "yy\n", ""][random(3)] ?? "");
      else if (kind === 2) save(random(3) === 0);
      else {
        const at = random(host.length + 1);
        host = `${host.slice(0, at)}<${turn}>${host.slice(Math.min(host.length, at + random(3)))}`;
        text.adopt(host);
      }
    }
    save(false);
    expect(host).toBe(text.shown());
  }
});

test("a great many changes are saved as one from the first to the last", () => {
  const before = "a-".repeat(200);
  const text = openText(`start ${before}end`);
  const changes = Array.from({ length: 200 }, (_, index) => ({ from: 7 + index * 2, to: 8 + index * 2, insert: "++" }));
  const whole = ChangeSet.of(changes, text.shown().length);
  text.pending.type("wts_1", "content_for_user", whole, whole.apply(toText(text.shown())));
  const taken = text.pending.take();
  const edit = editsOf(taken);
  expect(edit.edit).toBe("splice_field");
  if (edit.edit !== "splice_field") return;
  const { from, to, insert } = edit.splice;
  expect(from).toBe(7);
  const old = `start ${before}end`;
  expect(old.slice(0, from) + insert + old.slice(to)).toBe(taken[0]?.after.toString());
});
