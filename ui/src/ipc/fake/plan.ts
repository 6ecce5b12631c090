// A plan made up from a walkthrough in memory: enough of everything that a real one can hold.

import type { DiffLine, Problem, StepChange, Walkthrough, WalkthroughPlan } from "../types";

const line = (kind: DiffLine["kind"], text: string, field: DiffLine["field"] = null): DiffLine => ({
  kind,
  text,
  field,
  marks: [],
});

const untouched = {
  title_before: null,
  is_added: false,
  is_removed: false,
  is_moved: false,
  is_relinked: false,
  fields: [],
  metadata: null,
  agent: null,
  is_agent_left_out: false,
  events_lost: 0,
  learners_on_it: 0,
  moves_on_to: null,
};

export function planOf(walkthrough: Walkthrough, isProduction: boolean, now: number): WalkthroughPlan {
  const isNew = walkthrough.status === "draft";
  const steps: StepChange[] = isNew ? walkthrough.steps.map(added) : changed(walkthrough);
  return {
    id: walkthrough.id,
    title: walkthrough.title,
    action: isNew ? "create" : steps.length === 0 ? "none" : "update",
    details: isNew ? [{ name: "title", before: null, after: walkthrough.title }] : [],
    steps,
    assignments: isNew ? [] : [{ server: "docs", before: "order 2, enabled", after: "order 1, enabled" }],
    learners: {
      in_progress: isNew ? 0 : 412,
      completed: isNew ? 0 : 96,
      standing_on_removed: isNew ? 0 : 38,
      events_lost: isNew ? 0 : 214,
      percent_changes: isNew ? 0 : 377,
      reopened: 0,
      median_percent_before: isNew ? null : 61,
      median_percent_after: isNew ? null : 68,
    },
    problems: walkthrough.steps.slice(2, 3).map(warning),
    confirmations: [
      ...(isNew ? [] : ["214 completion events of “Enable notifications” are deleted for good."]),
      ...(isProduction ? ["“Production” is marked as production."] : []),
    ],
    content_hash: "9f3c5a1e".repeat(8),
    revision: isNew ? 1 : 18,
    last_sync: isNew ? null : { revision: 17, at: now - 2 * 86_400_000 },
  };
}

export const conflicting = (plan: WalkthroughPlan): WalkthroughPlan => ({
  ...plan,
  action: "conflict",
  confirmations: [],
  problems: [
    {
      severity: "error",
      code: "remote_changed",
      message: "Production changed since this draft was last in sync with it.",
      hint: "Merge the two, or publish with `overwrite`: production’s version is kept as a revision.",
      step_id: null,
    },
  ],
});

const added = (step: Walkthrough["steps"][number], index: number): StepChange => ({
  ...untouched,
  id: step.id,
  title: step.title,
  number: index + 1,
  number_before: null,
  is_added: true,
});

const warning = (step: Walkthrough["steps"][number]): Problem => ({
  severity: "warning",
  code: "L014",
  message: "Step 3 does not say when it is done.",
  hint: "Say in the introduction how the agent can tell.",
  step_id: step.id,
});

function changed({ steps }: Walkthrough): StepChange[] {
  const [first, second] = [steps[3] ?? steps[0], steps[6] ?? steps[1]];
  if (!first || !second) return [];
  return [
    {
      ...untouched,
      id: first.id,
      title: first.title,
      number: 4,
      number_before: 4,
      fields: [
        {
          field: "content_for_user",
          added: 1,
          removed: 1,
          lines: [
            line("same", "Pick the repository that you want to build. Acme will"),
            line("removed", "ask for access to your account."),
            line("added", "ask for **read access to code** and nothing else."),
            line("same", ""),
            line("gap", ""),
            line("same", "```bash"),
          ],
        },
      ],
      agent: [
        line("gap", ""),
        line("same", "<content_for_user>", "content_for_user"),
        line("removed", "ask for access to your account.", "content_for_user"),
        line("added", "ask for **read access to code** and nothing else.", "content_for_user"),
        line("same", "</content_for_user>", "content_for_user"),
      ],
    },
    {
      ...untouched,
      id: second.id,
      title: second.title,
      number: 7,
      number_before: 6,
      is_moved: true,
      fields: [
        {
          field: "operations_for_agent",
          added: 1,
          removed: 0,
          lines: [line("same", "1. Read the log."), line("added", "2. Name the first line that says `error`.")],
        },
      ],
    },
    {
      ...untouched,
      id: "wts_gone",
      title: "Enable notifications",
      number: null,
      number_before: 8,
      is_removed: true,
      events_lost: 214,
      learners_on_it: 38,
      moves_on_to: second.title,
    },
  ];
}
