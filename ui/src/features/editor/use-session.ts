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

/** Sessions that were left with something that could not be saved, and what holds them. Opening the walkthrough again finds
 * everything as it was left. */
const parked = new Map<WalkthroughId, { session: DraftSession; release: () => void }>();

async function openSession(id: WalkthroughId): Promise<DraftSession> {
  const known = parked.get(id)?.session;
  if (known) {
    // Nobody told it meanwhile what others changed.
    await known.reload().catch(() => undefined);
    return known;
  }
  const session = new DraftSession(await commands.openDraft(id), commands, Date.now, () => tell(strings.merged));
  retryFailedSaves(session, () => session.typed.refusal === null && forgetParked(id));
  return session;
}

function forgetParked(id: WalkthroughId): void {
  parked.get(id)?.release();
  parked.delete(id);
  left.write(left.read().filter((known) => known.id !== id));
}

async function leave(id: WalkthroughId, session: DraftSession, release: () => void): Promise<void> {
  try {
    await session.flush();
    // What was on the screen may have handed over its last words only then.
    if (session.hasUnsaved) await session.flush();
    if (session.typed.refusal) throw session.typed.refusal;
    forgetParked(id);
    release();
  } catch (thrown) {
    parked.get(id)?.release();
    parked.set(id, { session, release });
    const { title } = session.read().walkthrough;
    left.write([...left.read().filter((known) => known.id !== id), { id, title }]);
    const error = asWaymarkError(thrown);
    tellError({ message: strings.leftUnsaved(title, error.message), hint: error.hint });
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
        const release = holdUnsaved({ flush: () => session.flush(), refusal: () => session.typed.refusal });
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
