// Bringing something back, and the way to take that back.

import { useQueryClient } from "@tanstack/react-query";
import { asWaymarkError, commands, keys, type RestoreRevision } from "../../ipc";
import { tell, tellError } from "../../ui/tell";
import { strings } from "./strings";

export function useRestore(): (input: RestoreRevision) => Promise<void> {
  const client = useQueryClient();
  return async (input) => {
    const { walkthrough } = input;
    const refresh = () => {
      void client.invalidateQueries({ queryKey: keys.drafts });
      void client.invalidateQueries({ queryKey: keys.draft(walkthrough) });
      return client.invalidateQueries({ queryKey: keys.history(walkthrough) });
    };
    try {
      await commands.restoreRevision(input);
      const undo = () => {
        commands.undo(walkthrough).then(refresh, (error: unknown) => tellError(asWaymarkError(error)));
      };
      tell(strings.restored, { label: strings.undo, run: undo });
    } catch (error) {
      tellError(asWaymarkError(error));
    }
    await refresh();
  };
}
