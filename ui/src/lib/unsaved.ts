// Whoever holds text that is not saved yet registers how to save it, so that nothing is lost when the window closes.

import { listen } from "./listen";
import { kept, type Stored } from "./stored";

/** Walkthroughs that were left while something in them could not be saved. It is kept in the window. */
export const left: Stored<readonly { id: string; title: string }[]> = kept<readonly { id: string; title: string }[]>(
  [],
);

type Holder = {
  flush: () => Promise<void>;
  /** Why something cannot be saved as it was typed; null where there is nothing of the kind. */
  refusal: () => Error | null;
};

const holders = new Set<Holder>();

export const holdUnsaved = (holder: Holder): (() => void) => listen(holders, holder);

/** Saves everything that is held. Rejects if something could not be written. */
export async function flushAll(): Promise<void> {
  await Promise.all([...holders].map(({ flush }) => flush()));
}

/** Why something that was typed is not saved, and will not be before somebody changes it. */
export function firstRefusal(): Error | null {
  for (const { refusal } of holders) {
    const error = refusal();
    if (error) return error;
  }
  return null;
}
