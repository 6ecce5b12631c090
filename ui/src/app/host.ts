// Keeps the window true to the host: refreshes what others changed, saves before the window closes.

import { QueryClient } from "@tanstack/react-query";
import { asWaymarkError, events, origin, staleKeys } from "../ipc";
import { areTaken, offerFiles } from "../lib/offered-files";
import { navigate } from "../lib/route";
import { flushAll } from "../lib/unsaved";
import { runAction } from "../ui/actions";
import { tellError } from "../ui/tell";
import { mayClose } from "./closing";

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: false, refetchOnWindowFocus: false, staleTime: 60_000, networkMode: "always" },
      mutations: { networkMode: "always", onError: failed },
    },
  });
}

export const failed = (error: unknown): void => tellError(asWaymarkError(error));

export function followHost(client: QueryClient): () => void {
  const stops = [
    events.changed(({ what, id, origin: by }) => {
      // What is typed here is shown already; whatever else this window writes is read again like anybody's.
      if (by === origin && what === "draft") return;
      for (const queryKey of staleKeys(what, id)) void client.invalidateQueries({ queryKey });
    }),
    events.filesDropped((paths, at) => {
      if (areTaken(paths, at)) return;
      offerFiles(paths);
      navigate({ screen: "import" });
    }),
    events.menuChosen(runAction),
    events.stale(() => void client.invalidateQueries()),
    events.closeRequested(mayClose),
    onLeave(() => void flushAll().catch(() => undefined)),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** The page is reloaded, hidden or suspended: nobody asks first. */
function onLeave(leave: () => void): () => void {
  const hidden = () => document.visibilityState === "hidden" && leave();
  globalThis.addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", hidden);
  return () => {
    globalThis.removeEventListener("pagehide", leave);
    document.removeEventListener("visibilitychange", hidden);
  };
}
