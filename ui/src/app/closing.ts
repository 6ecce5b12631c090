// The window closes when everything is saved. It stays, and says why, when something cannot be saved or is on its way.

import { asWaymarkError, type WaymarkError } from "../ipc";
import { kept, type Stored } from "../lib/stored";
import { firstRefusal, flushAll } from "../lib/unsaved";

export type Stopped = { kind: "unsaved"; error: WaymarkError } | { kind: "publishing" };

export const stoppedClosing: Stored<Stopped | null> = kept<Stopped | null>(null);

/** Milliseconds in which the system hands over what was typed before the window was asked to close. */
const keysOnTheirWay = 120;

export async function mayClose({ is_publishing }: { is_publishing: boolean }): Promise<boolean> {
  try {
    await flushAll();
    // Keys pressed just before are still on their way to the page when the request to close overtakes them.
    await new Promise((done) => setTimeout(done, keysOnTheirWay));
    // What is saved when it is left is left now, such as a name that is being written.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    await flushAll();
    const refusal = firstRefusal();
    if (refusal) throw refusal;
  } catch (error) {
    stoppedClosing.write({ kind: "unsaved", error: asWaymarkError(error) });
    return false;
  }
  if (is_publishing) stoppedClosing.write({ kind: "publishing" });
  return !is_publishing;
}
