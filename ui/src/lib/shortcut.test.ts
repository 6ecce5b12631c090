import { expect, test } from "vitest";
import { keysOf, matches } from "./shortcut";

const press = (key: string, held: Partial<KeyboardEvent> = {}) => ({
  key,
  code: "",
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

test("Mod is Ctrl, and Cmd on a Mac", () => {
  expect(matches("Mod+P", press("p", { ctrlKey: true }), false)).toBe(true);
  expect(matches("Mod+P", press("p", { metaKey: true }), false)).toBe(false);
  expect(matches("Mod+P", press("p", { metaKey: true }), true)).toBe(true);
});

test("Shift counts for letters and is part of a character", () => {
  expect(matches("Mod+P", press("P", { ctrlKey: true, shiftKey: true }), false)).toBe(false);
  expect(matches("Mod+Shift+P", press("P", { ctrlKey: true, shiftKey: true }), false)).toBe(true);
  expect(matches("?", press("?", { shiftKey: true }), false)).toBe(true);
  expect(matches("Mod+Plus", press("+", { ctrlKey: true, shiftKey: true }), false)).toBe(true);
});

test("keys are named as they are printed", () => {
  expect(keysOf("Mod+Shift+P", false)).toEqual(["Ctrl", "Shift", "P"]);
  expect(keysOf("Alt+ArrowUp", false)).toEqual(["Alt", "↑"]);
  expect(keysOf("Mod+N", true)).toEqual(["⌘", "N"]);
});
