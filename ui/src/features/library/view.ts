// Which walkthroughs are shown and in which order: what the person chose above the list.

import type { DraftSummary, LibraryFound, WalkthroughStatus, WalkthroughType } from "../../ipc";
import { kept, type Stored } from "../../lib/stored";

export type Chip = "all" | "unpublished" | "problems";
export type Column = "title" | "state" | "problems" | "edited";
export type View = {
  search: string;
  chip: Chip;
  type: WalkthroughType | "any";
  status: WalkthroughStatus | "any";
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
  sort: "edited",
  isDescending: true,
  isByFit: false,
};

export const libraryView: Stored<View> = kept(initialView);

export const changesOf = (draft: DraftSummary) =>
  draft.unpublished.reduce((most, { changes }) => Math.max(most, changes), 0);

const belongs: Record<Chip, (draft: DraftSummary) => boolean> = {
  all: () => true,
  unpublished: (draft) => draft.never_published || changesOf(draft) > 0,
  problems: (draft) => draft.problems > 0,
};

export function countChip(drafts: readonly DraftSummary[], chip: Chip): number {
  return drafts.filter(belongs[chip]).length;
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

const rank = (draft: DraftSummary) => (draft.never_published ? 0 : 1 + changesOf(draft));

function compare(a: DraftSummary, b: DraftSummary, column: Column): number {
  switch (column) {
    case "title":
      return a.title.localeCompare(b.title);
    case "state":
      return rank(a) - rank(b);
    case "problems":
      return a.problems - b.problems;
    case "edited":
      return a.updated_at - b.updated_at;
  }
}

/** Clicking a column sorts by it; clicking again turns it around. Numbers and times begin with the largest. */
export function sortedBy(view: View, column: Column): View {
  if (view.sort === column && !view.isByFit) return { ...view, isDescending: !view.isDescending };
  return { ...view, sort: column, isDescending: column !== "title", isByFit: false };
}
