// What is to be read anew after a write, by what was written.

import { keys } from "./queries";
import { reviewKeys } from "./reviewing";
import type { What } from "./types";

/** Which keys a write of the host makes stale. */
export function staleKeys(what: What, id: string): readonly (readonly string[])[] {
  switch (what) {
    case "draft":
    case "sync_base":
      return [
        keys.drafts,
        keys.findings(id),
        keys.quizzes(id),
        keys.plans,
        keys.history(id),
        keys.conversations(id),
        reviewKeys.review(id),
        keys.agentRuns(id),
      ];
    case "connection":
      return [keys.connections, keys.drafts, keys.plans];
    case "servers":
      return [["servers"]];
    case "snippet":
      return [keys.snippets];
    case "lint":
      // Budgets are counted with the tokenizer, and so are problems and conversations.
      return [["findings"], keys.lintChoices, keys.drafts, ["conversations"]];
    case "template":
      return [keys.templates];
    case "revision":
      return [keys.history(id)];
    case "conversation":
      return [keys.conversations(id)];
    case "review":
      return [id === "" ? reviewKeys.author : reviewKeys.review(id), keys.plans];
    case "release":
      return [keys.releases];
    case "wording":
      return [keys.wordings, ["conversations"], ["history"], keys.plans];
    case "agent_run":
      return [keys.agentRuns(id)];
    case "provider":
      return [keys.providers];
    case "learner":
      return [["calls"]];
  }
}
