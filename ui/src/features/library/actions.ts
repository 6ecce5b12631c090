// What can be done with a walkthrough as a whole.

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { asWaymarkError, commands, type DraftSummary, keys } from "../../ipc";
import { navigate } from "../../lib/route";
import type { Action } from "../../ui/actions";
import { tell, tellError } from "../../ui/tell";
import { strings } from "./strings";

/** Does something that changes the list, shows the list again, and shows what went wrong. */
async function change(client: QueryClient, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    tellError(asWaymarkError(error));
  }
  await client.invalidateQueries({ queryKey: keys.drafts });
}

export function useDraftActions() {
  const client = useQueryClient();
  return useMemo(
    () => ({
      trash: (draft: Pick<DraftSummary, "id" | "title">) =>
        change(client, async () => {
          await commands.trashDrafts([draft.id]);
          const restore = () => void change(client, () => commands.restoreDrafts([draft.id]));
          tell(strings.trashed(draft.title), { label: strings.undo, run: restore });
        }),
      duplicate: (draft: Pick<DraftSummary, "id">) =>
        change(client, async () => {
          const copy = await commands.duplicateDraft(draft.id);
          navigate({ screen: "editor", id: copy.draft.walkthrough.id, step: null });
        }),
      addExamples: () =>
        change(client, async () => {
          await commands.addExamples();
          tell(strings.examplesAdded);
        }),
    }),
    [client],
  );
}

export type DraftActions = ReturnType<typeof useDraftActions>;

/** The actions of one row, for its menu. */
export function actionsOf(
  draft: DraftSummary,
  actions: DraftActions,
): Record<"open" | "duplicate" | "publish" | "trash", Action> {
  return {
    open: { id: "open", label: strings.open, run: () => navigate({ screen: "editor", id: draft.id, step: null }) },
    duplicate: { id: "duplicate", label: strings.duplicate, run: () => void actions.duplicate(draft) },
    publish: { id: "publish", label: strings.publish, run: () => navigate({ screen: "publish", id: draft.id }) },
    trash: {
      id: "trash",
      label: strings.trash,
      shortcut: "Delete",
      isLocal: true,
      run: () => void actions.trash(draft),
    },
  };
}
