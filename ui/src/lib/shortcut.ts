// Keys: written `Mod+Shift+P`, where Mod is Ctrl, or Cmd on a Mac.

const isMac = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");

type Pressed = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

export function matches(shortcut: string, event: Pressed, onMac = isMac): boolean {
  const parts = shortcut.split("+");
  const name = parts.pop() ?? "";
  const key = name === "Plus" ? "+" : name;
  const has = (held: string) => parts.includes(held);
  const mod = onMac ? event.metaKey : event.ctrlKey;
  const other = onMac ? event.ctrlKey : event.metaKey;
  if (mod !== has("Mod") || other || event.altKey !== has("Alt")) return false;
  // A character such as `?` or `+` may need Shift on one keyboard and not on another.
  if (!isMark(key) && event.shiftKey !== has("Shift")) return false;
  return event.key.toLowerCase() === key.toLowerCase();
}

/** A character that is neither a letter nor a digit. */
const isMark = (key: string): boolean => key.length === 1 && !/[\p{L}\p{N}]/u.test(key);

const modifiers = ["Control", "Shift", "Alt", "Meta", "AltGraph", "CapsLock"];

/** Pressed keys as they are written here; null while only Ctrl, Shift and their like are held. */
export function written(event: Pressed, onMac = isMac): string | null {
  if (modifiers.includes(event.key) || event.key === "Dead" || event.key === "Unidentified") return null;
  const key = event.key === "+" ? "Plus" : event.key === " " ? "Space" : event.key;
  const held = [
    (onMac ? event.metaKey : event.ctrlKey) && "Mod",
    event.altKey && "Alt",
    event.shiftKey && !isMark(event.key) && "Shift",
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
