// A save that failed because the library could not be written is tried again by itself, until it is done: the text stays
// where it is meanwhile, and nobody has to think of it.

import type { DraftSession } from "./session";

/** Milliseconds until the next try: soon at first, and never often enough to be a nuisance. */
const waits = [2_000, 4_000, 8_000, 15_000];

/** Begins to watch; gives how to stop. `onSaved` is called when a text that could not be saved is. */
export function retryFailedSaves(session: DraftSession, onSaved: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tries = 0;
  const stop = session.subscribe(() => {
    const { save } = session.read();
    if (save.kind === "saving") return;
    clearTimeout(timer);
    if (save.kind === "saved") {
      if (tries > 0) onSaved();
      tries = 0;
    } else if (save.error.code === "library_read_only" && session.hasUnsaved) {
      timer = setTimeout(() => void session.flush().catch(() => undefined), waits[Math.min(tries, waits.length - 1)]);
      tries += 1;
    }
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}
