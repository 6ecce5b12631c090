// A walkthrough in memory as lists show it.

import type { DraftSummary } from "../types";
import type { Entry } from "./library";
import { report } from "./lint";

export function summarize({ walkthrough, trashedAt, version, changes, isChangedThere }: Entry): DraftSummary {
  return {
    id: walkthrough.id,
    title: walkthrough.title,
    type: walkthrough.type,
    status: walkthrough.status,
    steps: walkthrough.steps.length,
    tags: walkthrough.tags,
    servers: walkthrough.assignments.map((assignment) => assignment.server),
    problems: report(walkthrough).findings.filter(({ severity }) => severity !== "info").length,
    updated_at: walkthrough.updated_at ?? 0,
    trashed_at: trashedAt,
    version,
    unpublished: changes === null ? [] : [{ connection: "con_prod0001", changes, is_changed_there: isChangedThere }],
    never_published: changes === null,
  };
}
