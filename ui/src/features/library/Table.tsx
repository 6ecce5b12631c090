// The list, however long: only the rows in view exist.

import { useQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useCallback,
  useEffect,
  useMemo,
  useState,
} from "react";
import { type DraftSummary, type LibraryFound, queries } from "../../ipc";
import { classNames } from "../../lib/class-names";
import { useStored } from "../../lib/stored";
import { isPressed } from "../../ui/keymap";
import { asksForMenu, MenuAt, type Point } from "../../ui/Menu";
import { type Ask, AskDialog } from "./AskDialog";
import { librarySpecs } from "./action-specs";
import { useDraftActions } from "./actions";
import { useBulkActions } from "./bulk";
import { ColumnHeads } from "./ColumnHeads";
import { gridOf, libraryColumns } from "./columns";
import { heightOfMatches } from "./Matches";
import { Row } from "./Row";
import { below, focusRow, indexOf, moveWithin } from "./row-focus";
import type { Selection } from "./selection";
import { strings } from "./strings";
import styles from "./table.module.css";
import { useKeptFocus } from "./use-kept-focus";
import type { View } from "./view";
import { WalkthroughMenu } from "./WalkthroughMenu";

const rowHeight = 60;
const headsHeight = 29;

const noConnections: never[] = [];

type TableProps = {
  ref: RefObject<HTMLDivElement | null>;
  drafts: readonly DraftSummary[];
  /** Also those that are not shown. */
  all: readonly DraftSummary[];
  found: LibraryFound | null;
  view: View;
  onView: (view: View) => void;
  selection: Selection;
};

export function Table({ ref, drafts, all, found, view, onView, selection }: TableProps) {
  const actions = useDraftActions();
  const bulk = useBulkActions();
  const [columns] = useStored(libraryColumns);
  const known = useQuery(queries.connections()).data;
  const connections = known && known.length > 0 ? known : noConnections;
  const [asked, setAsked] = useState<{ at: Point; index: number; from: HTMLElement | null } | null>(null);
  const [ask, setAsk] = useState<Ask | null>(null);
  const focusHandlers = useKeptFocus(ref, drafts, (index) => rows.scrollToIndex(index));
  // The menu of a walkthrough that is selected is for all that are.
  const menuOf = (draft: DraftSummary) => {
    const meant = selection.ids.has(draft.id) ? drafts.filter(({ id }) => selection.ids.has(id)) : [draft];
    return <WalkthroughMenu drafts={meant} actions={actions} bulk={bulk} onAsk={setAsk} />;
  };
  const askAt = useCallback((index: number, event: MouseEvent<HTMLElement>) => {
    event.preventDefault();
    if (event.type === "contextmenu") setAsked({ at: { x: event.clientX, y: event.clientY }, index, from: null });
    else setAsked({ at: below(event.currentTarget), index, from: event.currentTarget });
  }, []);
  const where = found?.place ?? "library";
  const askedDraft = asked && drafts[asked.index];
  const byId = useMemo(() => new Map(found?.walkthroughs.map((one) => [one.id, one])), [found]);
  const foundAt = (index: number) => byId.get(drafts[index]?.id ?? "");
  const rows = useVirtualizer({
    count: drafts.length,
    getScrollElement: () => ref.current,
    estimateSize: (index) => rowHeight + heightOfMatches(foundAt(index)),
    getItemKey: (index) => drafts[index]?.id ?? index,
    overscan: 3,
    // The first rendering has the rows already, not a second one that follows when the list is measured.
    initialRect: { width: 0, height: globalThis.innerHeight },
    // The heads stay on top of the rows.
    scrollPaddingStart: headsHeight,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows have other heights.
  useEffect(() => {
    rows.measure();
  }, [rows, byId, drafts]);
  // The menu that led to the dialog is gone by now: the focus goes back to the row.
  const closeAsk = () => {
    const index = drafts.findIndex(({ id }) => id === ask?.ids[0]);
    setAsk(null);
    requestAnimationFrame(() => focusRow(ref.current, index));
  };
  const moveFocus = (event: KeyboardEvent) => {
    if (!event.shiftKey && moveWithin(event)) return;
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
    const draft = drafts[index];
    if (!draft) return;
    if (asksForMenu(event)) {
      event.preventDefault();
      if (!(event.target instanceof Element)) return;
      setAsked({ at: below(event.target), index, from: null });
    } else if (isPressed(librarySpecs["trash-draft"], event.nativeEvent) && draft.trashed_at === null) {
      if (selection.ids.size > 0) void bulk.trash([...selection.ids]);
      else void actions.trash(draft);
    } else if (isPressed(librarySpecs["choose-draft"], event.nativeEvent)) {
      event.preventDefault();
      selection.toggle(draft.id, false);
    } else if (isPressed(librarySpecs["choose-range"], event.nativeEvent)) {
      event.preventDefault();
      selection.toggle(draft.id, true);
    }
    if (by === undefined) return;
    event.preventDefault();
    const next = Math.min(Math.max(index + by, 0), drafts.length - 1);
    if (event.shiftKey) {
      if (selection.ids.size === 0) selection.toggle(draft.id, false);
      selection.toggle(drafts[next]?.id ?? draft.id, true);
    }
    rows.scrollToIndex(next);
    requestAnimationFrame(() => focusRow(ref.current, next));
  };
  return (
    <div
      ref={ref}
      className={classNames(styles.table, selection.ids.size > 0 && styles.selecting)}
      style={{ "--columns": gridOf(columns) } as CSSProperties}
    >
      <div role="table" aria-label={strings.label} aria-rowcount={drafts.length + 1}>
        <ColumnHeads columns={columns} view={view} onView={onView} count={drafts.length} selection={selection} />
        <div
          className={styles.rows}
          role="rowgroup"
          style={{ height: rows.getTotalSize() }}
          onKeyDown={moveFocus}
          {...focusHandlers}
        >
          {rows.getVirtualItems().map((item) => {
            const draft = drafts[item.index];
            const { index, start, size } = item;
            if (!draft) return null;
            const place = { index, top: start, height: size };
            const props = {
              draft,
              found: foundAt(index),
              where,
              columns,
              connections,
              onMenu: askAt,
              isAsked: asked?.index === index,
              ...place,
            };
            const isSelected = selection.ids.has(draft.id);
            return <Row key={item.key} {...props} isSelected={isSelected} onToggle={selection.toggle} />;
          })}
        </div>
      </div>
      {asked && (
        <MenuAt
          at={asked.at}
          label={askedDraft?.title}
          onClose={() => {
            setAsked(null);
            if (asked.from?.isConnected) asked.from.focus();
            else focusRow(ref.current, asked.index);
          }}
        >
          {askedDraft && menuOf(askedDraft)}
        </MenuAt>
      )}
      {ask && <AskDialog ask={ask} all={all} actions={bulk} onClose={closeAsk} />}
    </div>
  );
}
