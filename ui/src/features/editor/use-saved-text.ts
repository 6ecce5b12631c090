// A line of text that saves itself: shortly after the last keystroke, when it is left, and when the window closes.

import { useEffect, useRef, useState } from "react";
import { asWaymarkError, type WaymarkError } from "../../ipc";
import { holdUnsaved } from "../../lib/unsaved";

const idle = 400;

type SavedText = {
  value: string;
  error: WaymarkError | null;
  onChange: (value: string) => void;
  onBlur: () => void;
};

export function useSavedText(saved: string, save: (value: string) => Promise<void>): SavedText {
  // Null: nothing was typed that the host does not have.
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<WaymarkError | null>(null);
  const latest = useRef<{ typed: string | null; save: typeof save }>({ typed, save });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  useEffect(() => {
    latest.current.save = save;
  }, [save]);

  const [saveNow] = useState(() => async () => {
    clearTimeout(timer.current);
    const value = latest.current.typed;
    if (value === null) return;
    try {
      await latest.current.save(value);
      if (latest.current.typed !== value) return;
      latest.current.typed = null;
      setTyped(null);
      setError(null);
    } catch (thrown) {
      setError(asWaymarkError(thrown));
      throw thrown;
    }
  });
  // What went wrong stands beside the input.
  const [flush] = useState(() => () => void saveNow().catch(() => undefined));

  useEffect(() => {
    const release = holdUnsaved(saveNow);
    return () => {
      flush();
      release();
    };
  }, [flush, saveNow]);

  return {
    value: typed ?? saved,
    error,
    onChange: (value) => {
      latest.current.typed = value;
      setTyped(value);
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, idle);
    },
    onBlur: flush,
  };
}
