import { type RefObject, useEffect, useRef } from "react";

/** Runs when what was shown is gone from the screen, such as to keep what somebody was typing there. */
export function useGone<Shown extends Element>(element: RefObject<Shown | null>, run: (gone: Shown) => void): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    const shown = element.current;
    // React may only try whether it could go.
    return () => queueMicrotask(() => shown && !shown.isConnected && latest.current(shown));
  }, [element]);
}
