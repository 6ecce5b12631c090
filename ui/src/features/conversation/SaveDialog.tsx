// A conversation is kept under a name, to be replayed against a later draft.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { asWaymarkError, commands, keys, problemOf, type Script, type WalkthroughId } from "../../ipc";
import { NameDialog } from "../../ui/NameDialog";
import { tell } from "../../ui/tell";
import { conversationQueries } from "./queries";
import { strings } from "./strings";

type SaveDialogProps = { id: WalkthroughId; script: Script; onClose: () => void };

export function SaveDialog({ id, script, onClose }: SaveDialogProps) {
  const client = useQueryClient();
  const saved = useQuery(conversationQueries.saved(id)).data;
  const isTaken = (name: string) => saved?.some((known) => known.name === name) ?? false;
  const save = async (name: string) => {
    try {
      const kept = await commands.saveConversation({ walkthrough: id, name, script });
      await client.invalidateQueries({ queryKey: [...keys.conversations(id), "saved"] });
      onClose();
      tell(strings.savedAs(kept.name));
      return null;
    } catch (thrown) {
      return problemOf(asWaymarkError(thrown));
    }
  };
  return (
    <NameDialog
      title={strings.saveTitle}
      about={strings.saveAbout}
      label={strings.saveName}
      placeholder={strings.savePlaceholder}
      max={100}
      isRequired
      hint={(name) => (isTaken(name) ? strings.replaces : undefined)}
      keep={(name) => (isTaken(name) ? strings.replaceNow : strings.saveNow)}
      cancel={strings.cancel}
      onKeep={save}
      onClose={onClose}
    />
  );
}
