// A few of the rules, with places and quick fixes, in the shape of the real lint.

import { WaymarkError } from "../errors";
import type {
  Edit,
  Field,
  Finding,
  FixSelection,
  FreeJson,
  Place,
  Report,
  Silence,
  SilenceRule,
  Step,
  StepId,
  Walkthrough,
} from "../types";
import { rules } from "./lint-rules";
import { requiredFields } from "./preview";

type InText = { id: string; pattern: RegExp; what: string; hint: string; insert: string | null };

const inTexts: InText[] = [
  {
    id: "L023",
    pattern: /\\n/g,
    what: "contains `\\n` as two characters",
    hint: "Replace it with a line break.",
    insert: "\n",
  },
  {
    id: "L026",
    pattern: /(?<=(^|\n)\n)```(?=\n)/g,
    what: "opens code without a language",
    hint: "Name its language.",
    insert: "```text",
  },
  {
    id: "L028",
    pattern: /\[[^\]]*\]\(\.[^)]*\)/g,
    what: "has a relative link",
    hint: "Give the whole address.",
    insert: null,
  },
  {
    id: "L050",
    pattern: /\bteh\b/g,
    what: "has the unknown word `teh`",
    hint: "Correct it, or add it to your own words.",
    insert: null,
  },
];

/** Everything found, apart from what is silenced. */
export function report(walkthrough: Walkthrough): Report {
  const found = everything(walkthrough).map((finding) => ({ ...finding, silenced: silenceOf(walkthrough, finding) }));
  return {
    findings: found.filter(({ silenced }) => silenced === null),
    silenced: found.filter(({ silenced }) => silenced !== null),
  };
}

/** The quick fixes of what is selected, as one edit. */
export function fix(walkthrough: Walkthrough, { rule: id, step, field }: FixSelection): Edit | null {
  const selected = report(walkthrough).findings.filter(
    (finding) =>
      (id ?? finding.rule) === finding.rule &&
      (step ?? finding.step_id) === finding.step_id &&
      (field ?? finding.field) === finding.field,
  );
  const edits = selected.flatMap((finding) => finding.fix?.edits ?? []);
  return edits.length > 0 ? { edit: "batch", edits } : null;
}

/** The edit that notes a reason, or takes it away. */
export function silence(walkthrough: Walkthrough, { rule: id, step, field = null, reason }: SilenceRule): Edit {
  if (reason?.trim() === "") throw new WaymarkError("invalid_input", "The reason is empty.", "Say why.", "reason");
  const metadata = step
    ? (walkthrough.steps.find((known) => known.id === step)?.metadata ?? null)
    : walkthrough.metadata;
  const kept = silencedIn(metadata).filter((known) => known.rule !== id || (known.field ?? null) !== field);
  const said = { rule: id, ...(field ? { field } : {}) };
  const silenced = reason === null ? kept : [...kept, { ...said, reason: reason.trim() }];
  const written = JSON.stringify({ waymark: { silenced } });
  return step ? { edit: "set_step_metadata", step, metadata: written } : { edit: "set_metadata", metadata: written };
}

function everything(walkthrough: Walkthrough): Finding[] {
  if (walkthrough.steps.length === 0) {
    return [finding(walkthrough, "L004", { message: "The walkthrough has no steps yet.", hint: "Add a step." })];
  }
  return walkthrough.steps.flatMap((step) => inStep(walkthrough, step));
}

function inStep(walkthrough: Walkthrough, step: Step): Finding[] {
  const { content_fields: fields } = step;
  if (fields.version !== "v1") return [];
  const found: Finding[] = [];
  const add = (id: string, part: Partial<Finding>) =>
    found.push(finding(walkthrough, id, { step_id: step.id, ...part }));
  if (!/done when/i.test(fields.introduction_for_agent ?? "")) {
    const message = `Nothing tells the agent when the step \`${step.title}\` is done.`;
    add("L015", { message, hint: "Say it in the introduction, e.g. `Done when …`." });
  }
  if (step.title.includes("TODO")) {
    const from = step.title.indexOf("TODO");
    const message = "The title contains the leftover placeholder `TODO`.";
    add("L029", { slot: { slot: "title" }, message, place: placeOf(step.title, from, from + 4) });
  }
  for (const field of requiredFields[walkthrough.type].filter((name) => !fields[name]?.trim())) {
    add("L006", { field, message: `The ${nameOf(field)} of the step \`${step.title}\` is empty.`, hint: "Fill it." });
  }
  for (const field of [
    "introduction_for_agent",
    "context_for_agent",
    "content_for_user",
    "operations_for_agent",
  ] as const) {
    for (const known of inTexts) found.push(...inText(walkthrough, step, field, fields[field] ?? "", known));
  }
  return found;
}

function inText(walkthrough: Walkthrough, { id: step }: Step, field: Field, text: string, known: InText): Finding[] {
  const hits = [...text.matchAll(known.pattern)].map(({ index, 0: { length } }) =>
    placeOf(text, index, index + length),
  );
  const [place, ...others] = hits;
  if (!place) return [];
  const { insert } = known;
  const edits = hits
    .toReversed()
    .map(({ from, to }): Edit => ({ edit: "splice_field", step, field, splice: { from, to, insert: insert ?? "" } }));
  const label = rules.find(({ id }) => id === known.id)?.fix;
  const fixed = insert !== null && label ? { label, edits } : null;
  const message = `Line ${place.line} of the ${nameOf(field)} ${known.what}.`;
  return [
    finding(walkthrough, known.id, { step_id: step, field, message, hint: known.hint, place, others, fix: fixed }),
  ];
}

function placeOf(text: string, from: number, to: number): Place {
  const before = text.slice(0, from).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, from, to };
}

const nameOf = (field: Field) => field.replace(/_for_.*/, "").replace("content", "user content");

function finding(walkthrough: Walkthrough, id: string, part: Partial<Finding> & { message?: string }): Finding {
  return {
    rule: id,
    severity: rules.find((known) => known.id === id)?.severity ?? "warning",
    walkthrough_id: walkthrough.id,
    step_id: null,
    field: null,
    slot: null,
    message: "",
    hint: null,
    subject: id === "L050" ? "teh" : null,
    place: null,
    others: [],
    fix: null,
    silenced: null,
    ...part,
  };
}

function silenceOf(walkthrough: Walkthrough, { rule: id, step_id, field }: Finding): Silence | null {
  const own = walkthrough.steps.find((known) => known.id === step_id)?.metadata ?? null;
  const places: [StepId | null, FreeJson | null][] = [
    [step_id, own],
    [null, walkthrough.metadata],
  ];
  for (const [step, metadata] of places) {
    const said = silencedIn(metadata).filter((known) => known.rule === id);
    const one = said.find((known) => field !== null && known.field === field) ?? said.find((known) => !known.field);
    if (one) return { reason: one.reason, step, field: one.field ?? null, part: null };
  }
  return null;
}

function silencedIn(metadata: FreeJson | null): { rule: string; reason: string; field?: Field }[] {
  return metadata === null ? [] : (JSON.parse(metadata).waymark?.silenced ?? []);
}
