// Whoever works in the list with the keyboard stays in it: where the row with the focus goes, the one in its place gets it.

import { type FocusEvent, type RefObject, useEffect, useRef } from "react";

export function useKeptFocus(
  list: RefObject<HTMLElement | null>,
  rows: readonly unknown[],
  scrollTo: (index: number) => void,
) {
  const last = useRef<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at when there are other rows, and only then.
  useEffect(() => {
    if (last.current === null || document.activeElement !== document.body || rows.length === 0) return;
    const index = Math.min(last.current, rows.length - 1);
    scrollTo(index);
    const frame = requestAnimationFrame(() => {
      if (document.activeElement !== document.body) return;
      list.current?.querySelector<HTMLElement>(`[data-index="${index}"] a`)?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [rows]);
  return {
    onFocus: ({ target }: FocusEvent) => {
      const row = target.closest<HTMLElement>("[data-index]");
      if (row) last.current = Number(row.dataset.index);
    },
    onBlur: ({ relatedTarget }: FocusEvent) => {
      // Without a target it was the row that went, not the person.
      if (relatedTarget) last.current = null;
    },
  };
}
