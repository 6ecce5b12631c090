// What was found, walkthroughs and snippets alike: what is listed, switched and counted.

import type { FoundIn, FoundInSnippet, FoundPlace, ReplacePreview } from "../../ipc";

/** A walkthrough, or a snippet as one that has a single text. */
export type Found = Pick<FoundIn, "id" | "title" | "places" | "occurrences_total"> & { type: FoundIn["type"] | null };

/** No walkthrough has such an id. */
export const idOfSnippet = (name: string) => `/${name}`;

export const foundIn = ({ walkthroughs, snippets }: ReplacePreview): Found[] => [
  ...walkthroughs,
  ...snippets.map(ofSnippet),
];

function ofSnippet({ name, occurrences, occurrences_total, refusal }: FoundInSnippet): Found {
  const place: FoundPlace = {
    step: null,
    part: "content_for_user",
    slot: null,
    occurrences,
    occurrences_total,
    refusal,
  };
  const id = idOfSnippet(name);
  return { id, title: id, type: null, places: [place], occurrences_total };
}
