import { ChangeSet } from "@codemirror/state";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { WaymarkError } from "../../ipc";
import { fakeHost } from "../../ipc/fake/host";
import { toText } from "./pending";
import { DraftSession } from "./session";
import { duplicateSteps, moveSteps, removeSteps, setSection } from "./structure";
import { takeBack } from "./take-back";
import { title } from "./ways";

const id = "wt_start001";
const step = "wts_start0013";
const field = "content_for_user";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function openSession() {
  const host = fakeHost();
  const session = new DraftSession(host.library.open(id), host.commands);
  const show = () => undefined;
  let doc = session.open(step, field, show);
  const type = (insert: string) => {
    const changes = ChangeSet.of({ from: doc.length, insert: toText(insert) }, doc.length);
    doc = changes.apply(doc);
    session.type(step, field, changes, doc);
  };
  const saved = () => {
    const content = host.library.entry(id).walkthrough.steps[3]?.content_fields;
    return content?.version === "v1" ? (content[field] ?? "") : "";
  };
  const saves = () => host.calls.filter(({ name }) => name === "applyEdit").length;
  return { host, session, type, saved, saves };
}

test("a pause of 400 ms saves", async () => {
  const { session, type, saved } = await openSession();
  type("!");
  expect(session.read().save.kind).toBe("saving");
  await vi.advanceTimersByTimeAsync(399);
  expect(saved()).not.toMatch(/!$/);
  await vi.advanceTimersByTimeAsync(10);
  expect(saved()).toMatch(/!$/);
  expect(session.read().save.kind).toBe("saved");
});

