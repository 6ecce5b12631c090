// Servers across, walkthroughs down, however many: only the rows in view exist. One cell has the focus; keys work on it.

import { IconGripVertical } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, type KeyboardEvent, useRef, useState } from "react";
import type { ArrangeWish, AssignmentMatrix } from "../../ipc";
import { hrefTo } from "../../lib/route";
import type { Point } from "../../ui/Menu";
import { Pill } from "../../ui/Pill";
import styles from "./assignments.module.css";
import { CellButton } from "./CellButton";
import { CellMenu } from "./CellMenu";
import { Heads } from "./Heads";
import { cellOf, moveBy, rowsOf } from "./rows";
import { strings } from "./strings";
import { useArrange } from "./use-arrange";
import { useDrag } from "./use-drag";

const rowHeight = 36;
const headsHeight = 44;

export function Matrix({ matrix }: { matrix: AssignmentMatrix }) {
  const { servers } = matrix;
  const [by, setBy] = useState<string | null>(null);
  const [focus, setFocus] = useState({ row: 0, column: 0 });
  const [menu, setMenu] = useState<{ at: Point; row: number; column: number } | null>(null);
  const [said, setSaid] = useState("");
  const [scroll, list] = [useRef<HTMLDivElement>(null), useRef<HTMLDivElement>(null)];
  const arrange = useArrange();
  const rows = rowsOf(matrix, by);
  const sorted = servers.find(({ slug }) => slug === by);
  const shown = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 6,
    initialRect: { width: 0, height: globalThis.innerHeight },
    scrollPaddingStart: headsHeight,
  });
  const go = (row: number, column: number) => {
    const next = {
      row: Math.min(Math.max(row, 0), rows.length - 1),
      column: Math.min(Math.max(column, 0), servers.length - 1),
    };
    setFocus(next);
    shown.scrollToIndex(next.row);
    const name = `${rows[next.row]?.id} ${servers[next.column]?.slug}`;
    requestAnimationFrame(() =>
      scroll.current?.querySelector<HTMLElement>(`[data-cell="${CSS.escape(name)}"]`)?.focus(),
    );
  };
  const wish = async (row: number, column: number, wish: ArrangeWish) => {
    const [walkthrough, server] = [rows[row], servers[column]];
    if (!walkthrough || !server) return;
    const isDone = await arrange({ server: server.slug, walkthroughs: [walkthrough.id], wish });
    if (isDone && typeof wish === "object") {
      const others = server.order.filter((id) => id !== walkthrough.id);
      const place = wish.move_before === null ? others.length : others.indexOf(wish.move_before);
      setSaid(strings.moved(walkthrough.title, place + 1));
      if (by === server.slug) go(place, column);
    }
  };
  const { drag, handlers } = useDrag({
    list,
    rowHeight,
    count: sorted?.order.length ?? 0,
    onDrop: (from, to) => {
      if (!sorted) return;
      const before = sorted.order[to] ?? null;
      void wish(from, servers.indexOf(sorted), { move_before: before });
    },
  });
  const press = (event: KeyboardEvent) => {
    const { row, column } = focus;
    const [walkthrough, server] = [rows[row], servers[column]];
    if (!walkthrough || !server) return;
    const steps: Record<string, [number, number]> = {
      ArrowDown: [row + 1, column],
      ArrowUp: [row - 1, column],
      ArrowRight: [row, column + 1],
      ArrowLeft: [row, column - 1],
      Home: [0, column],
      End: [rows.length - 1, column],
      PageDown: [row + 12, column],
      PageUp: [row - 12, column],
    };
    const offer = cellOf(walkthrough, server.slug)?.draft ?? null;
    const to = steps[event.key];
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      const before = moveBy(server, walkthrough.id, event.key === "ArrowUp" ? -1 : 1);
      if (before !== undefined) void wish(row, column, { move_before: before });
    } else if (event.key === " ") {
      event.preventDefault();
      void wish(row, column, offer ? "unassign" : "assign");
    } else if (event.key.toLowerCase() === "d" && !event.ctrlKey && !event.metaKey && offer) {
      event.preventDefault();
      void wish(row, column, offer.is_enabled ? "disable" : "enable");
    } else if (to) {
      event.preventDefault();
      go(...to);
    }
  };
  const asked = menu && { row: rows[menu.row], server: servers[menu.column] };
  return (
    <div ref={scroll} className={styles.table} style={{ "--servers": servers.length } as CSSProperties}>
      <div role="grid" aria-label={strings.label} aria-rowcount={rows.length + 1} tabIndex={-1} onKeyDown={press}>
        <Heads servers={servers} by={by} onSort={setBy} />
        <div ref={list} role="rowgroup" className={styles.rows} style={{ height: shown.getTotalSize() }}>
          {shown.getVirtualItems().map(({ key, index, start }) => {
            const row = rows[index];
            if (!row) return null;
            const isMovable = sorted?.order.includes(row.id) ?? false;
            return (
              <div
                key={key}
                role="row"
                aria-rowindex={index + 2}
                className={styles.row}
                style={{ height: rowHeight, transform: `translateY(${start}px)` }}
              >
                <div role="rowheader" className={styles.name}>
                  {isMovable && (
                    <span
                      className={styles.grip}
                      title={strings.drag(row.title)}
                      data-grip={row.id}
                      {...handlers(index)}
                    >
                      <IconGripVertical size={14} stroke={1.75} aria-hidden />
                    </span>
                  )}
                  <a href={hrefTo({ screen: "editor", id: row.id, step: null, isDetails: true })} tabIndex={-1}>
                    {row.title}
                  </a>
                  {row.is_changed_there && <Pill tone="warning">{strings.changedThere}</Pill>}
                </div>
                {servers.map((server, column) => (
                  <div key={server.slug} role="gridcell" className={styles.place}>
                    <CellButton
                      row={row}
                      server={server}
                      cell={cellOf(row, server.slug)}
                      isCompared={matrix.connection !== null}
                      isCurrent={focus.row === index && focus.column === column}
                      onFocus={() => setFocus({ row: index, column })}
                      onPress={(event) => {
                        event.preventDefault();
                        const { left, bottom } = event.currentTarget.getBoundingClientRect();
                        setMenu({ at: { x: left, y: bottom }, row: index, column });
                      }}
                    />
                  </div>
                ))}
              </div>
            );
          })}
          {drag && <div className={styles.gap} style={{ top: drag.gap * rowHeight }} />}
        </div>
      </div>
      <p className="visually-hidden" role="status">
        {said}
      </p>
      {menu && asked?.row && asked.server && (
        <CellMenu
          at={menu.at}
          id={asked.row.id}
          server={asked.server}
          cell={cellOf(asked.row, asked.server.slug)}
          onWish={(one) => void wish(menu.row, menu.column, one)}
          onClose={() => {
            setMenu(null);
            go(menu.row, menu.column);
          }}
        />
      )}
    </div>
  );
}
