// Which of the occurrences that are shown are replaced: all, but for those that were taken out.

import type { ReplaceChoice, ReplacePreview, ReplaceSnippetChoice } from "../../ipc";
import { type Found, foundIn, idOfSnippet } from "./found";

/** What was taken out: whole walkthroughs and snippets, and single occurrences of others. */
export type LeftOut = { walkthroughs: ReadonlySet<string>; occurrences: ReadonlyMap<string, ReadonlySet<number>> };

export const nothingLeftOut: LeftOut = { walkthroughs: new Set(), occurrences: new Map() };

const replaceable = (found: Found) =>
  found.places.filter(({ refusal }) => refusal === null).reduce((sum, place) => sum + place.occurrences_total, 0);

export function chosenIn(found: Found, leftOut: LeftOut): number {
  if (leftOut.walkthroughs.has(found.id)) return 0;
  return replaceable(found) - (leftOut.occurrences.get(found.id)?.size ?? 0);
}

export const chosenOf = (preview: ReplacePreview, leftOut: LeftOut): number =>
  foundIn(preview).reduce((sum, found) => sum + chosenIn(found, leftOut), 0);

export function choicesOf(preview: ReplacePreview, leftOut: LeftOut): ReplaceChoice[] {
  return preview.walkthroughs
    .filter((found) => chosenIn(found, leftOut) > 0)
    .map(({ id, version }) => ({ id, version, left_out: [...(leftOut.occurrences.get(id) ?? [])] }));
}

export function snippetChoicesOf(preview: ReplacePreview, leftOut: LeftOut): ReplaceSnippetChoice[] {
  const chosen = new Set(
    foundIn(preview)
      .filter((found) => chosenIn(found, leftOut) > 0)
      .map(({ id }) => id),
  );
  return preview.snippets
    .map(({ name, digest }) => ({ id: idOfSnippet(name), name, digest }))
    .filter(({ id }) => chosen.has(id))
    .map(({ id, name, digest }) => ({ name, digest, left_out: [...(leftOut.occurrences.get(id) ?? [])] }));
}

export function switchWalkthrough(leftOut: LeftOut, id: string): LeftOut {
  const walkthroughs = new Set(leftOut.walkthroughs);
  if (!walkthroughs.delete(id)) walkthroughs.add(id);
  const occurrences = new Map(leftOut.occurrences);
  occurrences.delete(id);
  return { walkthroughs, occurrences };
}

export function switchOccurrence(leftOut: LeftOut, id: string, index: number): LeftOut {
  const of = new Set(leftOut.occurrences.get(id));
  if (!of.delete(index)) of.add(index);
  return { ...leftOut, occurrences: new Map(leftOut.occurrences).set(id, of) };
}
