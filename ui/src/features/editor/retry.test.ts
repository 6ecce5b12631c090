import { ChangeSet } from "@codemirror/state";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fakeHost } from "../../ipc/fake/host";
import { toText } from "./pending";
import { retryFailedSaves } from "./retry";
import { DraftSession } from "./session";
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

test("what could not be saved is saved by itself when the cause is gone, with what was typed since", async () => {
  const host = fakeHost();
  const session = new DraftSession(host.library.open(id), host.commands);
  const saved = vi.fn();
  const stop = retryFailedSaves(session, saved);
  let doc = session.open(step, field, () => undefined);
  const changes = ChangeSet.of({ from: doc.length, insert: toText(" kept") }, doc.length);
  doc = changes.apply(doc);
  host.failing.add("applyEdit");
  session.type(step, field, changes, doc);
  await vi.advanceTimersByTimeAsync(20_000);
  const tries = host.calls.filter(({ name }) => name === "applyEdit").length;
  expect(tries).toBeGreaterThan(2);
  expect(tries).toBeLessThan(8);
  expect(session.text(step, field)).toMatch(/ kept$/);
  host.failing.clear();
  await vi.advanceTimersByTimeAsync(16_000);
  expect(session.read().save.kind).toBe("saved");
  expect(session.hasUnsaved).toBe(false);
  expect(saved).toHaveBeenCalledTimes(1);
  stop();
});

test("a line that could not be saved is tried again like a text", async () => {
  const host = fakeHost();
  const session = new DraftSession(host.library.open(id), host.commands);
  const stop = retryFailedSaves(session, () => undefined);
  host.failing.add("applyEdit");
  session.typed.type(title(session), "Kept");
  await vi.advanceTimersByTimeAsync(5_000);
  expect(session.read().save).toMatchObject({ kind: "failed", error: { code: "library_read_only" } });
  host.failing.clear();
  await vi.advanceTimersByTimeAsync(16_000);
  expect(host.library.entry(id).walkthrough.title).toBe("Kept");
  expect(session.read().save.kind).toBe("saved");
  stop();
});
