// The address may name a field and a place in it: the cursor goes there once the field is on the screen.

import { useEffect } from "react";
import type { Field, StepId } from "../../ipc";
import { focusSlot, type SlotName } from "../../lib/slot-place";
import { focusField } from "./FieldEditor";
import { unfold } from "./folded";

export type Wanted = { field: Field; at: number | undefined };

export function usePlace(step: StepId | undefined, wanted: Wanted | null): void {
  const { field, at } = wanted ?? {};
  useEffect(() => {
    if (!step || !field) return;
    unfold(field);
    const timer = setTimeout(() => focusField(field, at), 30);
    return () => clearTimeout(timer);
  }, [step, field, at]);
}

export type WantedSlot = { name: SlotName; at: number | undefined };

/** The same for a text that is in no field. */
export function useSlot(wanted: WantedSlot | null): void {
  const { name, at } = wanted ?? {};
  useEffect(() => (name === undefined ? undefined : focusSlot(name, at)), [name, at]);
}
