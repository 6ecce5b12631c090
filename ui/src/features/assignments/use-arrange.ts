// Changing a column: one change to several drafts, which one undo takes back.

import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { type ArrangeServer, asWaymarkError, commands, keys } from "../../ipc";
import { flushAll } from "../../lib/unsaved";
import { tell, tellError } from "../../ui/tell";
import { strings } from "./strings";

export function useArrange() {
  const client = useQueryClient();
  return useCallback(
    async (input: ArrangeServer): Promise<boolean> => {
      const refresh = () => client.invalidateQueries({ queryKey: keys.drafts });
      const undo = async (id: string) => {
        try {
          const { kept } = await commands.undoBulk(id);
          if (kept.length === 0) tell(strings.undone);
          else
            tellError({ message: strings.kept(kept.length), hint: kept.flatMap(({ messages }) => messages).join(" ") });
        } catch (error) {
          tellError(asWaymarkError(error));
        }
        await refresh();
      };
      let isDone = false;
      try {
        await flushAll();
        const { id, changed } = await commands.arrangeAssignments(input);
        isDone = id !== null;
        if (id === null) tell(strings.nothingDone);
        else tell(strings.done(changed.length), { label: strings.undo, run: () => void undo(id) });
      } catch (error) {
        tellError(asWaymarkError(error));
      }
      await refresh();
      return isDone;
    },
    [client],
  );
}
