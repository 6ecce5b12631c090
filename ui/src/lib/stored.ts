// Small things that this window remembers for itself: sizes, what is folded, the theme.

import { useSyncExternalStore } from "react";
import { listen } from "./listen";

export type Stored<T> = {
  read(): T;
  write(value: T): void;
  subscribe(changed: () => void): () => void;
};

const forgetters = new Set<() => void>();

/** As if the window had never been used. */
export function forgetAll(): void {
  localStorage.clear();
  for (const forget of forgetters) forget();
}

/** A value that lasts as long as the window. */
export function kept<T>(initial: T): Stored<T> {
  const listeners = new Set<() => void>();
  let value = initial;
  forgetters.add(() => {
    value = initial;
  });
  return {
    read: () => value,
    write: (next) => {
      value = next;
      for (const changed of listeners) changed();
    },
    subscribe: (changed) => listen(listeners, changed),
  };
}

/** A value that is remembered beyond the window. What is stored but no longer makes sense reads as `initial`. */
export function stored<T>(name: string, initial: T, isValid: (value: unknown) => value is T): Stored<T> {
  const key = `waymark.${name}`;
  const item = kept(load(key, initial, isValid));
  item.subscribe(() => save(key, item.read()));
  return item;
}

export function useStored<T>(item: Stored<T>): [T, (value: T) => void] {
  return [useSyncExternalStore(item.subscribe, item.read), item.write];
}

function load<T>(key: string, initial: T, isValid: (value: unknown) => value is T): T {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    return isValid(value) ? value : initial;
  } catch {
    return initial;
  }
}

function save(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Storage may be full or forbidden. Then the value lasts until the window closes.
  }
}
