// What can be done with a walkthrough as a whole.

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { asWaymarkError, commands, type DraftSummary, keys } from "../../ipc";
import { navigate } from "../../lib/route";
import { tell, tellError } from "../../ui/tell";
import { takeBack } from "./bulk";
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
          // As one of several, so that the library's undo knows of it.
          const { id } = await commands.applyBulk({ ids: [draft.id], change: "trash" });
          if (id === null) return tell(strings.bulk.nothing);
          const said = strings.trashed(draft.title);
          tell(said, { label: strings.undo, run: () => void takeBack(client, id, said) });
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
