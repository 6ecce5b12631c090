// What is typed into titles and details, and how each of it gets to the host.

import { commands, type Edit, type OwnChoice, type StepId, type Way, WaymarkError } from "../../ipc";
import { lintStrings } from "./lint-strings";
import type { DraftSession } from "./session";
import { strings } from "./strings";

/** Something that one edit of the walkthrough says. */
function edited<T>(session: DraftSession, key: string, editOf: (value: T) => Edit): Way<T> {
  return {
    key,
    send: async (value, walkthrough, seen_version) =>
      session.host.applyEdit({ walkthrough, edit: editOf(value), seen_version }),
  };
}

const stepTitleKey = (step: StepId) => `title ${step}`;

export const stepTitle = (session: DraftSession, step: StepId): Way<string> =>
  edited(session, stepTitleKey(step), (title) => ({ edit: "rename_step", step, title }));

/** A step's title as it is being typed: the preview and the findings show it before it is saved. */
export function typedTitle(session: DraftSession, step: StepId): string | null {
  const typed = session.typed.read(stepTitleKey(step))?.value;
  return typeof typed === "string" ? typed : null;
}

export const title = (session: DraftSession): Way<string> =>
  edited(session, "title", (value) => ({ edit: "set_title", title: value }));

export const description = (session: DraftSession): Way<string> =>
  edited(session, "description", (value) => ({ edit: "set_description", description: value === "" ? null : value }));

export const tags = (session: DraftSession): Way<string[]> =>
  edited(session, "tags", (value) => ({ edit: "set_tags", tags: value }));

export const duration = (session: DraftSession): Way<string> =>
  edited(session, "duration", (value) => {
    const text = value.trim();
    if (!/^\d{0,6}$/.test(text)) throw new WaymarkError("invalid_input", strings.durationProblem);
    return { edit: "set_duration", minutes: text === "" ? null : Number(text) };
  });

export type Budget = "token_budget" | "walkthrough_token_budget" | "field_token_budget";

const budgetWay = (budget: Budget, choice: (tokens: number | null) => OwnChoice): Way<string> => ({
  key: budget,
  send: async (value, walkthrough) => {
    const text = value.trim();
    if (!/^([1-9]\d{0,8})?$/.test(text)) throw new WaymarkError("invalid_input", lintStrings.budgetProblem);
    return commands.makeOwnChoice({ walkthrough, choice: choice(text === "" ? null : Number(text)) });
  },
});

export const tokenBudget: Record<Budget, Way<string>> = {
  token_budget: budgetWay("token_budget", (token_budget) => ({ token_budget })),
  walkthrough_token_budget: budgetWay("walkthrough_token_budget", (tokens) => ({ walkthrough_token_budget: tokens })),
  field_token_budget: budgetWay("field_token_budget", (tokens) => ({ field_token_budget: tokens })),
};
