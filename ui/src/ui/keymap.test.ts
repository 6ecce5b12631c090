import { expect, test } from "vitest";
import { type ActionSpec, conflictsOf, keysFor, type Scope } from "./keymap";

const spec = (id: string, scope: Scope, shortcut?: string): ActionSpec =>
  shortcut === undefined ? { id, label: id, scope } : { id, label: id, scope, shortcut };

const specs = [
  spec("palette", "window", "Mod+Shift+P"),
  spec("find-here", "library", "Mod+F"),
  spec("find-in-step", "editor", "Mod+F"),
  spec("bold", "text", "Mod+B"),
  spec("rename", "editor", "F2"),
  spec("plain", "editor"),
];

const clashes = (chosen: Record<string, string>) =>
  specs.flatMap((one) => conflictsOf(one, specs, chosen).map(({ id }) => `${one.id} ${id}`));

test("an action has the keys that were chosen, or those it comes with, or none", () => {
  const rename = spec("rename", "editor", "F2");
  expect(keysFor(rename, {})).toBe("F2");
  expect(keysFor(rename, { rename: "Mod+R" })).toBe("Mod+R");
  expect(keysFor(rename, { rename: "" })).toBeUndefined();
  expect(keysFor(spec("plain", "editor"), {})).toBeUndefined();
});

test("the same keys clash where both could be meant, and nowhere else", () => {
  expect(clashes({})).toEqual([]);
  expect(clashes({ palette: "Mod+F" })).toEqual([
    "palette find-here",
    "palette find-in-step",
    "find-here palette",
    "find-in-step palette",
  ]);
  expect(clashes({ plain: "Mod+B" })).toEqual(["bold plain", "plain bold"]);
  expect(clashes({ plain: "Shift+Mod+P" })).toEqual(["palette plain", "plain palette"]);
  expect(clashes({ plain: "F2", rename: "" })).toEqual([]);
});
