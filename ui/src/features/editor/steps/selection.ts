// Which steps are chosen together. One of them is the step that is shown; without others it is chosen alone.

import type { Step, StepId } from "../../../ipc";
import { kept, type Stored } from "../../../lib/stored";

export type Selection = {
  ids: ReadonlySet<StepId>;
  /** Where a range begins. */
  anchor: StepId | null;
};

const nobody: Selection = { ids: new Set(), anchor: null };
export const selection: Stored<Selection> = kept<Selection>(nobody);

/** The chosen steps in their order. A choice that the shown step is not in is an old one. */
export function chosen(steps: readonly Step[], current: StepId | null, { ids }: Selection): StepId[] {
  if (current === null) return [];
  if (!ids.has(current)) return [current];
  return steps.filter(({ id }) => ids.has(id)).map(({ id }) => id);
}

/** From where the range began to here, over the steps that are in view. */
export function ranged(visible: readonly StepId[], from: StepId | null, to: StepId): ReadonlySet<StepId> {
  const [a, b] = [visible.indexOf(from ?? to), visible.indexOf(to)];
  return new Set(a < 0 ? [to] : visible.slice(Math.min(a, b), Math.max(a, b) + 1));
}

/** One more, or one less. Gives the choice and the step to show. */
export function toggled(ids: readonly StepId[], id: StepId): { ids: ReadonlySet<StepId>; current: StepId } {
  if (!ids.includes(id)) return { ids: new Set([...ids, id]), current: id };
  const others = ids.filter((known) => known !== id);
  const current = others.at(-1);
  return current === undefined ? { ids: new Set(ids), current: id } : { ids: new Set(others), current };
}
