// Whoever holds text that is not saved yet registers how to save it, so that nothing is lost when the window closes.

import { listen } from "./listen";
import { kept, type Stored } from "./stored";

/** Walkthroughs that were left while they could not be saved. Their text is kept in the window. */
export const left: Stored<readonly { id: string; title: string }[]> = kept<readonly { id: string; title: string }[]>(
  [],
);

type Flush = () => Promise<void>;

const holders = new Set<Flush>();

export const holdUnsaved = (flush: Flush): (() => void) => listen(holders, flush);

/** Saves everything that is held. Rejects if something could not be saved. */
export async function flushAll(): Promise<void> {
  await Promise.all([...holders].map((flush) => flush()));
}
