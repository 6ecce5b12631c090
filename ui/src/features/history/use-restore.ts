// Bringing something back, and the way to take that back.

import { useQueryClient } from "@tanstack/react-query";
import { asWaymarkError, commands, type RestoreRevision } from "../../ipc";
import { tell, tellError } from "../../ui/tell";
import { noteRestored, refreshDraft, takeBackRestored } from "./restored";
import { strings } from "./strings";

export function useRestore(): (input: RestoreRevision) => Promise<void> {
  const client = useQueryClient();
  return async (input) => {
    const { walkthrough } = input;
    try {
      const { version, from_version } = await commands.restoreRevision(input);
      if (version === from_version) tell(strings.isSo);
      else {
        noteRestored(walkthrough, version);
        const undo = () => void takeBackRestored(client, walkthrough, version);
        tell(strings.restored, { label: strings.undo, run: undo });
      }
    } catch (error) {
      tellError(asWaymarkError(error));
    }
    await refreshDraft(client, walkthrough);
  };
}
