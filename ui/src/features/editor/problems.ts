import type { Finding, Place, Severity } from "../../ipc";

/** The rule whose findings are words. */
export const unknownWord = "L050";

export type Problems = { count: number; worst: Severity };

const weight: Record<Severity, number> = { info: 0, warning: 1, error: 2 };

/** A note is worth knowing and nothing to mend: it is listed and not counted, here as in the library. */
export const isProblem = ({ severity }: Finding) => severity !== "info";

/** How many problems each step has, and how bad the worst is. */
export function worstByStep(findings: readonly Finding[]): Map<string, Problems> {
  const found = new Map<string, Problems>();
  for (const { step_id, severity } of findings.filter(isProblem)) {
    if (step_id === null) continue;
    const known = found.get(step_id);
    const worst = known && weight[known.worst] > weight[severity] ? known.worst : severity;
    found.set(step_id, { count: (known?.count ?? 0) + 1, worst });
  }
  return found;
}

/** The worst first, then in the order of the steps. */
export function ordered(findings: readonly Finding[], stepIds: readonly string[]): Finding[] {
  const place = new Map(stepIds.map((id, index) => [id, index]));
  const at = ({ step_id }: Finding) => (step_id === null ? -1 : (place.get(step_id) ?? stepIds.length));
  return [...findings].sort((a, b) => weight[b.severity] - weight[a.severity] || at(a) - at(b));
}

export type Group = { rule: string; severity: Severity; findings: Finding[] };

/** The findings of each rule together, the worst rule first. */
export function grouped(findings: readonly Finding[], stepIds: readonly string[]): Group[] {
  const groups = new Map<string, Group>();
  for (const finding of ordered(findings, stepIds)) {
    const group = groups.get(finding.rule) ?? { rule: finding.rule, severity: finding.severity, findings: [] };
    group.findings.push(finding);
    groups.set(finding.rule, group);
  }
  return [...groups.values()];
}

/** Every place of a finding. */
export const placesOf = ({ place, others }: Finding): Place[] => (place ? [place, ...others] : others);
