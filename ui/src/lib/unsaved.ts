// Whoever holds text that is not saved yet registers how to save it, so that nothing is lost when the window closes.

type Flush = () => Promise<void>;

const holders = new Set<Flush>();

export function holdUnsaved(flush: Flush): () => void {
  holders.add(flush);
  return () => {
    holders.delete(flush);
  };
}

/** Saves everything that is held. Rejects if something could not be saved. */
export async function flushAll(): Promise<void> {
  await Promise.all([...holders].map((flush) => flush()));
}
