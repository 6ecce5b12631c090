// Whoever holds text that is not saved yet registers how to save it, so that nothing is lost when the window closes.

import { listen } from "./listen";

type Flush = () => Promise<void>;

const holders = new Set<Flush>();

export const holdUnsaved = (flush: Flush): (() => void) => listen(holders, flush);

/** Saves everything that is held. Rejects if something could not be saved. */
export async function flushAll(): Promise<void> {
  await Promise.all([...holders].map((flush) => flush()));
}
