// The window closes when everything is saved. It stays, and says why, when something cannot be saved or is on its way.

import { asWaymarkError, type WaymarkError } from "../ipc";
import { kept, type Stored } from "../lib/stored";
import { flushAll } from "../lib/unsaved";

export type Stopped = { kind: "unsaved"; error: WaymarkError } | { kind: "publishing" };

export const stoppedClosing: Stored<Stopped | null> = kept<Stopped | null>(null);

export async function mayClose({ is_publishing }: { is_publishing: boolean }): Promise<boolean> {
  try {
    await flushAll();
  } catch (error) {
    stoppedClosing.write({ kind: "unsaved", error: asWaymarkError(error) });
    return false;
  }
  if (is_publishing) stoppedClosing.write({ kind: "publishing" });
  return !is_publishing;
}
