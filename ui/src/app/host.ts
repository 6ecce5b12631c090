// Keeps the window true to the host: refreshes what others changed, saves before the window closes.

import { QueryClient } from "@tanstack/react-query";
import { asWaymarkError, events, origin, staleKeys } from "../ipc";
import { offerFiles } from "../lib/offered-files";
import { navigate } from "../lib/route";
import { tellError } from "../ui/tell";
import { mayClose } from "./closing";

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: false, refetchOnWindowFocus: false, staleTime: 60_000, networkMode: "always" },
      mutations: { networkMode: "always", onError: (error) => tellError(asWaymarkError(error)) },
    },
  });
}

export function followHost(client: QueryClient): () => void {
  const stops = [
    events.changed(({ what, id, origin: by }) => {
      if (by === origin) return;
      for (const queryKey of staleKeys(what, id)) void client.invalidateQueries({ queryKey });
    }),
    events.filesDropped((paths) => {
      offerFiles(paths);
      navigate({ screen: "import" });
    }),
    events.stale(() => void client.invalidateQueries()),
    events.closeRequested(mayClose),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
