// Who comments here. Asked once, before the first comment or decision.

import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { asWaymarkError, reviewKeys, type WaymarkError } from "../../ipc";
import { useStored } from "../../lib/stored";
import { Button } from "../../ui/Button";
import { Dialog, DialogActions } from "../../ui/Dialog";
import { TextField } from "../../ui/TextField";
import styles from "./review.module.css";
import { strings } from "./strings";
import { naming, setName } from "./use-review";

export function NameDialog({ suggested }: { suggested: string }) {
  const [waiting] = useStored(naming);
  if (!waiting) return null;
  const close = () => {
    naming.write(null);
    waiting.otherwise?.();
  };
  return <Asking suggested={suggested} run={waiting.run} onClose={close} />;
}

type AskingProps = { suggested: string; run: () => void; onClose: () => void };

function Asking({ suggested, run, onClose }: AskingProps) {
  const client = useQueryClient();
  const [name, setTyped] = useState(suggested);
  const [error, setError] = useState<WaymarkError | null>(null);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    try {
      client.setQueryData(reviewKeys.author, await setName(name));
      naming.write(null);
      run();
    } catch (thrown) {
      setError(asWaymarkError(thrown));
    }
  };
  return (
    <Dialog title={strings.nameTitle} about={strings.nameAbout} onClose={onClose}>
      <form className={styles.form} onSubmit={save} noValidate>
        <TextField
          label={strings.name}
          value={name}
          max={80}
          autoComplete="off"
          problem={error && [error.message, error.hint].filter(Boolean).join(" ")}
          onChange={(event) => {
            setTyped(event.target.value);
            setError(null);
          }}
          autoFocus
        />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            {strings.cancel}
          </Button>
          <Button variant="primary" type="submit">
            {strings.nameSave}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
