// Carrying out a plan: how far it is, stopping it, and how it ended. The host goes on if the screen is left.

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import {
  asWaymarkError,
  commands,
  events,
  keys,
  type PlanPublish,
  type PublishOutcome,
  type RunPublish,
  type WaymarkError,
} from "../../ipc";

export type Progress = { task: number; done: number; total: number; last: string | null; isStopping: boolean };
export type RunState =
  | { kind: "idle" }
  | ({ kind: "running" } & Progress)
  | { kind: "ended"; outcomes: PublishOutcome[] }
  | { kind: "failed"; error: WaymarkError };

export function usePublish() {
  const client = useQueryClient();
  const [state, setState] = useState<RunState>({ kind: "idle" });
  const running = useRef<number | null>(null);

  useEffect(
    () =>
      events.publishProgress(({ task, done, total, last }) => {
        if (task !== running.current) return;
        setState((old) => (old.kind === "running" ? { ...old, done, total, last } : old));
      }),
    [],
  );

  const run = useCallback(
    async (plan: PlanPublish, digest: RunPublish["digest"], is_confirmed: boolean): Promise<RunState> => {
      const begun = { task: 0, done: 0, total: plan.ids.length, last: null, isStopping: false };
      setState({ kind: "running", ...begun });
      let ended: RunState;
      try {
        const task = await commands.newTask();
        running.current = task;
        setState({ kind: "running", ...begun, task });
        ended = { kind: "ended", outcomes: await commands.runPublish({ task, run: { plan, digest, is_confirmed } }) };
      } catch (error) {
        ended = { kind: "failed", error: asWaymarkError(error) };
      }
      running.current = null;
      setState(ended);
      void client.invalidateQueries({ queryKey: keys.drafts });
      void client.invalidateQueries({ queryKey: keys.plans });
      return ended;
    },
    [client],
  );

  const stop = useCallback(() => {
    setState((old) => (old.kind === "running" ? { ...old, isStopping: true } : old));
    // That it is over already is no news: the result is about to be shown.
    if (running.current !== null) void commands.cancelTask(running.current).catch(() => undefined);
  }, []);

  return { state, run, stop, reset: useCallback(() => setState({ kind: "idle" }), []) };
}
