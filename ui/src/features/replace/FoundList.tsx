// Every place that would change, by walkthrough; each can be taken out. Only what is in view exists.

import { IconChevronRight, IconCode } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import { type FoundPlace, type Occurrence, slotName } from "../../ipc";
import { classNames } from "../../lib/class-names";
import { Checkbox } from "../../ui/Checkbox";
import { KindIcon } from "../../ui/KindIcon";
import { chosenIn, type LeftOut, switchOccurrence, switchWalkthrough } from "./choice";
import type { Found } from "./found";
import styles from "./found.module.css";
import { OccurrenceLine, PlaceName } from "./OccurrenceLine";
import { strings } from "./strings";

type Line =
  | { kind: "walkthrough"; key: string; found: Found }
  | { kind: "place"; key: string; place: FoundPlace }
  | { kind: "occurrence"; key: string; found: Found; place: FoundPlace; one: Occurrence };

const heights: Record<Line["kind"], number> = { walkthrough: 44, place: 28, occurrence: 30 };

type FoundListProps = { walkthroughs: readonly Found[]; leftOut: LeftOut; onLeaveOut: (leftOut: LeftOut) => void };

export function FoundList({ walkthroughs, leftOut, onLeaveOut }: FoundListProps) {
  const list = useRef<HTMLDivElement>(null);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const lines = useMemo(() => walkthroughs.flatMap((found) => linesOf(found, folded)), [walkthroughs, folded]);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => list.current,
    estimateSize: (index) => heights[lines[index]?.kind ?? "place"],
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 12,
  });
  const fold = (id: string) => {
    const next = new Set(folded);
    if (!next.delete(id)) next.add(id);
    setFolded(next);
    rows.measure();
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard.
    <section ref={list} className={styles.list} aria-label={strings.label} tabIndex={0}>
      <div className={styles.lines} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, key, start, size }) => {
          const line = lines[index];
          if (!line) return null;
          return (
            <div key={key} className={styles.line} style={{ transform: `translateY(${start}px)`, height: size }}>
              {line.kind === "walkthrough" && (
                <WalkthroughLine
                  found={line.found}
                  leftOut={leftOut}
                  isFolded={folded.has(line.found.id)}
                  onFold={() => fold(line.found.id)}
                  onSwitch={() => onLeaveOut(switchWalkthrough(leftOut, line.found.id))}
                />
              )}
              {line.kind === "place" && <PlaceName place={line.place} />}
              {line.kind === "occurrence" && (
                <OccurrenceLine
                  one={line.one}
                  isOn={isIn(line.found, line.one, leftOut)}
                  isEnabled={line.place.refusal === null && !leftOut.walkthroughs.has(line.found.id)}
                  onSwitch={() => onLeaveOut(switchOccurrence(leftOut, line.found.id, line.one.index))}
                />
              )}
            </div>
          );
        })}
      </div>
    </section>
  );
}

const isIn = (found: Found, one: Occurrence, leftOut: LeftOut) =>
  !leftOut.walkthroughs.has(found.id) && !leftOut.occurrences.get(found.id)?.has(one.index);

function linesOf(found: Found, folded: ReadonlySet<string>): Line[] {
  const head: Line = { kind: "walkthrough", key: found.id, found };
  if (folded.has(found.id)) return [head];
  return [
    head,
    ...found.places.flatMap((place): Line[] => {
      const slot = place.slot ? slotName(place.slot) : "";
      const key = `${found.id} ${place.step?.id ?? ""} ${place.part} ${slot}`;
      const ones = place.occurrences.map((one): Line => ({ kind: "occurrence", key: `${key} ${one.index}`, found, place, one })); // biome-ignore format: one thing.
      // A snippet is one text, and needs no name but where something is to be said of it.
      return found.type === null && place.refusal === null ? ones : [{ kind: "place", key, place }, ...ones];
    }),
  ];
}

type WalkthroughLineProps = {
  found: Found;
  leftOut: LeftOut;
  isFolded: boolean;
  onFold: () => void;
  onSwitch: () => void;
};

function WalkthroughLine({ found, leftOut, isFolded, onFold, onSwitch }: WalkthroughLineProps) {
  const chosen = chosenIn(found, leftOut);
  return (
    <div className={styles.walkthrough}>
      <button
        type="button"
        className={classNames(styles.fold, !isFolded && styles.open)}
        aria-expanded={!isFolded}
        aria-label={strings.fold(found.title)}
        onClick={onFold}
      >
        <IconChevronRight size={15} stroke={2} aria-hidden />
      </button>
      <Checkbox
        label={strings.include(found.title)}
        isHidden
        isOn={!leftOut.walkthroughs.has(found.id)}
        onSwitch={onSwitch}
      />
      {found.type ? <KindIcon kind={found.type} /> : <IconCode size={16} stroke={1.75} aria-label={strings.snippet} />}
      <span className={styles.title} title={found.title}>
        {found.title}
      </span>
      <span className={styles.count}>{strings.ofChosen(chosen, found.occurrences_total)}</span>
    </div>
  );
}
