// The walkthroughs that were opened last, on this machine: the way back to them from every screen.

import { useEffect } from "react";
import { useRoute } from "../lib/route";
import { type Stored, stored, useStored } from "../lib/stored";

const kept = 30;

const areIds = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === "string");

const recent: Stored<string[]> = stored<string[]>("recent", [], areIds);

/** Their ids, the last one first. Some may be gone since. */
export function useRecent(): readonly string[] {
  const route = useRoute();
  const [ids] = useStored(recent);
  const open = route.screen === "editor" ? route.id : null;
  useEffect(() => {
    if (open === null || recent.read()[0] === open) return;
    recent.write([open, ...recent.read().filter((id) => id !== open)].slice(0, kept));
  }, [open]);
  return ids;
}
