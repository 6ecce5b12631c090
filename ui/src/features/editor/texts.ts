// Reading and replacing the texts of a walkthrough, never in place.

import type { Field, FieldsV1, Step, StepId, Walkthrough } from "../../ipc";
import type { Taken } from "./pending";

/** The text of a field: empty where it is absent, null where the step is gone or its version is unknown. */
export function textOf(walkthrough: Walkthrough, id: StepId, field: Field): string | null {
  const content = walkthrough.steps.find((step) => step.id === id)?.content_fields;
  return content?.version === "v1" ? (content[field] ?? "") : null;
}

export function hasText(step: Step, field: Field): boolean {
  const content = step.content_fields;
  return content.version === "v1" && (content[field] ?? "").trim() !== "";
}

export function withTexts(walkthrough: Walkthrough, taken: Taken[]): Walkthrough {
  const changed = (step: Step): Step => {
    const own = taken.filter((part) => part.step === step.id);
    if (own.length === 0 || step.content_fields.version !== "v1") return step;
    const texts = Object.fromEntries(own.map(({ field, after }) => [field, after.toString()]));
    return { ...step, content_fields: { ...step.content_fields, ...texts } };
  };
  return { ...walkthrough, steps: walkthrough.steps.map(changed) };
}

export function fieldsOf(read: (field: Field) => string | null, known: Step["content_fields"]): FieldsV1 {
  return {
    introduction_for_agent: read("introduction_for_agent"),
    context_for_agent: read("context_for_agent"),
    content_for_user: read("content_for_user"),
    operations_for_agent: read("operations_for_agent"),
    extra: known.version === "v1" ? (known.extra ?? []) : [],
  };
}
