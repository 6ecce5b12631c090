// Long work that can be stopped: a number from the host, how far it is, and its answer. The host goes on if the screen is left.

import { useCallback, useRef, useState } from "react";
import { commands, events } from "./connect";

export type WorkProgress = { done: number; total: number; last: string | null; isStopping: boolean };

/** Work whose answer somebody waits for: stopped as soon as nobody does any more. */
export async function whileWanted<Answer>(wanted: AbortSignal, begin: (task: number) => Promise<Answer>) {
  const task = await commands.newTask();
  wanted.throwIfAborted();
  const stop = () => void commands.cancelTask(task).catch(() => undefined);
  wanted.addEventListener("abort", stop, { once: true });
  try {
    return await begin(task);
  } finally {
    wanted.removeEventListener("abort", stop);
  }
}

/** Begins work on so many things. Tells how far it is, and null when it is over; the answer settles as the work does. */
export function beginTask<Answer>(
  total: number,
  begin: (task: number) => Promise<Answer>,
  tell: (progress: WorkProgress | null) => void,
): { answer: Promise<Answer>; stop: () => void } {
  let progress: WorkProgress = { done: 0, total, last: null, isStopping: false };
  let running: number | null = null;
  let isOver = false;
  const now = (more: Partial<WorkProgress>) => {
    progress = { ...progress, ...more };
    tell(progress);
  };
  // That it is over already is no news: the result is about to be shown.
  const cancel = () => {
    if (running !== null) void commands.cancelTask(running).catch(() => undefined);
  };
  const unfollow = events.taskProgress(({ task, done, total, last }) => {
    if (task === running) now({ done, total, last });
  });
  const work = async () => {
    try {
      running = await commands.newTask();
      const answer = begin(running);
      if (progress.isStopping) cancel();
      return await answer;
    } finally {
      isOver = true;
      unfollow();
      tell(null);
    }
  };
  const stop = () => {
    if (isOver) return;
    now({ isStopping: true });
    cancel();
  };
  now({});
  return { answer: work(), stop };
}

/** The same for one screen. */
export function useTask() {
  const [progress, setProgress] = useState<WorkProgress | null>(null);
  const stopping = useRef<() => void>(() => undefined);
  const run = useCallback(<Answer>(total: number, begin: (task: number) => Promise<Answer>): Promise<Answer> => {
    const { answer, stop } = beginTask(total, begin, setProgress);
    stopping.current = stop;
    return answer;
  }, []);
  return { progress, run, stop: useCallback(() => stopping.current(), []) };
}
