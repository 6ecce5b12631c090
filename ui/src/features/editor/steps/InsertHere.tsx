import { IconPlus } from "@tabler/icons-react";
import { type RefObject, useEffect, useState } from "react";
import { Tooltip } from "../../../ui/Tooltip";
import type { Editor } from "../editor";
import styles from "../steps.module.css";
import { strings } from "../strings";
import { heightOf, type Row } from "./outline";
import { insertStep } from "./step-actions";

/** How near the pointer has to be to the line between two rows. */
const reach = 9;
type Place = { top: number; at: number };

/** Between two rows, where the pointer is near: a step can be put there. The keyboard has Enter for it. */
export function InsertHere({
  list,
  rows,
  editor,
}: {
  list: RefObject<HTMLElement | null>;
  rows: readonly Row[];
  editor: Editor;
}) {
  const [place, setPlace] = useState<Place | null>(null);
  useEffect(() => {
    const box = list.current;
    if (!box) return;
    const follow = (event: PointerEvent) => {
      const edge = box.getBoundingClientRect();
      const found = event.buttons === 0 ? near(rows, event.clientY - edge.top + box.scrollTop) : null;
      setPlace(found && { ...found, top: found.top - box.scrollTop + box.offsetTop });
    };
    const leave = (event: PointerEvent) => {
      if (!(event.relatedTarget instanceof Element && event.relatedTarget.closest("[data-insert]"))) setPlace(null);
    };
    const hide = () => setPlace(null);
    box.addEventListener("pointermove", follow);
    box.addEventListener("pointerleave", leave);
    box.addEventListener("scroll", hide);
    return () => {
      box.removeEventListener("pointermove", follow);
      box.removeEventListener("pointerleave", leave);
      box.removeEventListener("scroll", hide);
    };
  }, [list, rows]);
  if (!place) return null;
  return (
    <div className={styles.insert} style={{ top: place.top }} data-insert onPointerLeave={() => setPlace(null)}>
      <Tooltip text={strings.insertHere} shortcut="Enter">
        <button
          type="button"
          tabIndex={-1}
          aria-label={strings.insertHere}
          onClick={() => {
            setPlace(null);
            insertStep(editor, place.at);
          }}
        >
          <IconPlus size={13} stroke={2.5} aria-hidden />
        </button>
      </Tooltip>
    </div>
  );
}

/** The line between two steps that is near, and the index of the step below it. */
function near(rows: readonly Row[], y: number): Place | null {
  let top = 0;
  for (const [index, row] of rows.entries()) {
    const isBetween = row.kind === "step" && rows[index - 1]?.kind === "step";
    if (isBetween && Math.abs(y - top) < reach) return { top, at: row.number - 1 };
    top += heightOf(row);
  }
  return null;
}
