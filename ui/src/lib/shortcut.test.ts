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

test("a digit is the key that it stands on, whatever Shift makes of it", () => {
  const keyboards: [string, string][] = [
    ["US", "&"],
    ["German", "/"],
    ["Spanish", "/"],
    ["French", "7"],
  ];
  for (const [keyboard, key] of keyboards) {
    const seven = press(key, { code: "Digit7", ctrlKey: true, shiftKey: true });
    expect(matches("Mod+Shift+7", seven, false), keyboard).toBe(true);
    expect(matches("Mod+Shift+8", seven, false), keyboard).toBe(false);
    expect(matches("Mod+7", seven, false), keyboard).toBe(false);
    expect(written(seven, false), keyboard).toBe("Mod+Shift+7");
  }
  expect(matches("Mod+0", press("à", { code: "Digit0", ctrlKey: true }), false)).toBe(true);
  expect(written(press("!", { code: "Digit1", shiftKey: true }), false)).toBe("!");
});

test("letters and marks are found on a keyboard for another alphabet, and a Latin one tells its own", () => {
  const cases: [string, string, string, boolean][] = [
    ["Mod+P", "з", "KeyP", true],
    ["Mod+P", "π", "KeyP", true],
    ["Mod+P", "ש", "KeyA", false],
    ["Mod+,", "б", "Comma", true],
    // Dvorak: what is typed counts, not where it lies.
    ["Mod+P", "l", "KeyP", false],
    ["Mod+P", "p", "KeyR", true],
  ];
  for (const [shortcut, key, code, expected] of cases) {
    expect(matches(shortcut, press(key, { code, ctrlKey: true }), false), `${shortcut} ${key}`).toBe(expected);
  }
  expect(written(press("з", { code: "KeyP", ctrlKey: true }), false)).toBe("Mod+P");
  expect(matches("Alt+P", press("π", { code: "KeyP", altKey: true }), true)).toBe(true);
});

test("AltGr asks for a character and is no shortcut", () => {
  const getModifierState = (key: string) => key === "AltGraph";
  const held = { code: "Digit2", ctrlKey: true, altKey: true, getModifierState };
  expect(matches("Mod+Alt+2", press("²", held), false)).toBe(false);
  expect(matches("Mod+Alt+2", press("2", { ...held, getModifierState: () => false }), false)).toBe(true);
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
