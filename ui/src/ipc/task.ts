// Long work that can be stopped: a number from the host, how far it is, and its answer. The host goes on if the screen is left.

import { useCallback, useEffect, useRef, useState } from "react";
import { commands, events } from "./connect";

export type WorkProgress = { done: number; total: number; last: string | null; isStopping: boolean };

export function useTask() {
  const [progress, setProgress] = useState<WorkProgress | null>(null);
  const running = useRef<number | null>(null);

  useEffect(
    () =>
      events.taskProgress(({ task, done, total, last }) => {
        if (task === running.current) setProgress((old) => old && { ...old, done, total, last });
      }),
    [],
  );

  /** Begins work on so many things and settles as it does. */
  const run = useCallback(async <Answer>(total: number, begin: (task: number) => Promise<Answer>): Promise<Answer> => {
    setProgress({ done: 0, total, last: null, isStopping: false });
    try {
      const task = await commands.newTask();
      running.current = task;
      return await begin(task);
    } finally {
      running.current = null;
      setProgress(null);
    }
  }, []);

  const stop = useCallback(() => {
    setProgress((old) => old && { ...old, isStopping: true });
    // That it is over already is no news: the result is about to be shown.
    if (running.current !== null) void commands.cancelTask(running.current).catch(() => undefined);
  }, []);

  return { progress, run, stop };
}
