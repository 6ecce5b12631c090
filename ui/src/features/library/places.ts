// Where a match leads: to the step, the field and the place in it.

import { type FoundWalkthrough, type Match, type Part, type SearchPlace, slotName } from "../../ipc";
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
  const { step, part, place, slot } = match;
  const at = place ? { at: place.from } : {};
  // A walkthrough's title leads to its text; whoever looks for the description, to that.
  const isSlot = slot !== null || part === "description" || (part === "title" && step !== null);
  const inSlot = isSlot ? { slot: slotName(slot ?? { slot: part === "title" ? "title" : "description" }), ...at } : {};
  if (!step) return { screen: "editor", id: walkthrough, step: null, isDetails: part !== "title", ...inSlot };
  const field = fieldOf(part);
  if (part === "quiz") return { screen: "editor", id: walkthrough, step: step.id, part: "quiz", ...inSlot };
  if (!field) return { screen: "editor", id: walkthrough, step: step.id, ...inSlot };
  return { screen: "editor", id: walkthrough, step: step.id, field, ...at };
}

export const bestPlace = (found: FoundWalkthrough | undefined, where: SearchPlace): Route | null =>
  found ? placeOf(found.id, found.matches[0], where) : null;

export function partWords(part: Part): string {
  const field = fieldOf(part);
  return field ? fieldWords[field].label : strings.parts[part as keyof typeof strings.parts];
}
