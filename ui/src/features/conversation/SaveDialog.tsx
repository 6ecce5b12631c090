// A conversation is kept under a name, to be replayed against a later draft.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { asWaymarkError, commands, keys, type Script, type WalkthroughId, type WaymarkError } from "../../ipc";
import { Button } from "../../ui/Button";
import { Dialog, DialogActions } from "../../ui/Dialog";
import { TextField } from "../../ui/TextField";
import { tell } from "../../ui/tell";
import { conversationQueries } from "./queries";
import styles from "./side.module.css";
import { strings } from "./strings";

type SaveDialogProps = { id: WalkthroughId; script: Script; onClose: () => void };

export function SaveDialog({ id, script, onClose }: SaveDialogProps) {
  const client = useQueryClient();
  const saved = useQuery(conversationQueries.saved(id)).data;
  const [name, setName] = useState("");
  const [error, setError] = useState<WaymarkError | null>(null);
  const isTaken = saved?.some((known) => known.name === name.trim()) ?? false;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    try {
      const kept = await commands.saveConversation({ walkthrough: id, name, script });
      await client.invalidateQueries({ queryKey: [...keys.conversations(id), "saved"] });
      onClose();
      tell(strings.savedAs(kept.name));
    } catch (thrown) {
      setError(asWaymarkError(thrown));
    }
  };
  return (
    <Dialog title={strings.saveTitle} about={strings.saveAbout} onClose={onClose}>
      <form className={styles.form} onSubmit={save} noValidate>
        <TextField
          label={strings.saveName}
          placeholder={strings.savePlaceholder}
          value={name}
          max={100}
          problem={error && [error.message, error.hint].filter(Boolean).join(" ")}
          {...(isTaken ? { hint: strings.replaces } : {})}
          onChange={(event) => {
            setName(event.target.value);
            setError(null);
          }}
          autoFocus
        />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            {strings.cancel}
          </Button>
          <Button variant="primary" type="submit" disabled={name.trim() === ""}>
            {isTaken ? strings.replaceNow : strings.saveNow}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
