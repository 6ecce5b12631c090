// Carrying out a plan, and how it ended. Kept for the window by what is published where: the button of the editor and the
// screen speak of the same run, and an error that one of them met is on the other.

import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import {
  asWaymarkError,
  beginTask,
  commands,
  keys,
  type PlanPublish,
  type PublishOutcome,
  type RunPublish,
  type WaymarkError,
  type WorkProgress,
} from "../../ipc";
import type { PublishAim } from "../../lib/route";
import { kept, useStored } from "../../lib/stored";

export type Ended =
  | { kind: "ended"; outcomes: PublishOutcome[] }
  | { kind: "failed"; error: Pick<WaymarkError, "code" | "message" | "hint"> };
export type RunState = { kind: "idle" } | Ended | ({ kind: "running" } & WorkProgress);

const idle: RunState = { kind: "idle" };
const runs = kept<ReadonlyMap<string, RunState>>(new Map());
const stops = new Map<string, () => void>();

const stateOf = (key: string): RunState => runs.read().get(key) ?? idle;
const become = (key: string, state: RunState) => runs.write(new Map(runs.read()).set(key, state));

/** What went wrong, the first of it. */
export function failureOf(state: RunState): Pick<WaymarkError, "code" | "message" | "hint"> | null {
  if (state.kind === "failed") return state.error;
  if (state.kind !== "ended") return null;
  return state.outcomes.find(({ error }) => error !== null)?.error ?? null;
}

export function usePublish(ids: readonly string[], connection: string, aim: PublishAim | null) {
  const client = useQueryClient();
  const key = [connection, ...ids, JSON.stringify(aim)].join(" ");
  useStored(runs);

  const run = useCallback(
    async (plan: PlanPublish, digest: RunPublish["digest"], is_confirmed: boolean): Promise<Ended> => {
      let ended: Ended;
      try {
        const begin = (task: number) => commands.runPublish({ task, run: { plan, digest, is_confirmed } });
        const task = beginTask(plan.ids.length, begin, (progress) => {
          if (progress) become(key, { kind: "running", ...progress });
        });
        stops.set(key, task.stop);
        ended = { kind: "ended", outcomes: await task.answer };
      } catch (error) {
        ended = { kind: "failed", error: asWaymarkError(error) };
      }
      stops.delete(key);
      become(key, ended);
      void client.invalidateQueries({ queryKey: keys.drafts });
      void client.invalidateQueries({ queryKey: keys.plans });
      return ended;
    },
    [client, key],
  );

  return {
    state: stateOf(key),
    run,
    stop: useCallback(() => stops.get(key)?.(), [key]),
    reset: useCallback(() => become(key, idle), [key]),
    /** The result was seen. What goes on, and what nobody knows yet, stays. */
    leave: useCallback(() => {
      const state = stateOf(key);
      if (state.kind !== "running" && failureOf(state)?.code !== "outcome_unknown") become(key, idle);
    }, [key]),
  };
}
