import { tell } from "../../ui/tell";
import { attempt } from "./attempt";
import type { DraftSession } from "./session";
import { strings } from "./strings";

/** The way back that a message offers after a change: takes back that change, and nothing that was done since. */
export function takeBack(session: DraftSession): { label: string; run: () => void } {
  const { version } = session.read();
  const undo = async () => {
    await session.flush();
    if (session.read().version === version) await session.travel("undo");
    else tell(strings.changedSince);
  };
  return { label: strings.undo, run: () => attempt(undo) };
}
