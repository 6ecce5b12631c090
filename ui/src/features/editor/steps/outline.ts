// The rows of the step list: steps in their order, under the headings of their sections.

import type { Step, StepId } from "../../../ipc";

export type StepItem = { kind: "step"; key: string; step: Step; number: number };
export type SectionItem = {
  kind: "section";
  key: string;
  /** Null for steps without a section that come after one. */
  name: string | null;
  steps: StepId[];
  isFolded: boolean;
};
export type Row = StepItem | SectionItem;

const known = new WeakMap<Step, string | null>();

/** The section that a step says it is in. Core has the rules; this is what the list draws. */
export function sectionOf(step: Step): string | null {
  const found = known.get(step);
  if (found !== undefined) return found;
  const name = readSection(step.metadata);
  known.set(step, name);
  return name;
}

function readSection(metadata: string | null): string | null {
  if (metadata === null || !metadata.includes('"section"')) return null;
  const whole: unknown = JSON.parse(metadata);
  const own = isObject(whole) ? whole.waymark : null;
  const name = isObject(own) ? own.section : null;
  return typeof name === "string" && name.trim() !== "" ? name : null;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** What a fold is remembered by. */
export const foldKey = (walkthrough: string, name: string | null): string => `${walkthrough} ${name ?? ""}`;

export function outline(steps: readonly Step[], isFolded: (name: string | null) => boolean): Row[] {
  const rows: Row[] = [];
  let section: SectionItem | null = null;
  steps.forEach((step, index) => {
    const name = sectionOf(step);
    if (section ? section.name !== name : name !== null) {
      section = { kind: "section", key: `section ${step.id}`, name, steps: [], isFolded: isFolded(name) };
      rows.push(section);
    }
    section?.steps.push(step.id);
    if (!section?.isFolded) rows.push({ kind: "step", key: step.id, step, number: index + 1 });
  });
  return rows;
}

/** The steps whose titles have all these words; they stand by themselves, without sections. */
export function filtered(steps: readonly Step[], text: string): StepItem[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return steps.flatMap((step, index) => {
    const title = step.title.toLowerCase();
    return words.every((word) => title.includes(word)) ? [{ kind: "step", key: step.id, step, number: index + 1 }] : [];
  });
}

export const stepHeight = 50;
export const sectionHeight = 34;
export const heightOf = (row: Row | undefined): number => (row?.kind === "section" ? sectionHeight : stepHeight);

/** A name for a section that is not taken. */
export function freeName(steps: readonly Step[], base: string): string {
  const names = new Set(steps.map(sectionOf));
  let name = base;
  for (let number = 2; names.has(name); number += 1) name = `${base} ${number}`;
  return name;
}
