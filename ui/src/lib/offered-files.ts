// Files that were dropped on the window and wait for the import screen. Offering reads nothing and writes nothing.

import { useSyncExternalStore } from "react";
import { listen } from "./listen";

const listeners = new Set<() => void>();
let offered: readonly string[] | null = null;

export function offerFiles(paths: readonly string[] | null): void {
  offered = paths;
  for (const listener of listeners) listener();
}

export const useOfferedFiles = (): readonly string[] | null =>
  useSyncExternalStore(
    (listener) => listen(listeners, listener),
    () => offered,
  );
