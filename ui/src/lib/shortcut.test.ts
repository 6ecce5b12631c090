import { expect, test } from "vitest";
import { isFree, keysOf, matches, worksWhileTyping, written } from "./shortcut";

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

test("pressed keys are written as they are matched", () => {
  const cases: [string, Partial<KeyboardEvent>, string | null][] = [
    ["p", { ctrlKey: true }, "Mod+P"],
    ["P", { ctrlKey: true, shiftKey: true }, "Mod+Shift+P"],
    ["?", { shiftKey: true }, "?"],
    ["+", { ctrlKey: true, shiftKey: true }, "Mod+Plus"],
    ["ArrowUp", { altKey: true }, "Alt+ArrowUp"],
    ["F6", { shiftKey: true }, "Shift+F6"],
    ["Control", { ctrlKey: true }, null],
    ["Dead", { altKey: true }, null],
  ];
  for (const [key, held, expected] of cases) {
    const event = press(key, held);
    expect(written(event, false)).toBe(expected);
    if (expected) expect(matches(expected, event, false), expected).toBe(true);
  }
});

test("keys that writing needs are not free", () => {
  for (const keys of ["A", "Shift+A", "7", "Enter", "Tab", "Escape", "Backspace", "Mod+C", "Mod+V", "Shift+ArrowLeft"])
    expect(isFree(keys), keys).toBe(false);
  for (const keys of ["?", "Mod+Enter", "Mod+PageUp", "Alt+ArrowUp", "F2", "Mod+Shift+K", "Mod+\\"])
    expect(isFree(keys), keys).toBe(true);
});

test("keys that type or move something are left to whoever is typing", () => {
  for (const keys of ["?", "Alt+ArrowUp", "Delete"]) expect(worksWhileTyping(keys), keys).toBe(false);
  for (const keys of ["Mod+P", "F6", "Shift+F6"]) expect(worksWhileTyping(keys), keys).toBe(true);
});
