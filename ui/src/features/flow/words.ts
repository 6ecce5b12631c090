// What is said of a step in the flow, in the graph, in the list and to screen readers.

import type { Flow, FlowStep } from "../../ipc";
import { strings } from "./strings";

/** Where the way leads from a step. */
export function leads(step: FlowStep, steps: ReadonlyMap<string, FlowStep>): string {
  if (step.link.kind === "dangling") return strings.leadsNowhere(step.link.to);
  if (step.link.kind === "itself") return strings.leadsToItself;
  const next = step.next === null ? undefined : steps.get(step.next);
  if (!next) return strings.end;
  const say = step.link.kind === "none" ? strings.leadsOn : strings.leadsTo;
  return say(next.position, next.title);
}

/** The same under a heading that says that it leads there. */
export function target(step: FlowStep, steps: ReadonlyMap<string, FlowStep>): string {
  const next = step.next === null ? undefined : steps.get(step.next);
  if (!next || step.link.kind === "dangling" || step.link.kind === "itself") return leads(step, steps);
  const name = strings.numbered(next.position, next.title);
  return step.link.kind === "none" ? strings.byOrder(name) : name;
}

/** What is to be noted. */
export function notes(step: FlowStep): string[] {
  return [
    ...(step.closes_circle ? [strings.closesCircle] : []),
    ...(step.circle > 0 ? [strings.inCircle(step.circle)] : []),
    ...(step.is_passed_over ? [strings.unreached] : []),
  ];
}

export const byId = (flow: Flow): Map<string, FlowStep> => new Map(flow.steps.map((step) => [step.id, step]));

/** The state of the whole in a line, and whether something is wrong. */
export function summary({ steps, has_links }: Flow): { text: string; isBad: boolean } {
  const circles = steps.filter(({ closes_circle }) => closes_circle).length;
  const passed = steps.filter(({ is_passed_over }) => is_passed_over).length;
  const bad = steps.filter(({ link }) => link.kind === "dangling" || link.kind === "itself").length;
  const parts = [
    ...(circles > 0 ? [strings.circles(circles)] : []),
    ...(passed > 0 ? [strings.passedOver(passed)] : []),
    ...(bad > 0 ? [strings.dangling(bad)] : []),
  ];
  if (parts.length > 0) return { text: parts.join(" · "), isBad: true };
  return { text: has_links ? strings.allFine : strings.noLinks, isBad: false };
}
