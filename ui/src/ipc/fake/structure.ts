// Steps in the memory's walkthroughs: together, and in sections. Good enough to show the window; core has the rules.

import { WaymarkError } from "../errors";
import type { MoveSteps, Step, StepId, Walkthrough } from "../types";

/** Renumbers and links in a line, as a walkthrough without links of its own is. */
export function renumber(steps: Step[]): Step[] {
  return steps.map((step, index) => {
    const [display_order, next_step_id] = [index + 1, steps[index + 1]?.id ?? null];
    const isPlaced = step.display_order === display_order && step.next_step_id === next_step_id;
    return isPlaced ? step : { ...step, display_order, next_step_id };
  });
}

type Own = { waymark?: { section?: string } } & Record<string, unknown>;

export function sectionOf(step: Step): string | null {
  const own = JSON.parse(step.metadata ?? "{}") as Own;
  return own.waymark?.section ?? null;
}

export function inSection(step: Step, section: string | null): Step {
  if (sectionOf(step) === section) return step;
  if (section?.trim() === "") {
    throw new WaymarkError("invalid_input", "The section has no name.", "Give it a name, or remove it.", "section");
  }
  const { waymark, ...others } = JSON.parse(step.metadata ?? "{}") as Own;
  const { section: _, ...kept } = waymark ?? {};
  const ours = section === null ? kept : { ...kept, section: section.trim() };
  const whole = Object.keys(ours).length > 0 ? { ...others, waymark: ours } : others;
  return { ...step, metadata: Object.keys(whole).length > 0 ? JSON.stringify(whole) : null };
}

export function movedSteps(walkthrough: Walkthrough, ids: readonly StepId[], to: MoveSteps["to"]): Walkthrough {
  const { steps } = walkthrough;
  const moved = steps.filter(({ id }) => ids.includes(id));
  const others = steps.filter(({ id }) => !ids.includes(id));
  const [first] = moved;
  if (!first) return walkthrough;
  const { at, section } = place(steps, others, moved, to);
  const entered = section === undefined ? moved : moved.map((step) => inSection(step, section));
  return { ...walkthrough, steps: renumber([...others.slice(0, at), ...entered, ...others.slice(at)]) };
}

type Place = { at: number; section: string | null | undefined };

function place(steps: Step[], others: Step[], moved: Step[], to: MoveSteps["to"]): Place {
  const ids = new Set(moved.map(({ id }) => id));
  const start = steps.findIndex(({ id }) => ids.has(id));
  const name = (step: Step | undefined) => step && sectionOf(step);
  const [above, below] = [others[start - 1], others[start]];
  const isTogether = steps.slice(start, start + moved.length).every(({ id }) => ids.has(id));
  const isOfOne = moved.every((step) => name(step) === name(moved[0]));
  switch (to.to) {
    case "place":
      return { at: Math.min(to.at, others.length), section: to.section };
    case "up":
      if (!above || !isTogether) return { at: start, section: undefined };
      return isOfOne && name(above) === name(moved[0])
        ? { at: start - 1, section: undefined }
        : { at: start, section: sectionOf(above) };
    case "down":
      if (!below || !isTogether) return { at: isTogether ? start : start + 1, section: undefined };
      return isOfOne && name(below) === name(moved[0])
        ? { at: start + 1, section: undefined }
        : { at: start, section: sectionOf(below) };
    case "past_section_above":
      return { at: others.slice(0, start).findLastIndex((step) => name(step) !== name(above)) + 1, section: undefined };
    case "past_section_below": {
      const end = others.findIndex((step, index) => index >= start && name(step) !== name(below));
      return { at: end < 0 ? others.length : end, section: undefined };
    }
  }
}
