// A value that is edited here and saved by itself: shortly after the last change, when it is left, and before the
// window closes. What is typed stays until the host has it.

import { useEffect, useRef, useState } from "react";
import { asWaymarkError, type WaymarkError } from "../../ipc";
import { holdUnsaved } from "../../lib/unsaved";

const idle = 400;

export type Typed<T> = {
  value: T;
  error: WaymarkError | null;
  /** `isWhole`: saved at once, because it is a change of its own and not a letter of many. */
  change: (value: T, isWhole?: boolean) => void;
  flush: () => void;
};

/**
 * `save` gives what is typed meanwhile a chance to take over what only the host knows (ids): it is called with what was
 * saved, and answers with what to put into the value that is typed now.
 */
export function useTyped<T>(saved: T, save: (value: T) => Promise<((typed: T) => T) | null>): Typed<T> {
  const [typed, setTyped] = useState<{ value: T } | null>(null);
  const [error, setError] = useState<WaymarkError | null>(null);
  const latest = useRef({ typed, save });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const running = useRef<Promise<void>>(Promise.resolve());
  useEffect(() => {
    latest.current.save = save;
  }, [save]);

  const [actions] = useState(() => {
    const put = (next: { value: T } | null) => {
      latest.current.typed = next;
      setTyped(next);
    };
    const saveOnce = async () => {
      const mine = latest.current.typed;
      if (mine === null) return;
      try {
        const adopt = await latest.current.save(mine.value);
        setError(null);
        const now = latest.current.typed;
        if (now === mine) put(null);
        else if (now && adopt) put({ value: adopt(now.value) });
      } catch (thrown) {
        setError(asWaymarkError(thrown));
        throw thrown;
      }
    };
    // One after the other, so that an older value never comes last.
    const saveNow = (): Promise<void> => {
      clearTimeout(timer.current);
      running.current = running.current.then(saveOnce, saveOnce);
      return running.current;
    };
    const flush = () => void saveNow().catch(() => undefined);
    const change = (value: T, isWhole = false) => {
      put({ value });
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, isWhole ? 0 : idle);
    };
    return { saveNow, flush, change };
  });

  useEffect(() => {
    const release = holdUnsaved(actions.saveNow);
    return () => {
      actions.flush();
      release();
    };
  }, [actions]);

  return { value: typed ? typed.value : saved, error, change: actions.change, flush: actions.flush };
}
