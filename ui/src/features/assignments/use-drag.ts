// Moving a row with the pointer: a line shows where it will go, and nothing else moves.

import { type PointerEvent, type RefObject, useRef, useState } from "react";

/** Which row is on its way, and above which one it would land. */
type Drag = { from: number; gap: number };

type DragOptions = {
  list: RefObject<HTMLElement | null>;
  rowHeight: number;
  /** Rows above this one can be changed places with. */
  count: number;
  onDrop: (from: number, to: number) => void;
};

export function useDrag({ list, rowHeight, count, onDrop }: DragOptions) {
  const [drag, setDrag] = useState<Drag | null>(null);
  // Events can come faster than what they change is rendered.
  const now = useRef<Drag | null>(null);
  const become = (next: Drag | null) => {
    now.current = next;
    setDrag(next);
  };
  const gapAt = ({ clientY }: PointerEvent): number => {
    const box = list.current;
    if (!box) return 0;
    const y = clientY - box.getBoundingClientRect().top;
    return Math.min(Math.max(Math.round(y / rowHeight), 0), count);
  };
  return {
    drag,
    handlers: (from: number) => ({
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button !== 0) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        become({ from, gap: from });
      },
      onPointerMove: (event: PointerEvent) => now.current && become({ ...now.current, gap: gapAt(event) }),
      onPointerCancel: () => become(null),
      onPointerUp: () => {
        const last = now.current;
        become(null);
        if (last && last.gap !== last.from && last.gap !== last.from + 1) onDrop(last.from, last.gap);
      },
    }),
  };
}
