// What a person can do here: one value shared by buttons, menus, the palette, the sheet of shortcuts and the keyboard.

import { useEffect, useSyncExternalStore } from "react";
import { listen } from "../lib/listen";
import { isTyping, matches } from "../lib/shortcut";

export type Action = {
  id: string;
  label: string;
  /** As in lib/shortcut: `Mod+Shift+P`. */
  shortcut?: string;
  isEnabled?: boolean;
  /** Its keys work only where it belongs, which listens for them itself. */
  isLocal?: boolean;
  /** A text input has its own meaning for these keys. */
  leavesInputs?: boolean;
  run: () => void;
};

const shown = new Map<symbol, readonly Action[]>();
const listeners = new Set<() => void>();
let all: readonly Action[] = [];

function announce() {
  const seen = new Set<string>();
  // What came last is the most specific and wins.
  all = [...shown.values()]
    .reverse()
    .flat()
    .filter(({ id }) => !seen.has(id) && seen.add(id));
  for (const listener of listeners) listener();
}

/** Offers actions while the component is shown. */
export function useActions(actions: readonly Action[]): void {
  useEffect(() => {
    const key = Symbol("actions");
    shown.set(key, actions);
    announce();
    return () => {
      shown.delete(key);
      announce();
    };
  }, [actions]);
}

export function useOfferedActions(): readonly Action[] {
  return useSyncExternalStore(
    (listener) => listen(listeners, listener),
    () => all,
  );
}

/** Runs the action of a pressed shortcut. Plain keys belong to whoever is typing. */
export function runShortcut(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const action = all.find(
    ({ shortcut, isEnabled, isLocal }) => shortcut && !isLocal && isEnabled !== false && matches(shortcut, event),
  );
  if (!action?.shortcut) return;
  const isPlain = !/^Mod\+|^F\d/.test(action.shortcut);
  if (isPlain && isTyping(event.target)) return;
  if (action.leavesInputs && event.target instanceof Element && event.target.matches("input, textarea")) return;
  // A dialog is a question of its own: nothing behind it may answer.
  if (document.querySelector("[role='dialog']") !== null) return;
  event.preventDefault();
  action.run();
}
