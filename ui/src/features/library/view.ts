// Which walkthroughs are shown and in which order: what the person chose above the list, and where the URL keeps it.

import type { DraftSummary, LibraryFound, WalkthroughStatus, WalkthroughType } from "../../ipc";
import { kinds, stages } from "../../lib/kinds";
import { navigate, useRoute } from "../../lib/route";
import { kept, type Stored, useStored } from "../../lib/stored";

export type Chip = "all" | "unpublished" | "problems" | "drifted";
export type Column = "title" | "type" | "status" | "state" | "servers" | "tags" | "steps" | "problems" | "edited";
export type View = {
  search: string;
  chip: Chip;
  type: WalkthroughType | "any";
  status: WalkthroughStatus | "any";
  tag: string | null;
  server: string | null;
  sort: Column;
  isDescending: boolean;
  /** What is found comes in the order of how well it fits, until another order is chosen. */
  isByFit: boolean;
};

export const initialView: View = {
  search: "",
  chip: "all",
  type: "any",
  status: "any",
  tag: null,
  server: null,
  sort: "edited",
  isDescending: true,
  isByFit: false,
};

export const chips: readonly Chip[] = ["all", "unpublished", "problems", "drifted"];
const columns: Column[] = ["title", "type", "status", "state", "servers", "tags", "steps", "problems", "edited"];

/** The view as it was left, for whoever comes back to the library without saying which. */
const lastQuery: Stored<string> = kept("");

export function useView(): [View, (view: View) => void] {
  const route = useRoute();
  const [last] = useStored(lastQuery);
  const query = (route.screen === "library" ? route.query : undefined) ?? last;
  return [parseView(query), setView];
}

function setView(view: View): void {
  const query = formatView(view);
  lastQuery.write(query);
  navigate({ screen: "library", query }, "replace");
}

export function parseView(query: string): View {
  const given = new URLSearchParams(query);
  const one = <T extends string>(name: string, among: readonly T[], otherwise: T): T =>
    among.find((value) => value === given.get(name)) ?? otherwise;
  const sort = (given.get("sort") ?? "").split(/(?=[-!])/);
  return {
    search: given.get("q") ?? "",
    chip: one("show", chips, "all"),
    type: one("type", ["any", ...kinds], "any"),
    status: one("status", ["any", ...stages], "any"),
    tag: given.get("tag"),
    server: given.get("server"),
    sort: columns.find((column) => column === sort[0]) ?? "edited",
    isDescending: sort[0] === "" || sort.includes("-"),
    isByFit: given.has("q") && !given.has("sort"),
  };
}

/** Only what differs from how the library is when it is opened. */
export function formatView(view: View): string {
  const given = new URLSearchParams();
  if (view.search !== "") given.set("q", view.search);
  if (view.chip !== "all") given.set("show", view.chip);
  if (view.type !== "any") given.set("type", view.type);
  if (view.status !== "any") given.set("status", view.status);
  if (view.tag !== null) given.set("tag", view.tag);
  if (view.server !== null) given.set("server", view.server);
  const isPlain = view.sort === "edited" && view.isDescending && view.search === "";
  if (!view.isByFit && !isPlain) given.set("sort", `${view.sort}${view.isDescending ? "-" : ""}`);
  return given.toString();
}

export const changesOf = (draft: DraftSummary) =>
  draft.unpublished.reduce((most, { changes }) => Math.max(most, changes), 0);

/** Whether some production is another than it was when both were last in sync. */
export const isChangedThere = (draft: DraftSummary) => draft.unpublished.some((one) => one.is_changed_there);

const belongs: Record<Chip, (draft: DraftSummary) => boolean> = {
  all: () => true,
  unpublished: (draft) => draft.never_published || changesOf(draft) > 0,
  problems: (draft) => draft.problems > 0,
  drifted: isChangedThere,
};

export function countChip(drafts: readonly DraftSummary[], chip: Chip): number {
  return drafts.filter(belongs[chip]).length;
}

/** Every tag or server that there is, in the order of the alphabet. */
export function namesIn(drafts: readonly DraftSummary[], of: "tags" | "servers"): string[] {
  return [...new Set(drafts.flatMap((draft) => draft[of]))].sort((a, b) => a.localeCompare(b));
}

/** The walkthroughs to show. `found` is what the search for the text of the view gave, if it has been asked. */
export function show(drafts: readonly DraftSummary[], view: View, found: LibraryFound | null): DraftSummary[] {
  const fit = found && new Map(found.walkthroughs.map(({ id }, index) => [id, index]));
  const isByFit = fit !== null && view.isByFit;
  const order = isByFit ? ({ id }: DraftSummary) => fit.get(id) ?? 0 : () => 0;
  return drafts
    .filter(
      (draft) =>
        belongs[view.chip](draft) &&
        (view.type === "any" || draft.type === view.type) &&
        (view.status === "any" || draft.status === view.status) &&
        (view.tag === null || draft.tags.includes(view.tag)) &&
        (view.server === null || draft.servers.includes(view.server)) &&
        (fit === null || fit.has(draft.id)),
    )
    .sort(
      (a, b) =>
        order(a) - order(b) ||
        (view.isDescending ? -1 : 1) * compare(a, b, view.sort) ||
        a.title.localeCompare(b.title),
    );
}

export function searchedFor(view: View, search: string): View {
  return { ...view, search, isByFit: search.trim() !== "" };
}

/** The same words, looked for in the walkthroughs as they are. */
export const inLibrary = (search: string): string =>
  search.replace(/(^|\s)in:(trash|history|snippets)(?=\s|$)/gi, "").trim();

/** What asks for the most attention comes last, which is first where it is sorted from the largest. */
const rank = (draft: DraftSummary) =>
  draft.never_published ? 0 : 1 + changesOf(draft) + (isChangedThere(draft) ? 1_000_000 : 0);

function compare(a: DraftSummary, b: DraftSummary, column: Column): number {
  switch (column) {
    case "title":
      return a.title.localeCompare(b.title);
    case "type":
      return a.type.localeCompare(b.type);
    case "status":
      return a.status.localeCompare(b.status);
    case "state":
      return rank(a) - rank(b);
    case "servers":
    case "tags":
      return a[column].join().localeCompare(b[column].join());
    case "steps":
      return a.steps - b.steps;
    case "problems":
      return a.problems - b.problems;
    case "edited":
      return a.updated_at - b.updated_at;
  }
}

const beginsWithA: readonly Column[] = ["title", "type", "status", "servers", "tags"];

/** Clicking a column sorts by it; clicking again turns it around. Numbers and times begin with the largest. */
export function sortedBy(view: View, column: Column): View {
  if (view.sort === column && !view.isByFit) return { ...view, isDescending: !view.isDescending };
  return { ...view, sort: column, isDescending: !beginsWithA.includes(column), isByFit: false };
}
