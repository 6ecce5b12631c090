import { type FormEvent, useState } from "react";
import { asWaymarkError, type Field, type Part, type StepId, type WaymarkError } from "../../ipc";
import { fieldWords, partWords } from "../../lib/fields";
import { Button } from "../../ui/Button";
import { Dialog, DialogActions } from "../../ui/Dialog";
import { Segments } from "../../ui/Segments";
import { TextField } from "../../ui/TextField";
import { useEditor } from "./editor";
import { silence } from "./mending";
import styles from "./problem-list.module.css";
import { strings } from "./strings";

/** A rule to silence: at first in one text of a step, in the step, or in the whole walkthrough. */
export type ToSilence = { rule: string; name: string; step: StepId | null; field: Field | null; part: Part | null };

type Reach = "part" | "step" | "walkthrough";

export function SilenceDialog({ what, onClose }: { what: ToSilence; onClose: () => void }) {
  const { session, walkthrough } = useEditor();
  const [reason, setReason] = useState("");
  const [error, setError] = useState<WaymarkError | null>(null);
  const { rule, name, step, field, part } = what;
  const place = field ? fieldWords[field].lower : part && partWords[part];
  const [reach, setReach] = useState<Reach>(place ? "part" : step === null ? "walkthrough" : "step");
  const title = walkthrough.steps.find(({ id }) => id === step)?.title;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      const narrow = reach === "part" ? { field, part } : { field: null, part: null };
      await silence(session, { rule, step: reach === "walkthrough" ? null : step, ...narrow, reason });
      onClose();
    } catch (thrown) {
      setError(asWaymarkError(thrown));
    }
  };
  const choices: { value: Reach; label: string }[] = [
    ...(place ? [{ value: "part" as const, label: strings.silenceField(place) }] : []),
    ...(step === null ? [] : [{ value: "step" as const, label: strings.silenceStep }]),
    { value: "walkthrough", label: strings.silenceWalkthrough },
  ];
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
        {choices.length > 1 && (
          <Segments label={strings.silenceReach} value={reach} choices={choices} onChoose={setReach} />
        )}
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