test("typing without a pause is saved within a second", async () => {
  const { type, saved, saves } = await openSession();
  for (let key = 0; key < 10; key += 1) {
    type("x");
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(saves()).toBe(1);
  expect(saved()).toMatch(/x{6}/);
});

test("a failed save says so, keeps the text and is tried again with the next keystroke", async () => {
  const { host, session, type, saved } = await openSession();
  host.failing.add("applyEdit");
  type("kept");
  await vi.advanceTimersByTimeAsync(500);
  expect(session.read().save).toMatchObject({ kind: "failed", error: { code: "library_read_only" } });
  expect(session.hasUnsaved).toBe(true);
  host.failing.clear();
  type("!");
  await vi.advanceTimersByTimeAsync(500);
  expect(saved()).toMatch(/kept!$/);
  expect(session.read().save.kind).toBe("saved");
});

test("what is typed is saved before anything else changes, and undone as the last change", async () => {
  const { host, session, type, saved } = await openSession();
  const before = saved();
  type(" first");
  const moving = session.edit({ edit: "move_step", step, to: 0 });
  await vi.advanceTimersByTimeAsync(10);
  await moving;
  const names = host.calls.flatMap(({ name, input }) => (name === "applyEdit" ? [JSON.stringify(input)] : []));
  expect(names[0]).toContain("splice_field");
  expect(names[1]).toContain("move_step");
  for (const _ of [1, 2]) {
    const undoing = session.travel("undo");
    await vi.advanceTimersByTimeAsync(10);
    await undoing;
  }
  expect(saved()).toBe(before);
  expect(session.text(step, field)).toBe(before);
});

test("an undo says where it changed something", async () => {
  const { session, type } = await openSession();
  type("!");
  const undoing = session.travel("undo");
  await vi.advanceTimersByTimeAsync(10);
  expect(await undoing).toEqual({ step, field });
  const again = session.travel("undo");
  await vi.advanceTimersByTimeAsync(10);
  expect(await again).toBeNull();
});

test("another's change arrives without taking what is typed", async () => {
  const { host, session, type, saved } = await openSession();
  type(" mine");
  host.library.apply(id, { edit: "splice_field", step, field, splice: { from: 0, to: 0, insert: "theirs " } });
  const reloading = session.reload();
  await vi.advanceTimersByTimeAsync(20);
  await reloading;
  expect(session.text(step, field)).toMatch(/^theirs .* mine$/s);
  expect(saved()).toMatch(/^theirs .* mine$/s);
});

for (const side of ["mine", "theirs"] as const) {
  test(`a conflict waits for the person: ${side}`, async () => {
    const host = fakeHost();
    let hasConflict = true;
    const commands: typeof host.commands = {
      ...host.commands,
      applyEdit: (input) =>
        hasConflict
          ? Promise.reject(new WaymarkError("conflict", "The text was changed elsewhere."))
          : host.commands.applyEdit(input),
    };
    const session = new DraftSession(host.library.open(id), commands);
    let doc = session.open(step, field, (changes) => {
      doc = changes.apply(doc);
    });
    const changes = ChangeSet.of({ from: doc.length, insert: toText(" mine") }, doc.length);
    doc = changes.apply(doc);
    session.type(step, field, changes, doc);
    host.library.apply(id, { edit: "splice_field", step, field, splice: { from: 0, to: 0, insert: "theirs " } });
    await vi.advanceTimersByTimeAsync(500);
    expect(session.read().save).toMatchObject({ kind: "failed", error: { code: "conflict" } });
    hasConflict = false;
    const settling = session.settle(side);
    await vi.advanceTimersByTimeAsync(20);
    await settling;
    expect(session.read().save.kind).toBe("saved");
    expect(doc.toString()).toMatch(side === "mine" ? /^theirs .* mine$/s : /^theirs .*`Enter`\.$/s);
    expect(session.text(step, field)).toBe(doc.toString());
  });
}

test("what an edit changed is put in its place, and everything else stays the same value", async () => {
  const { host, session } = await openSession();
  const before = session.read().walkthrough.steps;
  const editing = session.edit({ edit: "rename_step", step, title: "Renamed" });
  await vi.advanceTimersByTimeAsync(10);
  await editing;
  const after = session.read().walkthrough.steps;
  expect(after[3]?.title).toBe("Renamed");
  expect(after.filter((known, index) => known !== before[index])).toHaveLength(1);
  expect(host.calls.filter(({ name }) => name === "openDraft")).toHaveLength(0);
});

test("steps that move, come and go are followed without the walkthrough being read again", async () => {
  const { host, session } = await openSession();
  const ids = () => session.read().walkthrough.steps.map((known) => known.id);
  const [first, second, third] = ids();
  const steps = [first, third].filter((known) => known !== undefined);
  for (const run of [
    () => moveSteps(session, steps, { to: "down" }),
    () => duplicateSteps(session, steps),
    () => setSection(session, steps, "Begin"),
    () => removeSteps(session, steps),
    () => session.travel("undo"),
    () => session.travel("undo"),
  ]) {
    const running = run();
    await vi.advanceTimersByTimeAsync(10);
    await running;
    expect(session.read().walkthrough.steps).toEqual(host.library.entry(id).walkthrough.steps);
  }
  expect(ids()[0]).toBe(second);
  expect(host.calls.filter(({ name }) => name === "openDraft")).toHaveLength(0);
});

test("where the versions do not follow each other the walkthrough is read again", async () => {
  const { host, session } = await openSession();
  host.library.apply(id, { edit: "set_title", title: "Theirs" });
  const moving = moveSteps(session, [step], { to: "up" });
  await vi.advanceTimersByTimeAsync(20);
  await moving;
  expect(host.calls.filter(({ name }) => name === "openDraft")).toHaveLength(1);
  expect(session.read().walkthrough).toEqual(host.library.entry(id).walkthrough);
  expect(session.read().version).toBe(host.library.entry(id).version);
});

test("what is typed into a line is saved after a pause, and without one before long", async () => {
  const { host, session, saves } = await openSession();
  const now = () => host.library.entry(id).walkthrough.title;
  session.typed.type(title(session), "A");
  await vi.advanceTimersByTimeAsync(399);
  expect(now()).not.toBe("A");
  await vi.advanceTimersByTimeAsync(10);
  expect([now(), session.read().save.kind]).toEqual(["A", "saved"]);
  const before = saves();
  for (let key = 0; key < 10; key += 1) {
    session.typed.type(title(session), `A${"x".repeat(key)}`);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(saves()).toBe(before + 1);
  expect(now()).toMatch(/^Ax{5}/);
});

test("what is refused stays as it was typed, is said, and keeps nothing else from being saved", async () => {
  const { host, session, type, saved, saves } = await openSession();
  const long = "x".repeat(101);
  session.typed.type(title(session), long);
  await vi.advanceTimersByTimeAsync(500);
  const refused = { kind: "failed", error: { code: "invalid_input" } };
  expect(session.read().save).toMatchObject(refused);
  const before = saves();
  type(" kept");
  await vi.advanceTimersByTimeAsync(500);
  expect(saved()).toMatch(/ kept$/);
  expect(saves()).toBe(before + 1);
  expect(session.read().save).toMatchObject(refused);
  expect(session.typed.read("title")).toMatchObject({ value: long, error: { code: "invalid_input" } });
  session.typed.type(title(session), "Short");
  expect(session.read().save.kind).toBe("saving");
  await vi.advanceTimersByTimeAsync(500);
  expect(host.library.entry(id).walkthrough.title).toBe("Short");
  expect([session.read().save.kind, session.typed.read("title")]).toEqual(["saved", null]);
});

test("what was typed on an older version says so, and another's change is a conflict to decide", async () => {
  for (const side of ["mine", "theirs"] as const) {
    const host = fakeHost();
    const seen: (number | null)[] = [];
    const commands: typeof host.commands = {
      ...host.commands,
      applyEdit: (input) => {
        seen.push(input.seen_version);
        const { version } = host.library.entry(id);
        if (input.seen_version === version) return host.commands.applyEdit(input);
        return Promise.reject(new WaymarkError("conflict", "The title was changed elsewhere."));
      },
    };
    const session = new DraftSession(host.library.open(id), commands);
    session.typed.type(title(session), "Mine");
    host.library.apply(id, { edit: "set_title", title: "Theirs" });
    const reloading = session.reload();
    await vi.advanceTimersByTimeAsync(500);
    await reloading;
    expect(seen).toEqual([1]);
    expect(session.read().save).toMatchObject({ kind: "failed", error: { code: "conflict" } });
    expect(session.typed.read("title")?.value).toBe("Mine");
    const settling = session.settle(side);
    await vi.advanceTimersByTimeAsync(20);
    await settling;
    expect(session.read().save.kind).toBe("saved");
    expect(host.library.entry(id).walkthrough.title).toBe(side === "mine" ? "Mine" : "Theirs");
  }
});

test("what is typed on and on is typed on what was saved of it, not on the version before", async () => {
  const { host, session } = await openSession();
  const seen = () =>
    host.calls.flatMap(({ name, input }) =>
      name === "applyEdit" ? [(input as { seen_version: number }).seen_version] : [],
    );
  session.typed.type(title(session), "One", true);
  await vi.advanceTimersByTimeAsync(0);
  session.typed.type(title(session), "Two");
  await vi.advanceTimersByTimeAsync(500);
  expect(seen()).toEqual([1, 2]);
  expect(host.library.entry(id).walkthrough.title).toBe("Two");
});

test("the way back that a message offers means its change, whatever is saved after it", async () => {
  const { host, session, type } = await openSession();
  expect(takeBack(session)).toBeNull();
  await Promise.all([session.edit({ edit: "rename_step", step, title: "Renamed" }), vi.advanceTimersByTimeAsync(10)]);
  const back = takeBack(session);
  type(" later");
  await vi.advanceTimersByTimeAsync(500);
  back?.run();
  await vi.advanceTimersByTimeAsync(20);
  expect(host.calls.filter(({ name }) => name === "takeBack").map(({ input }) => input)).toEqual([
    { walkthrough: id, version: 2 },
  ]);
  expect(host.calls.some(({ name }) => name === "undo")).toBe(false);
});
