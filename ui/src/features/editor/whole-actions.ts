// What is done with a walkthrough as a whole and leaves the editor, for the menu and the palette.

import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { commands, keys, type WalkthroughId } from "../../ipc";
import { navigate } from "../../lib/route";
import type { Action } from "../../ui/actions";
import { tell } from "../../ui/tell";
import { attempt } from "./attempt";
import type { DraftSession } from "./session";
import { strings } from "./strings";

type Whole = { session: DraftSession; id: WalkthroughId; title: string };

export function useWholeActions({ session, id, title }: Whole): { duplicate: Action; trash: Action } {
  const client = useQueryClient();
  return useMemo(() => {
    const refresh = () => client.invalidateQueries({ queryKey: keys.drafts });
    const duplicate = async () => {
      await session.flush();
      const copy = await commands.duplicateDraft(id);
      await refresh();
      navigate({ screen: "editor", id: copy.draft.walkthrough.id, step: null });
    };
    const trash = async () => {
      await session.flush();
      await commands.trashDrafts([id]);
      await refresh();
      navigate({ screen: "library" });
      const restore = () => attempt(() => commands.restoreDrafts([id]).then(refresh));
      tell(strings.trashed(title), { label: strings.undo, run: restore });
    };
    return {
      duplicate: { id: "duplicate-draft", label: strings.duplicate, run: () => attempt(duplicate) },
      trash: { id: "trash-whole", label: strings.trash, run: () => attempt(trash) },
    };
  }, [client, session, id, title]);
}
