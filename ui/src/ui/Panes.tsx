// Three panes side by side; the outer two have a width that is remembered, the middle takes what is left.

import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useRef,
  useSyncExternalStore,
} from "react";
import { type Stored, useStored } from "../lib/stored";
import styles from "./panes.module.css";
import { strings } from "./strings";

export type Sizes = { start: number; end: number };
type Side = keyof Sizes;

export const isSizes = (value: unknown): value is Sizes =>
  typeof value === "object" &&
  value !== null &&
  "start" in value &&
  "end" in value &&
  Number(value.start) > 0 &&
  Number(value.end) > 0;

const least: Sizes = { start: 160, end: 240 };
const most: Sizes = { start: 480, end: 900 };
const leastMiddle = 280;
const step = 16;

type Pane = { label: string; content: ReactNode };
type PanesProps = {
  /** What the person chose, if anything. */
  sizes: Stored<Sizes | null>;
  /** What fits the width of the window, until then. */
  initial: (width: number) => Sizes;
  start: Pane | null;
  middle: Pane;
  end: Pane | null;
};

export function Panes({ sizes, initial, start, middle, end }: PanesProps) {
  const [chosen, setSize] = useStored(sizes);
  const fitting = initial(useSyncExternalStore(onResize, () => innerWidth));
  const size = chosen ?? fitting;
  const box = useRef<HTMLDivElement>(null);
  const resize = (side: Side, width: number) => {
    const other = side === "start" ? (end ? size.end : 0) : start ? size.start : 0;
    const room = (box.current?.clientWidth ?? Number.POSITIVE_INFINITY) - other - leastMiddle;
    const next = Math.round(Math.max(least[side], Math.min(width, most[side], room)));
    setSize({ ...size, [side]: next });
  };
  const columns = [
    start && `minmax(${least.start}px, ${size.start}px) auto`,
    `minmax(${leastMiddle}px, 1fr)`,
    end && `auto minmax(${least.end}px, ${size.end}px)`,
  ];
  const style: CSSProperties = { gridTemplateColumns: columns.filter(Boolean).join(" ") };
  const separator = (side: Side, pane: Pane) => (
    <Separator
      side={side}
      label={pane.label}
      width={size[side]}
      onWidth={(width) => resize(side, width)}
      onReset={() => resize(side, fitting[side])}
    />
  );
  return (
    <div ref={box} className={styles.panes} style={style}>
      {start && <Area pane={start} isOuter />}
      {start && separator("start", start)}
      <Area pane={middle} />
      {end && separator("end", end)}
      {end && <Area pane={end} isOuter />}
    </div>
  );
}

function onResize(changed: () => void): () => void {
  addEventListener("resize", changed);
  return () => removeEventListener("resize", changed);
}

function Area({ pane, isOuter = false }: { pane: Pane; isOuter?: boolean }) {
  return (
    <section className={isOuter ? `${styles.pane} ${styles.outer}` : styles.pane} aria-label={pane.label} data-pane>
      {pane.content}
    </section>
  );
}

type SeparatorProps = {
  side: Side;
  label: string;
  width: number;
  onWidth: (width: number) => void;
  onReset: () => void;
};

function Separator({ side, label, width, onWidth, onReset }: SeparatorProps) {
  const grip = useRef<{ x: number; width: number } | null>(null);
  const sign = side === "start" ? 1 : -1;
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (grip.current) onWidth(grip.current.width + sign * (event.clientX - grip.current.x));
  };
  const release = (event: PointerEvent<HTMLDivElement>) => {
    grip.current = null;
    delete event.currentTarget.dataset.dragging;
  };
  const press = (event: KeyboardEvent) => {
    const widths: Record<string, number> = {
      ArrowLeft: width - sign * step,
      ArrowRight: width + sign * step,
      Home: least[side],
      End: most[side],
    };
    const next = widths[event.key];
    if (next === undefined) return;
    event.preventDefault();
    onWidth(next);
  };
  return (
    <div
      className={styles.separator}
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={strings.resize(label)}
      aria-valuenow={width}
      aria-valuemin={least[side]}
      aria-valuemax={most[side]}
      onKeyDown={press}
      onDoubleClick={onReset}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        event.currentTarget.dataset.dragging = "";
        grip.current = { x: event.clientX, width };
      }}
      onPointerMove={drag}
      onPointerUp={release}
      onPointerCancel={release}
    />
  );
}
