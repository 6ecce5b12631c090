// The name of a text outside the four fields, as addresses have it.

import type { SlotName } from "../lib/slot-place";
import type { Finding, Part, Slot } from "./types";

export function slotName(slot: Slot): SlotName {
  switch (slot.slot) {
    case "prompt":
    case "explanation":
      return `${slot.slot}-${slot.question}`;
    case "answer":
      return `answer-${slot.question}-${slot.answer}`;
    default:
      return slot.slot;
  }
}

/** The part that a text outside the fields belongs to. */
export function partOfSlot({ slot }: Slot): Part {
  if (slot === "title" || slot === "description" || slot === "section") return slot;
  return slot === "prompt" || slot === "answer" || slot === "explanation" ? "quiz" : "certificate";
}

/** The part that a finding is about, where it is in none of the fields. */
export const partOf = ({ slot }: Pick<Finding, "slot">): Part | null => (slot ? partOfSlot(slot) : null);
