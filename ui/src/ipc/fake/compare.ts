// A plain comparison of two versions by lines. The real one is Rust's.

import { fields as fieldNames } from "../../lib/fields";
import type { Comparison, DiffLine, FieldChange, Step, StepChange, Walkthrough } from "../types";

export function compared(before: Walkthrough, after: Walkthrough): Comparison {
  const isNew = before.title !== after.title;
  return {
    details: isNew ? [{ name: "title", before: before.title, after: after.title }] : [],
    steps: after.steps.flatMap((step, index) =>
      changeOf(
        before.steps.find(({ id }) => id === step.id),
        step,
        index + 1,
      ),
    ),
    assignments: [],
  };
}

export const withoutAgent = (step: StepChange): StepChange => ({
  ...step,
  agent: null,
  is_agent_left_out: step.agent !== null,
});

function changeOf(before: Step | undefined, after: Step, number: number): StepChange[] {
  if (before === after) return [];
  const text = (step: Step | undefined, field: (typeof fieldNames)[number]) =>
    step?.content_fields.version === "v1" ? (step.content_fields[field] ?? "") : "";
  const fields: FieldChange[] = fieldNames.flatMap((field) => {
    const lines = lineDiff(text(before, field), text(after, field));
    const count = (kind: DiffLine["kind"]) => lines.filter((line) => line.kind === kind).length;
    return lines.length === 0 ? [] : [{ field, lines, added: count("added"), removed: count("removed") }];
  });
  const agent = fields.flatMap(({ field, lines }) => [
    line("same", `<${field}>`, field),
    ...lines.map((each) => ({ ...each, field })),
    line("same", `</${field}>`, field),
  ]);
  return [
    {
      id: after.id,
      title: after.title,
      number,
      number_before: before ? number : null,
      is_added: before === undefined,
      is_removed: false,
      is_moved: false,
      title_before: before && before.title !== after.title ? before.title : null,
      is_relinked: false,
      fields,
      metadata: null,
      agent: agent.length === 0 ? null : agent,
      is_agent_left_out: false,
      events_lost: 0,
      learners_on_it: 0,
      moves_on_to: null,
    },
  ];
}

const line = (kind: DiffLine["kind"], text: string, field: DiffLine["field"] = null): DiffLine => ({
  kind,
  text,
  field,
  marks: [],
});

/** Common lines at both ends stay; what is between is exchanged. */
export function lineDiff(before: string, after: string): DiffLine[] {
  if (before === after) return [];
  const [old, now] = [before.split("\n"), after.split("\n")];
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  return [
    ...old.slice(0, head).map((text) => line("same", text)),
    ...old.slice(head, old.length - tail).map((text) => line("removed", text)),
    ...now.slice(head, now.length - tail).map((text) => line("added", text)),
    ...old.slice(old.length - tail).map((text) => line("same", text)),
  ];
}
