// Moving a row with the pointer: a line shows where it will go, and nothing else moves.

import { type PointerEvent, type RefObject, useState } from "react";

type DragOptions = {
  list: RefObject<HTMLElement | null>;
  rowHeight: number;
  /** Rows above this one can be changed places with. */
  count: number;
  onDrop: (from: number, to: number) => void;
};

export function useDrag({ list, rowHeight, count, onDrop }: DragOptions) {
  const [drag, setDrag] = useState<{ from: number; gap: number } | null>(null);
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
        setDrag({ from, gap: from });
      },
      onPointerMove: (event: PointerEvent) => drag && setDrag({ ...drag, gap: gapAt(event) }),
      onPointerCancel: () => setDrag(null),
      onPointerUp: () => {
        if (drag && drag.gap !== drag.from && drag.gap !== drag.from + 1) onDrop(drag.from, drag.gap);
        setDrag(null);
      },
    }),
  };
}
