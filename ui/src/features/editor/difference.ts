// Where two states of a walkthrough differ, so that an undo can show what it did.

import type { Walkthrough } from "../../ipc";
import { fields } from "../../lib/fields";
import type { Place } from "./session-state";

export function firstDifference(before: Walkthrough, after: Walkthrough): Place | "details" | null {
  const old = new Map(before.steps.map((step, index) => [step.id, { step, index }]));
  for (const step of after.steps) {
    const was = old.get(step.id)?.step;
    if (!was || was.title !== step.title) return { step: step.id, field: null };
    const [a, b] = [was.content_fields, step.content_fields];
    if (a.version === "v1" && b.version === "v1") {
      const field = fields.find((name) => (a[name] ?? "") !== (b[name] ?? ""));
      if (field) return { step: step.id, field };
    }
  }
  const moved = after.steps.find((step, index) => old.get(step.id)?.index !== index);
  if (moved) return { step: moved.id, field: null };
  const linked = after.steps.find((step) => old.get(step.id)?.step.next_step_id !== step.next_step_id);
  if (linked) return { step: linked.id, field: null, part: "flow" };
  const noted = after.steps.find((step) => old.get(step.id)?.step.metadata !== step.metadata);
  if (noted) {
    const isQuiz = [noted, old.get(noted.id)?.step].some((step) => step?.metadata?.includes('"quiz"'));
    return { step: noted.id, field: null, ...(isQuiz ? { part: "quiz" } : {}) };
  }
  const details = ({ steps: _steps, updated_at: _at, ...rest }: Walkthrough) => JSON.stringify(rest);
  return details(before) === details(after) ? null : "details";
}
