// Name and text of one snippet.

import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { asWaymarkError, commands, type KeptSnippet, keys, type WaymarkError } from "../../ipc";
import { Button } from "../../ui/Button";
import { Dialog, DialogActions } from "../../ui/Dialog";
import { TextArea, TextField } from "../../ui/TextField";
import { tell } from "../../ui/tell";
import { draftKey, snippetDrafts } from "./drafts";
import styles from "./snippets.module.css";
import { strings } from "./strings";

type SnippetDialogProps = {
  /** Where it begins: an empty name is a new one. */
  snippet: KeptSnippet;
  onClose: () => void;
};

export function SnippetDialog({ snippet, onClose }: SnippetDialogProps) {
  const client = useQueryClient();
  const key = draftKey(snippet);
  const [kept] = useState(() => snippetDrafts.read()[key]);
  const [{ name, text }, setTyped] = useState(kept ?? snippet);
  const [isKept, setKept] = useState(kept !== undefined);
  const [error, setError] = useState<WaymarkError | null>(null);
  const was = snippet.name || null;
  const problemOf = (field: "name" | "text") =>
    error && (error.field ?? "name") === field ? [error.message, error.hint].filter(Boolean).join(" ") : null;
  const isChanged = name !== snippet.name || text !== snippet.text;
  // Kept at every key: whatever closes the dialog, the window or the machine, it is there the next time.
  const type = (next: KeptSnippet) => {
    setTyped(next);
    keep(next.name === snippet.name && next.text === snippet.text ? null : next);
  };
  const keep = (next: KeptSnippet | null) => {
    const { [key]: _, ...others } = snippetDrafts.read();
    snippetDrafts.write(next ? { ...others, [key]: next } : others);
  };
  const startOver = () => {
    keep(null);
    setTyped(snippet);
    setKept(false);
  };
  const dismiss = () => {
    onClose();
    if (isChanged) tell(strings.keptDraft);
  };
  const drop = () => {
    keep(null);
    onClose();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      const saved = await commands.saveSnippet({ snippet: { name, text }, was });
      await client.invalidateQueries({ queryKey: keys.snippets });
      drop();
      if (was === null) tell(strings.saved(saved.name));
    } catch (thrown) {
      setError(asWaymarkError(thrown));
    }
  };
  return (
    <Dialog title={was === null ? strings.newTitle : strings.editTitle(was)} width={560} onClose={dismiss}>
      <form className={styles.form} onSubmit={submit} noValidate>
        {isKept && (
          <p className={styles.kept}>
            <span>{strings.fromDraft}</span>
            <Button variant="quiet" onClick={startOver}>
              {strings.startOver}
            </Button>
          </p>
        )}
        <TextField
          label={strings.name}
          hint={strings.nameHint}
          value={name}
          problem={problemOf("name")}
          onChange={(event) => type({ name: event.target.value, text })}
          spellCheck={false}
          autoFocus
        />
        <TextArea
          label={strings.text}
          rows={8}
          value={text}
          problem={problemOf("text")}
          onChange={(event) => type({ name, text: event.target.value })}
        />
        <DialogActions>
          <Button variant="quiet" onClick={drop}>
            {isChanged ? strings.discard : strings.cancel}
          </Button>
          <Button variant="primary" type="submit" disabled={name.trim() === "" || text.trim() === ""}>
            {strings.save}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
