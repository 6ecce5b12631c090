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

/** Takes dropped files for itself, if the place is its own. */
type Taker = (paths: readonly string[], at: { x: number; y: number }) => boolean;

const takers = new Set<Taker>();

/** A part of the screen on which files may be dropped: they are then not offered for import. */
export const takeDrops = (taker: Taker): (() => void) => listen(takers, taker);

/** Whether a part of the screen took the files. */
export const areTaken: Taker = (paths, at) => [...takers].some((taker) => taker(paths, at));
