// Keys: written `Mod+Shift+P`, where Mod is Ctrl, or Cmd on a Mac.

const isMac = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");

type Pressed = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey"> &
  Partial<Pick<KeyboardEvent, "getModifierState">>;

/** Whether these keys were pressed: by what they type, or else by what stands on them. */
export function matches(shortcut: string, event: Pressed, onMac = isMac): boolean {
  return matchesTyped(shortcut, event, onMac) || matchesPrinted(shortcut, event, onMac);
}

/** By the character that was typed. */
export function matchesTyped(shortcut: string, event: Pressed, onMac = isMac): boolean {
  const { key, has } = partsOf(shortcut);
  if (!isHeld(has, event, onMac)) return false;
  // A character such as `?` or `+` may need Shift on one keyboard and not on another.
  if (!isMark(key) && event.shiftKey !== has("Shift")) return false;
  return event.key.toLowerCase() === key.toLowerCase();
}

/** By what stands on the key, where the character does not tell. */
export function matchesPrinted(shortcut: string, event: Pressed, onMac = isMac): boolean {
  const { key, has } = partsOf(shortcut);
  return isHeld(has, event, onMac) && event.shiftKey === has("Shift") && printedOn(event) === key.toUpperCase();
}

function partsOf(shortcut: string) {
  const parts = shortcut.split("+");
  const name = parts.pop() ?? "";
  return { key: name === "Plus" ? "+" : name === "Space" ? " " : name, has: (held: string) => parts.includes(held) };
}

function isHeld(has: (held: string) => boolean, event: Pressed, onMac: boolean): boolean {
  const mod = onMac ? event.metaKey : event.ctrlKey;
  const other = onMac ? event.ctrlKey : event.metaKey;
  return mod === has("Mod") && !other && event.altKey === has("Alt");
}

/** A character that is neither a letter nor a digit. */
const isMark = (key: string): boolean => key.length === 1 && !/[\p{L}\p{N}]/u.test(key);

const marks: Record<string, string> = {
  Comma: ",",
  Period: ".",
  Slash: "/",
  Backslash: "\\",
  Minus: "-",
  Equal: "=",
  BracketLeft: "[",
  BracketRight: "]",
};

/**
 * What stands on a key, or null where the character tells as much. With Shift a digit becomes a mark on most keyboards, on
 * some it is one without; and a keyboard for another alphabet has Latin letters beside its own. AltGr asks for a character.
 */
function printedOn(event: Pressed): string | null {
  const { key, code } = event;
  if (key.length !== 1 || event.getModifierState?.("AltGraph")) return null;
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  if (digit) return key === digit ? null : digit;
  if (key <= "~") return null;
  return /^Key([A-Z])$/.exec(code)?.[1] ?? marks[code] ?? null;
}

const modifiers = ["Control", "Shift", "Alt", "Meta", "AltGraph", "CapsLock"];

/** Pressed keys as they are written here; null while only Ctrl, Shift and their like are held. */
export function written(event: Pressed, onMac = isMac): string | null {
  if (modifiers.includes(event.key) || event.key === "Dead" || event.key === "Unidentified") return null;
  const mod = onMac ? event.metaKey : event.ctrlKey;
  // Without one of these the character is what is meant: a `?` wherever it stands.
  const printed = mod || event.altKey ? printedOn(event) : null;
  const typed = event.key === "+" ? "Plus" : event.key === " " ? "Space" : event.key;
  const key = printed ?? typed;
  const held = [
    mod && "Mod",
    event.altKey && "Alt",
    event.shiftKey && (printed !== null || !isMark(event.key)) && "Shift",
  ];
  return [...held.filter(Boolean), key.length === 1 ? key.toUpperCase() : key].join("+");
}

/** Keys that writing needs. Nothing else may have them. */
const forWriting = /^(Mod\+)?(Shift\+)?(Arrow\w+|Home|End|Backspace|Delete|Enter|Tab|Space|PageUp|PageDown)$/;
const forClipboard = /^Mod\+(Shift\+)?[ACVX]$/;
const writes = /^(Shift\+)?.$|^Plus$|^Escape$/;

/** Whether an action may have these keys. A single mark such as `?` may: it works where nobody is typing. */
export function isFree(shortcut: string): boolean {
  if (shortcut === "Mod+Enter" || shortcut === "Mod+Shift+Enter" || /^Mod\+Page/.test(shortcut)) return true;
  if (forWriting.test(shortcut) || forClipboard.test(shortcut)) return false;
  return !writes.test(shortcut) || isMark(shortcut);
}

/** Whether the keys type nothing and move nothing, so that they work while somebody is typing. */
export const worksWhileTyping = (shortcut: string): boolean => /^Mod\+|^((Shift|Alt)\+)*F\d/.test(shortcut);

const names: Record<string, string> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Delete: "Del",
  Escape: "Esc",
  PageUp: "PgUp",
  PageDown: "PgDn",
  Plus: "+",
};
const macNames: Record<string, string> = { Mod: "⌘", Alt: "⌥", Shift: "⇧" };

/** The keys as they are printed on the keyboard. */
export function keysOf(shortcut: string, onMac = isMac): string[] {
  return shortcut.split("+").map((key) => {
    if (onMac && macNames[key]) return macNames[key];
    return key === "Mod" ? "Ctrl" : (names[key] ?? (key.length === 1 ? key.toUpperCase() : key));
  });
}

/** Whether a plain key would type something where the focus is. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable='true']") !== null;
}
