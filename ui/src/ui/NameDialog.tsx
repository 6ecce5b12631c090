// Asks for a name under which something is kept. What is refused is said at the name, which stays as it was typed.

import { type FormEvent, useState } from "react";
import { Button } from "./Button";
import { Dialog, DialogActions } from "./Dialog";
import styles from "./name-dialog.module.css";
import { TextField } from "./TextField";

type NameDialogProps = {
  title: string;
  about: string;
  label: string;
  placeholder: string;
  max: number;
  /** Whether there is nothing to keep without a name. */
  isRequired?: boolean;
  /** What is to be known about the name, such as that it is taken. */
  hint?: (name: string) => string | undefined;
  keep: (name: string) => string;
  cancel: string;
  /** Keeps it, and closes; gives what is wrong where it is refused. */
  onKeep: (name: string) => Promise<string | null>;
  onClose: () => void;
};

export function NameDialog({ title, about, onClose, onKeep, ...words }: NameDialogProps) {
  const { label, placeholder, max, isRequired = false, hint, keep, cancel } = words;
  const [name, setName] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(await onKeep(name));
  };
  const said = hint?.(name.trim());
  return (
    <Dialog title={title} about={about} onClose={onClose}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <TextField
          label={label}
          placeholder={placeholder}
          value={name}
          max={max}
          problem={problem}
          {...(said === undefined ? {} : { hint: said })}
          onChange={(event) => {
            setName(event.target.value);
            setProblem(null);
          }}
          autoFocus
        />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            {cancel}
          </Button>
          <Button variant="primary" type="submit" disabled={isRequired && name.trim() === ""}>
            {keep(name.trim())}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
