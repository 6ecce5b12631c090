// Opens a walkthrough for as long as it is on the screen, and never lets go of text that is not saved.

import { useEffect, useState } from "react";
import { asWaymarkError, commands, events, origin, type WalkthroughId, type WaymarkError } from "../../ipc";
import { holdUnsaved, left } from "../../lib/unsaved";
import { tell, tellError } from "../../ui/tell";
import { retryFailedSaves } from "./retry";
import { DraftSession } from "./session";
import { strings } from "./strings";

export type Opened =
  | { kind: "opening" }
  | { kind: "open"; session: DraftSession }
  | { kind: "failed"; error: WaymarkError; retry: () => void };

/** Sessions that were left while a save failed. Opening the walkthrough again finds the text as it was left. */
const parked = new Map<WalkthroughId, DraftSession>();

async function openSession(id: WalkthroughId): Promise<DraftSession> {
  const known = parked.get(id);
  if (known) return known;
  const session = new DraftSession(await commands.openDraft(id), commands, Date.now, () => tell(strings.merged));
  retryFailedSaves(session, () => forgetParked(id));
  return session;
}

function forgetParked(id: WalkthroughId): void {
  parked.delete(id);
  left.write(left.read().filter((known) => known.id !== id));
}

async function leave(id: WalkthroughId, session: DraftSession, release: () => void): Promise<void> {
  try {
    await session.flush();
    forgetParked(id);
    release();
  } catch (error) {
    parked.set(id, session);
    left.write([...left.read().filter((known) => known.id !== id), { id, title: session.read().walkthrough.title }]);
    tellError(asWaymarkError(error));
  }
}

export function useSession(id: WalkthroughId): Opened {
  const [opened, setOpened] = useState<Opened>({ kind: "opening" });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt opens again.
  useEffect(() => {
    let isHere = true;
    let close: () => void = () => undefined;
    openSession(id).then(
      (session) => {
        if (!isHere) return;
        const release = holdUnsaved(() => session.flush());
        const reload = () => void session.reload().catch(() => undefined);
        const stops = [
          events.changed((event) => event.id === id && event.origin !== origin && reload()),
          events.stale(reload),
        ];
        close = () => {
          for (const stop of stops) stop();
          void leave(id, session, release);
        };
        setOpened({ kind: "open", session });
      },
      (error: unknown) => {
        const retry = () => setAttempt((value) => value + 1);
        if (isHere) setOpened({ kind: "failed", error: asWaymarkError(error), retry });
      },
    );
    return () => {
      isHere = false;
      close();
    };
  }, [id, attempt]);
  return opened;
}
