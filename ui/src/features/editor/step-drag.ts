// Moving a step with the pointer: a line shows where it will go, and nothing else moves.

import type { DragStartEvent } from "@dnd-kit/core";
import { type RefObject, useEffect, useRef, useState } from "react";
import type { Step, StepId } from "../../ipc";

export const rowHeight = 50;

export function useStepDrag(
  list: RefObject<HTMLElement | null>,
  steps: readonly Step[],
  onMove: (id: StepId, to: number) => void,
) {
  const [dragged, setDragged] = useState<StepId | null>(null);
  const [gap, setGap] = useState<number | null>(null);
  const pointer = useRef(0);
  useEffect(() => {
    if (dragged === null) return;
    const follow = (event: PointerEvent) => {
      pointer.current = event.clientY;
    };
    globalThis.addEventListener("pointermove", follow, true);
    return () => globalThis.removeEventListener("pointermove", follow, true);
  }, [dragged]);

  const from = steps.findIndex(({ id }) => id === dragged);
  const gapNow = (): number | null => {
    const box = list.current;
    if (!box || from < 0) return null;
    const y = pointer.current - box.getBoundingClientRect().top + box.scrollTop;
    const next = Math.min(Math.max(Math.round(y / rowHeight), 0), steps.length);
    return next === from || next === from + 1 ? null : next;
  };
  const stop = () => {
    setDragged(null);
    setGap(null);
  };
  return {
    dragged,
    gap,
    handlers: {
      onDragStart: ({ active, activatorEvent }: DragStartEvent) => {
        if (activatorEvent instanceof PointerEvent) pointer.current = activatorEvent.clientY;
        setDragged(String(active.id));
      },
      onDragMove: () => setGap(gapNow()),
      onDragCancel: stop,
      onDragEnd: () => {
        const target = gapNow();
        if (dragged !== null && target !== null) onMove(dragged, target > from ? target - 1 : target);
        stop();
      },
    },
  };
}
