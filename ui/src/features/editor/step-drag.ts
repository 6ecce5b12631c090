// Moving steps with the pointer: a line shows where they will go, and nothing else moves.

import type { DragStartEvent } from "@dnd-kit/core";
import { type RefObject, useEffect, useMemo, useRef, useState } from "react";
import type { StepId } from "../../ipc";
import { heightOf, type Row, sectionOf } from "./steps/outline";

/** The list says itself what moved, in words and not in ids. */
const nothing = () => undefined;
export const silent = {
  announcements: { onDragStart: nothing, onDragOver: nothing, onDragEnd: nothing, onDragCancel: nothing },
  screenReaderInstructions: { draggable: "" },
};

export type Dragged = {
  ids: readonly StepId[];
  /** A section keeps its name wherever it goes; steps take that of the place. */
  section?: { name: string | null };
};
export type Drop = { at: number; section: string | null };

type DragOptions = {
  list: RefObject<HTMLElement | null>;
  rows: readonly Row[];
  /** What goes along when this row is dragged. */
  take: (key: string) => Dragged;
  onDrop: (dragged: Dragged, drop: Drop) => void;
};

export function useStepDrag({ list, rows, take, onDrop }: DragOptions) {
  const [dragged, setDragged] = useState<(Dragged & { key: string }) | null>(null);
  const [gap, setGap] = useState<{ row: number; top: number } | null>(null);
  const pointer = useRef(0);
  const tops = useMemo(() => {
    let top = 0;
    return [0, ...rows.map((row) => (top += heightOf(row)))];
  }, [rows]);
  useEffect(() => {
    if (dragged === null) return;
    const follow = (event: PointerEvent) => {
      pointer.current = event.clientY;
    };
    globalThis.addEventListener("pointermove", follow, true);
    return () => globalThis.removeEventListener("pointermove", follow, true);
  }, [dragged]);

  const gapNow = (): { row: number; top: number } | null => {
    const box = list.current;
    if (!box || !dragged) return null;
    const y = pointer.current - box.getBoundingClientRect().top + box.scrollTop;
    const below = tops.findIndex((top, index) => y < (top + (tops[index + 1] ?? top)) / 2);
    const row = below < 0 ? rows.length : below;
    return { row, top: tops[row] ?? 0 };
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
        const key = String(active.id);
        setDragged({ key, ...take(key) });
      },
      onDragMove: () => setGap(gapNow()),
      onDragCancel: stop,
      onDragEnd: () => {
        const target = gapNow();
        if (dragged && target) onDrop(dragged, dropAt(rows, target.row, dragged.ids));
        stop();
      },
    },
  };
}

/** Above the row with this index: behind how many of the others, and in which section. */
export function dropAt(rows: readonly Row[], index: number, ids: readonly StepId[]): Drop {
  const moved = new Set(ids);
  const before = rows.slice(0, index).flatMap((row) => {
    if (row.kind === "step") return [row.step.id];
    return row.isFolded ? row.steps : [];
  });
  const above = rows[index - 1];
  const below = rows[index];
  const section =
    above?.kind === "section"
      ? above.name
      : above
        ? sectionOf(above.step)
        : below?.kind === "step"
          ? sectionOf(below.step)
          : null;
  return { at: before.filter((id) => !moved.has(id)).length, section };
}
