// What of a walkthrough in memory is other than before, as the host would tell it.

import type { DraftChange, Step, Walkthrough } from "../types";

export function changeBetween(before: Walkthrough, after: Walkthrough): DraftChange {
  const known = new Map(before.steps.map((step) => [step.id, step]));
  const steps = after.steps.filter((step) => !saysTheSame(known.get(step.id), step));
  const isPlaced =
    before.steps.length === after.steps.length &&
    after.steps.every((step, index) => {
      const was = before.steps[index];
      return was?.id === step.id && was.display_order === step.display_order && was.next_step_id === step.next_step_id;
    });
  const places = after.steps.map(({ id: step, display_order, next_step_id, updated_at }) => {
    return { step, display_order, next_step_id, updated_at };
  });
  return { trashed_at: null, details: { ...after, steps: [] }, steps, places: isPlaced ? null : places };
}

const saysTheSame = (a: Step | undefined, b: Step): boolean =>
  a !== undefined && a.title === b.title && a.content_fields === b.content_fields && a.metadata === b.metadata;
