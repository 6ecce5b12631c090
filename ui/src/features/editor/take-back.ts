import { attempt } from "./attempt";
import type { DraftSession } from "./session";
import { strings } from "./strings";

/** The way back that a message offers after a change: takes back that change, and nothing that was done since. */
export function takeBack(session: DraftSession): { label: string; run: () => void } | null {
  const version = session.lastMade;
  if (version === null) return null;
  const undo = () => session.write((walkthrough) => session.host.takeBack({ walkthrough, version }));
  return { label: strings.undo, run: () => attempt(undo) };
}
