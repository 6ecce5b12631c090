// Name and text of one snippet.

import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { asWaymarkError, commands, type KeptSnippet, keys, type WaymarkError } from "../../ipc";
import { Button } from "../../ui/Button";
import { Dialog, DialogActions } from "../../ui/Dialog";
import { TextArea, TextField } from "../../ui/TextField";
import { tell } from "../../ui/tell";
import styles from "./snippets.module.css";
import { strings } from "./strings";

type SnippetDialogProps = {
  /** Where it begins: an empty name is a new one. */
  snippet: KeptSnippet;
  onClose: () => void;
};

export function SnippetDialog({ snippet, onClose }: SnippetDialogProps) {
  const client = useQueryClient();
  const [name, setName] = useState(snippet.name);
  const [text, setText] = useState(snippet.text);
  const [error, setError] = useState<WaymarkError | null>(null);
  const was = snippet.name || null;
  const problemOf = (field: "name" | "text") =>
    error && (error.field ?? "name") === field ? [error.message, error.hint].filter(Boolean).join(" ") : null;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      const saved = await commands.saveSnippet({ snippet: { name, text }, was });
      await client.invalidateQueries({ queryKey: keys.snippets });
      onClose();
      if (was === null) tell(strings.saved(saved.name));
    } catch (thrown) {
      setError(asWaymarkError(thrown));
    }
  };
  return (
    <Dialog title={was === null ? strings.newTitle : strings.editTitle(was)} width={560} onClose={onClose}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <TextField
          label={strings.name}
          hint={strings.nameHint}
          value={name}
          problem={problemOf("name")}
          onChange={(event) => setName(event.target.value)}
          spellCheck={false}
          autoFocus
        />
        <TextArea
          label={strings.text}
          rows={8}
          value={text}
          problem={problemOf("text")}
          onChange={(event) => setText(event.target.value)}
        />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            {strings.cancel}
          </Button>
          <Button variant="primary" type="submit" disabled={name.trim() === "" || text.trim() === ""}>
            {strings.save}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
