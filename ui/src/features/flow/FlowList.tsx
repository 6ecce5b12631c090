// The flow as a table: the same things in words, and only the rows in view exist.

import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { classNames } from "../../lib/class-names";
import { showWhole } from "../../lib/whole";
import styles from "./flow.module.css";
import { press } from "./press";
import type { FlowView } from "./shared";
import { strings } from "./strings";
import { leads, notes, target } from "./words";

const rowHeight = 40;
const columns = [
  strings.columnStep,
  strings.columnLinked,
  strings.columnTitle,
  strings.columnLeads,
  strings.columnNotes,
];

export function FlowList(view: FlowView) {
  const { flow, steps, selected, onSelect, onOpen, onLink, onAsk } = view;
  const scroll = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: flow.steps.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: 34,
  });
  const current = selected ? selected.position - 1 : -1;
  useEffect(() => {
    if (current >= 0) rows.scrollToIndex(current);
  }, [rows, current]);
  return (
    <div
      ref={scroll}
      className={styles.list}
      role="table"
      aria-label={strings.graphLabel}
      aria-rowcount={flow.steps.length + 1}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and its keys choose a row.
      tabIndex={0}
      data-pane-focus
      onKeyDown={(event) => press(event, view)}
    >
      <div className={styles.head} role="row" aria-rowindex={1}>
        {columns.map((column) => (
          <span key={column} role="columnheader">
            {column}
          </span>
        ))}
      </div>
      <div role="rowgroup" style={{ height: rows.getTotalSize(), position: "relative" }}>
        {rows.getVirtualItems().map((item) => {
          const step = flow.steps[item.index];
          if (!step) return null;
          const where = leads(step, steps);
          return (
            <div
              key={step.id}
              role="row"
              tabIndex={-1}
              aria-rowindex={item.index + 2}
              aria-current={item.index === current ? "true" : undefined}
              className={classNames(styles.row, item.index === current && styles.current)}
              style={{ transform: `translateY(${item.start - 34}px)` }}
              onClick={() => onSelect(step.id)}
              onDoubleClick={() => onOpen(step.id)}
              onContextMenu={(event) => {
                event.preventDefault();
                onAsk(step, { x: event.clientX, y: event.clientY });
              }}
              onKeyDown={undefined}
              data-flow-step={step.id}
            >
              <span role="cell">{step.position}</span>
              <span role="cell" className={styles.quiet}>
                {step.linked_position}
              </span>
              <span role="cell" className={styles.cell} onPointerEnter={showWhole}>
                {step.title}
              </span>
              <span role="cell" className={styles.cell}>
                <button
                  type="button"
                  className={classNames(styles.leads, step.link.kind === "none" && styles.quiet)}
                  aria-label={strings.change(step.position, where)}
                  title={where}
                  onClick={(event) => {
                    event.stopPropagation();
                    onSelect(step.id);
                    onLink(step);
                  }}
                >
                  {target(step, steps)}
                </button>
              </span>
              <span role="cell" className={classNames(styles.cell, styles.notes)}>
                {notes(step).join(" · ")}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
