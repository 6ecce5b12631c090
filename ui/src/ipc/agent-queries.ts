// Server cache of the agents at the drafts: the endpoint, what clients are configured with, the log of calls.

import { queryOptions } from "@tanstack/react-query";
import { commands } from "./connect";

export const agentKeys = {
  /** The endpoint and everything that names its address. */
  endpoint: ["endpoint"] as const,
  /** What the host makes stale with every call; see `staleKeys`. */
  calls: ["calls"] as const,
};

export const agentQueries = {
  endpoint: () =>
    queryOptions({ queryKey: agentKeys.endpoint, queryFn: () => commands.endpointStatus(), staleTime: 0 }),
  setups: () =>
    queryOptions({ queryKey: [...agentKeys.endpoint, "setups"], queryFn: () => commands.listClientSetups() }),
  calls: () => queryOptions({ queryKey: agentKeys.calls, queryFn: () => commands.listCalls(), staleTime: 0 }),
  /** What a call was answered by never changes. */
  answer: (seq: number) =>
    queryOptions({
      queryKey: ["answer", seq],
      queryFn: () => commands.readAnswer(seq),
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 60_000,
    }),
};
