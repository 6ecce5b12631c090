import { expect, test } from "vitest";
import { allSpecs, conflictsOf } from "../ui/keymap";
import "./action-specs";
import { accelerator, nativeMenus } from "./menus";

const run = () => undefined;
const entries = (offered: Parameters<typeof nativeMenus>[1], chosen: Record<string, string> = {}) =>
  nativeMenus(allSpecs(), offered, chosen).flatMap((menu) => menu.entries);

test("every action has a name, an own id, and keys of its own", () => {
  const ids = allSpecs().map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const spec of allSpecs()) expect(conflictsOf(spec, allSpecs(), {}), spec.id).toEqual([]);
});

test("the menus hold what can be done, enabled where it can be done now", () => {
  const menus = entries([
    { id: "undo", label: "Undo", run },
    { id: "redo", label: "Redo", isEnabled: false, run },
  ]);
  const action = (id: string) => menus.find((entry) => entry.kind === "action" && entry.id === id);
  expect(action("undo")).toMatchObject({ keys: "CmdOrCtrl+Z", is_enabled: true });
  expect(action("redo")).toMatchObject({ is_enabled: false });
  expect(action("insert-step")).toMatchObject({ label: "Insert a step below", is_enabled: false });
});

test("what the menus name is listed, and keeping a snapshot, mending and finding problems are among it", () => {
  const named = nativeMenus(allSpecs(), [], {});
  const ids = (label: string) =>
    named.find((menu) => menu.label === label)?.entries.flatMap((entry) => (entry.kind === "action" ? [entry.id] : []));
  expect(ids("File")).toEqual(["new", "import", "quick-open", "save", "export", "publish", "close"]);
  expect(ids("Edit")).toEqual(expect.arrayContaining(["quick-fix", "check-links"]));
  expect(ids("View")).toEqual(expect.arrayContaining(["flow", "quiz", "history"]));
  expect(ids("Go")).toEqual(expect.arrayContaining(["problems", "next-problem", "previous-problem"]));
  expect(() => nativeMenus([], [], {})).toThrow(/not listed/);
});

test("the menus follow other keys", () => {
  const [entry] = entries([], { new: "Mod+Shift+N" });
  expect(entry).toMatchObject({ id: "new", keys: "CmdOrCtrl+Shift+N" });
  expect(entries([], { new: "" })[0]).toMatchObject({ id: "new", keys: null });
});

test("no menu begins or ends with a line, or has two in a row", () => {
  for (const { label, entries: lines } of nativeMenus(allSpecs(), [], {})) {
    const kinds = lines.map(({ kind }) => kind).join(" ");
    expect(kinds, label).not.toMatch(/^separator|separator$|separator separator/);
  }
});

test("keys are written for the host, and those that type something are kept from it", () => {
  expect(accelerator("Mod+Plus")).toBe("CmdOrCtrl+=");
  expect(accelerator("Mod+Shift+ArrowUp")).toBe("CmdOrCtrl+Shift+Up");
  for (const keys of ["?", "Alt+ArrowUp", "Delete"]) expect(accelerator(keys)).toBeNull();
});
