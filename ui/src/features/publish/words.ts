// A plan in sentences: what it changes, what it does to people, and what the one button says.

import type { LearnerEffect, Plan, StepChange, WalkthroughPlan } from "../../ipc";
import { formatNumber } from "../../lib/time";
import { strings } from "./strings";

export type Tone = "good" | "warning" | "danger";
/** Every second part is a number and stands out; the first is one unless it is empty. */
export type Sentence = { tone: Tone; parts: readonly string[] };

/** Details, steps and assignments: what the button counts. */
export const changesOf = (plan: WalkthroughPlan): number =>
  plan.details.length + plan.steps.length + plan.assignments.length;

export const isWritten = ({ action, problems }: WalkthroughPlan): boolean =>
  (action === "create" || action === "update" || action === "delete") &&
  !problems.some(({ severity }) => severity === "error");

/** Nothing to ask and nothing in the way: goes with one click. */
export const isClean = (plan: Plan): boolean =>
  plan.walkthroughs.every((part) => part.action === "none" || (isWritten(part) && part.confirmations.length === 0)) &&
  plan.walkthroughs.some(isWritten);

/** What is asked of all alike is asked once; of the rest, where there are several, it is said which one they are about. */
export function confirmationsOf({ walkthroughs }: Plan): { about: string | null; question: string }[] {
  const written = walkthroughs.filter(isWritten);
  const isOfAll = (question: string) => written.every(({ confirmations }) => confirmations.includes(question));
  const shared = [...new Set(written.flatMap(({ confirmations }) => confirmations))].filter(isOfAll);
  const own = written.flatMap(({ title, confirmations }) =>
    confirmations.filter((question) => !isOfAll(question)).map((question) => ({ about: title, question })),
  );
  return [...own, ...shared.map((question) => ({ about: null, question }))];
}

/** What a click in the editor would do, or what stands before it, in a few words. */
export function noteOf(plan: Plan, only: WalkthroughPlan): string {
  const { action, learners, problems, confirmations } = only;
  if (action === "none") return strings.planned(0);
  if (action === "conflict") return strings.plannedConflict;
  const errors = problems.filter(({ severity }) => severity === "error").length;
  if (errors > 0) return strings.plannedBlocked(errors);
  if (!isClean(plan)) return strings.plannedQuestions(confirmations.length);
  if (action === "create") return strings.plannedNew;
  const { in_progress } = learners;
  const changes = strings.planned(changesOf(only));
  return in_progress > 0 ? `${changes} · ${strings.reached(formatNumber(in_progress))}` : changes;
}

export function buttonLabel(plan: Plan, isOverwrite: boolean, other: string | null): string {
  const written = plan.walkthroughs.filter(isWritten);
  const [only, ...others] = written;
  if (!only) return plan.walkthroughs.every(({ action }) => action === "none") ? strings.nothing : strings.blocked;
  if (isOverwrite) return strings.overwrite;
  if (other) return other;
  if (others.length > 0) return strings.publishMany(written.length);
  return only.action === "create" ? strings.publishNew : strings.publishChanges(changesOf(only));
}

export function sumOf(plans: WalkthroughPlan[]): LearnerEffect {
  const [first, ...others] = plans.map(({ learners }) => learners);
  if (!first) throw new Error("BUG: a plan is of at least one walkthrough.");
  return others.reduce(
    (sum, next) => ({
      in_progress: sum.in_progress + next.in_progress,
      completed: sum.completed + next.completed,
      standing_on_removed: sum.standing_on_removed + next.standing_on_removed,
      events_lost: sum.events_lost + next.events_lost,
      percent_changes: sum.percent_changes + next.percent_changes,
      reopened: sum.reopened + next.reopened,
      median_percent_before: null,
      median_percent_after: null,
    }),
    first,
  );
}

/** Steps that are named one by one; of more only the sum is said. */
const namedMost = 4;

/** The worst first. */
export function effects(plans: WalkthroughPlan[]): Sentence[] {
  const sum = sumOf(plans);
  const { events_lost, reopened, percent_changes, completed } = sum;
  const { median_percent_before: before, median_percent_after: after } = sum;
  const said = [...lost(plans, sum), ...standing(plans, sum)];
  if (reopened > 0) said.push({ tone: "warning", parts: strings.reopened(reopened) });
  if (before !== null && after !== null && before !== after) {
    said.push({ tone: "warning", parts: strings.median(before, after) });
  } else if (percent_changes > 0) {
    said.push({ tone: "warning", parts: strings.percent(percent_changes) });
  }
  if (completed > 0) said.push({ tone: "good", parts: strings.completed(completed) });
  if (events_lost === 0) said.push({ tone: "good", parts: ["", strings.nothingLost] });
  if (reopened === 0) said.push({ tone: "good", parts: ["", strings.nobodyRepeats] });
  return said;
}

function lost(plans: WalkthroughPlan[], { events_lost }: LearnerEffect): Sentence[] {
  const steps = plans.flatMap((plan) => plan.steps.filter((step) => step.events_lost > 0));
  if (steps.length > namedMost) return [{ tone: "danger", parts: strings.eventsDeletedOf(events_lost, steps.length) }];
  return steps.map((step) => ({ tone: "danger", parts: strings.eventsDeleted(step.events_lost, step.title) }));
}

function standing(plans: WalkthroughPlan[], { standing_on_removed }: LearnerEffect): Sentence[] {
  const steps = plans.flatMap((plan) => plan.steps.filter((step) => step.learners_on_it > 0));
  if (steps.length > namedMost)
    return [{ tone: "warning", parts: strings.standingOn(standing_on_removed, steps.length) }];
  return steps.map((step) => ({
    tone: "warning",
    parts: strings.standing(step.learners_on_it, step.title, step.moves_on_to),
  }));
}

/** What happens to a step, in words; never empty. */
export function statesOf(step: StepChange): string[] {
  const { states } = strings;
  if (step.is_added) return [states.added];
  if (step.is_removed) return [states.removed];
  return [
    ...(step.is_moved ? [states.moved] : []),
    ...(step.fields.length > 0 ? [states.changed] : []),
    ...(step.title_before !== null ? [states.renamed] : []),
    ...(step.is_relinked && !step.is_moved && step.fields.length === 0 && step.title_before === null
      ? [states.relinked]
      : []),
  ];
}
