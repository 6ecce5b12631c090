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
  const isCharacter = key.length === 1 && !/[a-z0-9]/i.test(key);
  if (!isCharacter && event.shiftKey !== has("Shift")) return false;
  return event.key.toLowerCase() === key.toLowerCase();
}

const names: Record<string, string> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Delete: "Del",
  Escape: "Esc",
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
