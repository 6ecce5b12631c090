// Carrying out a plan, and how it ended.

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import {
  asWaymarkError,
  commands,
  keys,
  type PlanPublish,
  type PublishOutcome,
  type RunPublish,
  useTask,
  type WaymarkError,
  type WorkProgress,
} from "../../ipc";

type Ended = { kind: "idle" } | { kind: "ended"; outcomes: PublishOutcome[] } | { kind: "failed"; error: WaymarkError };
export type RunState = Ended | ({ kind: "running" } & WorkProgress);

export function usePublish() {
  const client = useQueryClient();
  const [ended, setEnded] = useState<Ended>({ kind: "idle" });
  const { progress, run: runTask, stop } = useTask();

  const run = useCallback(
    async (plan: PlanPublish, digest: RunPublish["digest"], is_confirmed: boolean): Promise<Ended> => {
      let ended: Ended;
      try {
        const begin = (task: number) => commands.runPublish({ task, run: { plan, digest, is_confirmed } });
        ended = { kind: "ended", outcomes: await runTask(plan.ids.length, begin) };
      } catch (error) {
        ended = { kind: "failed", error: asWaymarkError(error) };
      }
      setEnded(ended);
      void client.invalidateQueries({ queryKey: keys.drafts });
      void client.invalidateQueries({ queryKey: keys.plans });
      return ended;
    },
    [client, runTask],
  );

  const state: RunState = progress ? { kind: "running", ...progress } : ended;
  return { state, run, stop, reset: useCallback(() => setEnded({ kind: "idle" }), []) };
}
