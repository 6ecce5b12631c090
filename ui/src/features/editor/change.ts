// Puts into a walkthrough what the host says is other than before: as small as what changed.

import type { DraftChange, Step, Walkthrough } from "../../ipc";

export function patched(before: Walkthrough, { details, steps: told, places }: DraftChange): Walkthrough {
  const others = new Map(told.map((step) => [step.id, step]));
  let steps: Step[] = before.steps;
  if (told.length > 0) {
    const known = before.steps.map((step) => others.get(step.id) ?? step);
    const ids = new Set(before.steps.map(({ id }) => id));
    steps = [...known, ...told.filter(({ id }) => !ids.has(id))];
  }
  if (places) {
    const known = new Map(steps.map((step) => [step.id, step]));
    steps = places.flatMap(({ step: id, ...place }) => {
      const step = known.get(id);
      return step ? [isPlaced(step, place) ? step : { ...step, ...place }] : [];
    });
  }
  return { ...(details ?? before), steps };
}

/** A step that stands where it stood stays the same value, so that nothing that shows it is drawn again. */
const isPlaced = (step: Step, place: Pick<Step, "display_order" | "next_step_id" | "updated_at">): boolean =>
  step.display_order === place.display_order &&
  step.next_step_id === place.next_step_id &&
  step.updated_at === place.updated_at;
