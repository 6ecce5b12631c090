import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { asWaymarkError, commands, keys, queries, type WaymarkError } from "../../ipc";
import { kept, type Stored } from "../../lib/stored";
import { Button } from "../../ui/Button";
import { Dialog, DialogActions } from "../../ui/Dialog";
import { TextField } from "../../ui/TextField";
import { tell } from "../../ui/tell";
import styles from "./details.module.css";
import type { DraftSession } from "./session";
import { strings } from "./strings";

/** Whether somebody is naming a template. */
export const savingTemplate: Stored<boolean> = kept(false);

/** Keeps the walkthrough as one to begin others with. */
export function TemplateDialog({ session, onClose }: { session: DraftSession; onClose: () => void }) {
  const client = useQueryClient();
  const known = useQuery(queries.templates()).data ?? [];
  const [name, setName] = useState("");
  const [about, setAbout] = useState("");
  const [error, setError] = useState<WaymarkError | null>(null);
  const isKnown = known.some((template) => template.is_own && template.name === name.trim());
  const save = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await session.flush();
      const saved = await commands.saveTemplate({ walkthrough: session.read().walkthrough.id, name, about });
      void client.invalidateQueries({ queryKey: keys.templates });
      tell(strings.templateSaved(saved.name));
      onClose();
    } catch (thrown) {
      setError(asWaymarkError(thrown));
    }
  };
  return (
    <Dialog title={strings.saveTemplateTitle} about={strings.templateHint} onClose={onClose}>
      <form className={styles.form} onSubmit={save} noValidate>
        <TextField
          label={strings.templateName}
          value={name}
          max={60}
          problem={error && `${error.message} ${error.hint ?? ""}`}
          {...(isKnown ? { hint: strings.templateReplaces } : {})}
          onChange={(event) => {
            setName(event.target.value);
            setError(null);
          }}
          autoFocus
        />
        <TextField
          label={strings.templateAbout}
          value={about}
          max={500}
          onChange={(event) => setAbout(event.target.value)}
        />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            {strings.cancel}
          </Button>
          <Button variant="primary" type="submit" disabled={name.trim() === ""}>
            {strings.templateSave}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
