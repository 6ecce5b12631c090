// What was restored in a walkthrough's history, so that undo there takes back that, and not what was written somewhere else.

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { asWaymarkError, commands, keys, type WalkthroughId } from "../../ipc";
import { kept, type Stored } from "../../lib/stored";
import type { Action } from "../../ui/actions";
import { tell, tellError } from "../../ui/tell";
import { strings } from "./strings";

/** By walkthrough, the versions that restoring made: those that stand, and those that were taken back. The last is last. */
type Restored = { done: readonly number[]; undone: readonly number[] };

const none: Restored = { done: [], undone: [] };
const restored: Stored<ReadonlyMap<WalkthroughId, Restored>> = kept<ReadonlyMap<WalkthroughId, Restored>>(new Map());

const of = (id: WalkthroughId): Restored => restored.read().get(id) ?? none;
const set = (id: WalkthroughId, next: Restored) => restored.write(new Map(restored.read()).set(id, next));

export function noteRestored(id: WalkthroughId, version: number): void {
  set(id, { done: [...of(id).done, version], undone: [] });
}

export function refreshDraft(client: QueryClient, id: WalkthroughId): Promise<void> {
  void client.invalidateQueries({ queryKey: keys.drafts });
  void client.invalidateQueries({ queryKey: keys.draft(id) });
  return client.invalidateQueries({ queryKey: keys.history(id) });
}

/** Takes back exactly what made this version. */
export async function takeBackRestored(client: QueryClient, id: WalkthroughId, version: number): Promise<void> {
  try {
    await commands.takeBack({ walkthrough: id, version });
    const { done, undone } = of(id);
    set(id, { done: done.filter((known) => known !== version), undone: [...undone, version] });
    tell(strings.takenBack);
  } catch (error) {
    tellError(asWaymarkError(error));
  }
  await refreshDraft(client, id);
}

async function redoRestored(client: QueryClient, id: WalkthroughId): Promise<void> {
  const { done, undone } = of(id);
  const version = undone.at(-1);
  try {
    const applied = version === undefined ? null : await commands.redo(id);
    if (applied === null || version === undefined) tell(strings.nothingToRedo);
    else {
      set(id, { done: [...done, version], undone: undone.slice(0, -1) });
      tell(strings.restoredAgain);
    }
  } catch (error) {
    tellError(asWaymarkError(error));
  }
  await refreshDraft(client, id);
}

/** Undo and redo of what was restored here. */
export function useRestoredActions(id: WalkthroughId): Action[] {
  const client = useQueryClient();
  return useMemo(() => {
    const undo = () => {
      const version = of(id).done.at(-1);
      if (version === undefined) tell(strings.nothingToUndo);
      else void takeBackRestored(client, id, version);
    };
    return [
      { id: "undo", label: strings.undo, shortcut: "Mod+Z", leavesInputs: true, run: undo },
      {
        id: "redo",
        label: strings.redo,
        shortcut: "Mod+Shift+Z",
        also: ["Mod+Y"],
        leavesInputs: true,
        run: () => void redoRestored(client, id),
      },
    ];
  }, [client, id]);
}
