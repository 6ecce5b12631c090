// What can be done with several walkthroughs at once: each one operation, and one way back.

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import {
  asWaymarkError,
  type BulkChange,
  type BulkChangeId,
  type BulkUndone,
  commands,
  type DraftSummary,
  dialogs,
  keys,
} from "../../ipc";
import { navigate } from "../../lib/route";
import { flushAll } from "../../lib/unsaved";
import { tell, tellError } from "../../ui/tell";
import { strings } from "./strings";

async function attempt(client: QueryClient, run: () => Promise<void>): Promise<void> {
  try {
    await flushAll();
    await run();
  } catch (error) {
    tellError(asWaymarkError(error));
  }
  await client.invalidateQueries({ queryKey: keys.drafts });
}

/** Says what was taken back, and what became of it: what was changed since is named. */
export function tellUndone({ undone, merged, kept, snippets, kept_snippets }: BulkUndone, label: string): void {
  if (kept.length + kept_snippets.length > 0) {
    const hints = kept.map(({ title, messages }) => `“${title}”: ${messages.join(" ")}`);
    const hint = [...hints, ...kept_snippets.map(({ message }) => message)].join(" ");
    tellError({ message: strings.bulk.kept(kept.length, kept_snippets.length), hint });
  } else if (merged.length > 0) tell(strings.bulk.merged(merged.length));
  else tell(strings.bulk.undone(label, undone, snippets));
}

export const takeBack = (client: QueryClient, id: BulkChangeId, label: string) =>
  attempt(client, async () => {
    tellUndone(await commands.undoBulk(id), label);
    void client.invalidateQueries({ queryKey: keys.snippets });
  });

/** Takes back what was done last to walkthroughs of the library, whoever did it. */
export const undoLast = (client: QueryClient): Promise<void> =>
  attempt(client, async () => {
    const last = await commands.lastBulk();
    if (last === null) tell(strings.bulk.nothingToUndo);
    else await takeBack(client, last.id, last.label.replaceAll("`", ""));
  });

export function useBulkActions() {
  const client = useQueryClient();
  return useMemo(() => {
    const change = (ids: string[], change: BulkChange, said: (count: number) => string) =>
      attempt(client, async () => {
        const { id, changed } = await commands.applyBulk({ ids, change });
        if (id === null) return tell(strings.bulk.nothing);
        const undo = () => void takeBack(client, id, said(changed.length));
        tell(said(changed.length), { label: strings.undo, run: undo });
      });
    return {
      change,
      trash: (ids: string[]) => change(ids, "trash", strings.bulk.trashed),
      restore: (ids: string[]) =>
        attempt(client, async () => {
          await commands.restoreDrafts(ids);
          tell(strings.bulk.restored(ids.length));
        }),
      publish: (ids: string[]) => navigate({ screen: "publish", id: ids.join(",") }),
      withdraw: (ids: string[], status: "draft" | "archived" | "published" | "deleted") =>
        navigate({ screen: "publish", id: ids.join(","), aim: { status } }),
      export: (ids: string[]) =>
        attempt(client, async () => {
          const folder = await dialogs.openFolder();
          if (folder === null) return;
          const { files, attachments } = await commands.exportDrafts({ ids, folder });
          tell(strings.bulk.exported(files.length, attachments, folder));
        }),
    };
  }, [client]);
}

export type BulkActions = ReturnType<typeof useBulkActions>;

/** The tags that any of these has. */
export const tagsOf = (drafts: readonly DraftSummary[]): string[] =>
  [...new Set(drafts.flatMap(({ tags }) => tags))].sort((a, b) => a.localeCompare(b));
