// What quick open offers: walkthroughs by some letters of their titles, then steps by the words of theirs.

import type { DraftSummary, LibraryFound, Mark, WalkthroughType } from "../../ipc";
import { fuzzy } from "../../lib/fuzzy";
import type { Route } from "../../lib/route";
import { placeOf } from "./places";
import { strings } from "./strings";

export type Target = {
  key: string;
  text: string;
  marks: Mark[];
  below: string | null;
  type: WalkthroughType;
  route: Route;
};

const most = { walkthroughs: 12, steps: 30 };

export function targets(letters: string, drafts: readonly DraftSummary[], found: LibraryFound | null): Target[] {
  const fitting = drafts.flatMap((draft) => {
    const fit = fuzzy(letters, draft.title);
    return fit ? [{ draft, fit }] : [];
  });
  fitting.sort((a, b) => b.fit.score - a.fit.score || b.draft.updated_at - a.draft.updated_at);
  const walkthroughs = fitting.slice(0, most.walkthroughs).map(({ draft: { id, title, type }, fit }) => ({
    key: id,
    text: title,
    marks: fit.marks,
    below: null,
    type,
    route: placeOf(id, undefined),
  }));
  return [...walkthroughs, ...steps(found).slice(0, most.steps)];
}

function steps(found: LibraryFound | null): Target[] {
  return (found?.walkthroughs ?? []).flatMap(({ id, title, type, matches }) =>
    matches.flatMap((match) => {
      const { step, snippet } = match;
      if (!step) return [];
      const below = strings.quickStep(step.number, title);
      return [{ key: step.id, text: snippet.text, marks: snippet.marks, below, type, route: placeOf(id, match) }];
    }),
  );
}
