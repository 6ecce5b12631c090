// The first screen: every walkthrough, how it stands, and the way into each.

import { IconFileImport, IconPlus } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useDeferredValue, useMemo, useRef, useState } from "react";
import { asWaymarkError, queries, readOnly } from "../../ipc";
import { navigate } from "../../lib/route";
import { type Action, doing, useActions } from "../../ui/actions";
import { Button } from "../../ui/Button";
import { Failure, Notice } from "../../ui/Notice";
import { Screen } from "../../ui/Screen";
import { librarySpecs } from "./action-specs";
import { BulkBar } from "./BulkBar";
import { undoLast } from "./bulk";
import { ConnectionNames } from "./ConnectionNames";
import { EmptyLibrary } from "./EmptyLibrary";
import { Filters } from "./Filters";
import { FoundSnippets } from "./FoundSnippets";
import styles from "./library.module.css";
import { NewDialog } from "./NewDialog";
import { bestPlace } from "./places";
import { Saved } from "./Saved";
import { SearchBox } from "./SearchBox";
import { SearchNotes } from "./SearchNotes";
import { useSelection } from "./selection";
import { strings } from "./strings";
import { Table } from "./Table";
import { TableSkeleton } from "./TableSkeleton";
import { useSearch } from "./use-search";
import { initialView, inLibrary, searchedFor, show, useView } from "./view";

export function LibraryScreen() {
  const client = useQueryClient();
  const drafts = useQuery(queries.drafts());
  const [view, setView] = useView();
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [isCreating, setIsCreating] = useState(false);
  const actions = useMemo<Action[]>(
    () => [
      { id: "new", label: strings.new, shortcut: "Mod+N", run: () => setIsCreating(true) },
      { id: "import", label: strings.import, shortcut: "Mod+O", run: () => navigate({ screen: "import" }) },
      { id: "find", label: strings.findEverywhere, shortcut: "Mod+Shift+F", run: () => search.current?.select() },
      { id: "find-here", label: strings.findWalkthrough, shortcut: "Mod+F", run: () => search.current?.select() },
    ],
    [],
  );
  useActions(actions);
  const all = drafts.data;
  const deferred = useDeferredValue(view);
  const { found, error, retry } = useSearch(deferred.search, 3);
  const place = found?.place ?? "library";
  const trash = useQuery({ ...queries.trash(), enabled: place === "trash" });
  const listed = place === "trash" ? trash.data : all;
  const shown = useMemo(() => show(listed ?? [], deferred, found), [listed, deferred, found]);
  const selection = useSelection(shown);
  const selecting = useMemo<Action[]>(
    () => [
      { ...doing(librarySpecs["select-all"], selection.all), leavesInputs: true },
      { ...doing(librarySpecs["select-none"], selection.clear, selection.ids.size > 0), leavesInputs: true },
      {
        id: "undo",
        label: strings.bulk.undoLast,
        shortcut: "Mod+Z",
        leavesInputs: true,
        isEnabled: readOnly === null,
        run: () => void undoLast(client),
      },
    ],
    [selection, client],
  );
  useActions(selecting);
  const selected = useMemo(() => shown.filter(({ id }) => selection.ids.has(id)), [shown, selection]);
  const best = found
    ? bestPlace(
        found.walkthroughs.find(({ id }) => id === shown[0]?.id),
        place,
      )
    : null;
  const isEmpty = all?.length === 0;

  return (
    <Screen
      label={strings.label}
      status={drafts.isError ? null : <Saved isReading={drafts.isPending} />}
      statusEnd={<ConnectionNames />}
      header={
        <>
          <h1 className={styles.heading}>{strings.title}</h1>
          <span className={styles.total} aria-live="polite">
            {listed &&
              (shown.length === listed.length
                ? strings.walkthroughs(listed.length)
                : strings.shown(shown.length, listed.length))}
          </span>
          <span className={styles.spring} />
          {!isEmpty && <SearchBox ref={search} list={list} view={view} onView={setView} first={best} />}
          {!isEmpty && (
            <>
              <Button icon={IconFileImport} onClick={() => navigate({ screen: "import" })}>
                {strings.import}
              </Button>
              <Button variant="primary" icon={IconPlus} onClick={() => setIsCreating(true)}>
                {strings.new}
              </Button>
            </>
          )}
        </>
      }
    >
      {isCreating && <NewDialog onClose={() => setIsCreating(false)} />}
      {drafts.isError ? (
        <Failure error={asWaymarkError(drafts.error)} onRetry={() => void drafts.refetch()} />
      ) : isEmpty ? (
        <EmptyLibrary onNew={() => setIsCreating(true)} />
      ) : (
        <div className={styles.page}>
          {listed && selection.ids.size > 0 ? (
            <BulkBar drafts={selected} all={listed} selection={selection} />
          ) : (
            <Filters drafts={listed} view={view} onView={setView} />
          )}
          {place !== "library" && (
            <p className={styles.place} role="status">
              {strings.places[place]}
              <Button variant="quiet" onClick={() => setView(searchedFor(view, inLibrary(view.search)))}>
                {strings.searchLibrary}
              </Button>
            </p>
          )}
          <SearchNotes notes={found?.notes ?? []} />
          <FoundSnippets snippets={found?.snippets ?? []} />
          {error && <Failure error={error} onRetry={retry} />}
          {!listed ? (
            <TableSkeleton />
          ) : shown.length > 0 ? (
            <Table
              ref={list}
              drafts={shown}
              all={listed}
              found={found}
              view={view}
              onView={setView}
              selection={selection}
            />
          ) : (
            !error &&
            !found?.snippets.length && (
              <Notice title={strings.nothingFound} text={strings.nothingFoundText}>
                <Button onClick={() => setView(initialView)}>{strings.showAll}</Button>
              </Notice>
            )
          )}
        </div>
      )}
    </Screen>
  );
}
