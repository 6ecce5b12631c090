import { type FormEvent, useState } from "react";
import { asWaymarkError, type StepId, type WaymarkError } from "../../ipc";
import { Button } from "../../ui/Button";
import { Dialog, DialogActions } from "../../ui/Dialog";
import { TextField } from "../../ui/TextField";
import { useEditor } from "./editor";
import { silence } from "./mending";
import styles from "./problem-list.module.css";
import { strings } from "./strings";

/** A rule to silence: in a step, or in the whole walkthrough. */
export type ToSilence = { rule: string; name: string; step: StepId | null };

export function SilenceDialog({ what, onClose }: { what: ToSilence; onClose: () => void }) {
  const { session, walkthrough } = useEditor();
  const [reason, setReason] = useState("");
  const [error, setError] = useState<WaymarkError | null>(null);
  const { rule, name, step } = what;
  const title = walkthrough.steps.find(({ id }) => id === step)?.title;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await silence(session, { rule, step, reason });
      onClose();
    } catch (thrown) {
      setError(asWaymarkError(thrown));
    }
  };
  return (
    <Dialog
      title={title === undefined ? strings.silenceEverywhere(rule) : strings.silenceHere(rule, title)}
      about={name.replaceAll("`", "")}
      onClose={onClose}
    >
      <form className={styles.form} onSubmit={submit} noValidate>
        <TextField
          label={strings.silenceReason}
          hint={strings.silenceHint}
          value={reason}
          problem={error && [error.message, error.hint].filter(Boolean).join(" ")}
          onChange={(event) => setReason(event.target.value)}
          autoFocus
        />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            {strings.cancel}
          </Button>
          <Button variant="primary" type="submit" disabled={reason.trim() === ""}>
            {strings.silenceNow}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
