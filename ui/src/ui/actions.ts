// What a person can do here: one value shared by buttons, menus, the palette, the sheet of shortcuts and the keyboard.

import { useEffect, useSyncExternalStore } from "react";
import { listen } from "../lib/listen";
import { settings } from "../lib/settings";
import { isTyping, worksWhileTyping } from "../lib/shortcut";
import { type ActionSpec, keysFor, pressedOf } from "./keymap";

export type Action = {
  id: string;
  label: string;
  /** The keys it comes with, as in lib/shortcut: `Mod+Shift+P`. Offered actions have those that the person chose. */
  shortcut?: string;
  also?: readonly string[];
  isEnabled?: boolean;
  /** Its keys work only where it belongs, which listens for them itself. */
  isLocal?: boolean;
  /** A text input has its own meaning for these keys. */
  leavesInputs?: boolean;
  /** It works in front of an open dialog, too. */
  isEverywhere?: boolean;
  run: () => void;
};

/** A listed action that can be done now. */
export function doing({ id, label, shortcut, also, isLocal }: ActionSpec, run: () => void, isEnabled = true): Action {
  return {
    id,
    label,
    ...(shortcut === undefined ? {} : { shortcut }),
    ...(also === undefined ? {} : { also }),
    ...(isLocal === undefined ? {} : { isLocal }),
    isEnabled,
    run,
  };
}

const shown = new Map<symbol, readonly Action[]>();
const listeners = new Set<() => void>();
let all: readonly Action[] = [];
/** The same, with the keys that the person chose. */
let offered: readonly Action[] = [];

function announce() {
  const seen = new Set<string>();
  // What came last is the most specific and wins.
  all = [...shown.values()]
    .reverse()
    .flat()
    .filter(({ id }) => !seen.has(id) && seen.add(id));
  offered = all.map((action) => {
    const { shortcut: _, ...rest } = action;
    const keys = keysFor(action);
    return keys ? { ...rest, shortcut: keys } : rest;
  });
  for (const listener of listeners) listener();
}

settings.subscribe(announce);

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

/** What can be done now, with the keys that do it. */
export function useOfferedActions(): readonly Action[] {
  return useSyncExternalStore((listener) => listen(listeners, listener), offeredNow);
}

/** The same, for who only wants to look once. */
export const offeredNow = (): readonly Action[] => offered;

/** Runs the action of a pressed shortcut. Plain keys belong to whoever is typing. */
export function runShortcut(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const possible = all.filter((known) => !known.isLocal && known.isEnabled !== false);
  const action = pressedOf(possible, event);
  if (!action) return;
  if (!worksWhileTyping(keysFor(action) ?? "") && isTyping(event.target)) return;
  if (action.leavesInputs && isInput(event.target)) return;
  if (isAsked() && !action.isEverywhere) return;
  event.preventDefault();
  action.run();
}

/** Runs an action by its id, for the native menu. */
export function runAction(id: string): void {
  const action = all.find((known) => known.id === id);
  if (!action || action.isEnabled === false || (isAsked() && !action.isEverywhere)) return;
  if (action.leavesInputs && isInput(document.activeElement)) {
    // The menu took the keys from the input, which has its own undo.
    document.execCommand(id);
    return;
  }
  action.run();
}

const isInput = (target: EventTarget | null): boolean => target instanceof Element && target.matches("input, textarea");

/** A dialog is a question of its own: nothing behind it may answer. */
const isAsked = (): boolean => document.querySelector("[role='dialog'], [role='alertdialog']") !== null;
