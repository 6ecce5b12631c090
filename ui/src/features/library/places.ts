// Where a match leads: to the step, the field and the place in it.

import type { FoundWalkthrough, Match, Part, SearchPlace } from "../../ipc";
import { type FieldName, fields, fieldWords } from "../../lib/fields";
import type { Route } from "../../lib/route";
import { strings } from "./strings";

export function fieldOf(part: Part): FieldName | null {
  return fields.find((field) => field === part) ?? null;
}

export function placeOf(walkthrough: string, match: Match | undefined, where: SearchPlace = "library"): Route {
  if (where === "trash") return { screen: "trash", id: walkthrough };
  if (where === "history") {
    const { step = null, revision = null } = match ?? {};
    return { screen: "history", id: walkthrough, step: step?.id ?? null, ...(revision && { revision: revision.id }) };
  }
  if (!match) return { screen: "editor", id: walkthrough, step: null };
  const { step, part, place } = match;
  if (!step) return { screen: "editor", id: walkthrough, step: null, isDetails: part !== "title" };
  const field = fieldOf(part);
  if (!field) return { screen: "editor", id: walkthrough, step: step.id };
  return { screen: "editor", id: walkthrough, step: step.id, field, ...(place ? { at: place.from } : {}) };
}

export const bestPlace = (found: FoundWalkthrough | undefined, where: SearchPlace): Route | null =>
  found ? placeOf(found.id, found.matches[0], where) : null;

export function partWords(part: Part): string {
  const field = fieldOf(part);
  return field ? fieldWords[field].label : strings.parts[part as keyof typeof strings.parts];
}
