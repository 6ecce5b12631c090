// The list, however long: only the rows in view exist.

import { useVirtualizer } from "@tanstack/react-virtual";
import type { KeyboardEvent, RefObject } from "react";
import type { DraftSummary } from "../../ipc";
import { useDraftActions } from "./actions";
import { ColumnHeads } from "./ColumnHeads";
import { Row } from "./Row";
import { strings } from "./strings";
import styles from "./table.module.css";
import type { View } from "./view";

const rowHeight = 60;
const headsHeight = 29;

type TableProps = {
  ref: RefObject<HTMLDivElement | null>;
  drafts: readonly DraftSummary[];
  view: View;
  onView: (view: View) => void;
};

export function Table({ ref, drafts, view, onView }: TableProps) {
  const actions = useDraftActions();
  const rows = useVirtualizer({
    count: drafts.length,
    getScrollElement: () => ref.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => drafts[index]?.id ?? index,
    overscan: 6,
    // The heads stay on top of the rows.
    scrollPaddingStart: headsHeight,
  });
  const moveFocus = (event: KeyboardEvent) => {
    const index = indexOf(event.target);
    const page = Math.max(1, Math.floor((ref.current?.clientHeight ?? 0) / rowHeight) - 1);
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -index,
      End: drafts.length,
    };
    const by = steps[event.key];
    if (index < 0) return;
    if (event.key === "Delete") {
      const draft = drafts[index];
      if (draft) void actions.trash(draft);
    }
    if (by === undefined) return;
    event.preventDefault();
    const next = Math.min(Math.max(index + by, 0), drafts.length - 1);
    rows.scrollToIndex(next);
    requestAnimationFrame(() => focusRow(ref.current, next));
  };
  return (
    <div ref={ref} className={styles.table}>
      <div role="table" aria-label={strings.label} aria-rowcount={drafts.length + 1}>
        <ColumnHeads view={view} onView={onView} />
        <div className={styles.rows} role="rowgroup" style={{ height: rows.getTotalSize() }} onKeyDown={moveFocus}>
          {rows.getVirtualItems().map((item) => {
            const draft = drafts[item.index];
            return draft && <Row key={item.key} draft={draft} index={item.index} top={item.start} actions={actions} />;
          })}
        </div>
      </div>
    </div>
  );
}

export function focusRow(list: HTMLElement | null, index: number): void {
  list?.querySelector<HTMLElement>(`[data-index="${index}"] a`)?.focus({ preventScroll: true });
}

function indexOf(target: EventTarget): number {
  const row = target instanceof HTMLAnchorElement ? target.closest<HTMLElement>("[data-index]") : null;
  return row ? Number(row.dataset.index) : -1;
}

/** Holds the place of rows that are still being read. */
export function TableSkeleton() {
  return (
    <div className={styles.table} aria-hidden>
      <div className={styles.heads} />
      {[62, 48, 55, 40, 70].map((width) => (
        <div key={width} className={styles.bone}>
          <span style={{ width: `${width / 2}%` }} />
          <span style={{ width: `${width / 4}%` }} />
        </div>
      ))}
    </div>
  );
}
