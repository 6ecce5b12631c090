// What is asked of the host about runs: one that goes on is looked at again and again, one that is kept is read.

import { queryOptions } from "@tanstack/react-query";
import { type AgentRunId, commands, type KeptRun, keys, type LiveRun, type WalkthroughId } from "../../ipc";

/** Milliseconds between two looks at a model that is at work. */
const pace = 200;

/** A run as it is shown: with what only one that this window began has. */
export type ShownRun = KeptRun & { live: Omit<LiveRun, "run"> | null };

export const runQueries = {
  list: (walkthrough: WalkthroughId) =>
    queryOptions({
      queryKey: [...keys.agentRuns(walkthrough), "list"],
      queryFn: () => commands.listAgentRuns(walkthrough),
    }),
  one: (walkthrough: WalkthroughId, id: AgentRunId) =>
    queryOptions({
      queryKey: [...keys.agentRuns(walkthrough), "run", id],
      queryFn: async (): Promise<ShownRun> => {
        const seen = await commands.lookAtAgentRun(id);
        if (!seen) return { ...(await commands.readAgentRun(id)), live: null };
        const { run, ...live } = seen;
        return { ...run, live };
      },
      refetchInterval: ({ state }) => (state.data?.live?.is_busy ? pace : false),
      staleTime: 0,
    }),
  beside: (walkthrough: WalkthroughId, left: AgentRunId, right: AgentRunId) =>
    queryOptions({
      queryKey: [...keys.agentRuns(walkthrough), "beside", left, right],
      queryFn: () => commands.compareAgentRuns({ left, right }),
      staleTime: 0,
    }),
};
