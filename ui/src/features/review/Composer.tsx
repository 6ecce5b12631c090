// Where a comment is written. What was typed stays until it is sent, however often somebody goes elsewhere.

import { type FormEvent, type KeyboardEvent, useState } from "react";
import { kept, type Stored, useStored } from "../../lib/stored";
import { Button } from "../../ui/Button";
import { TextArea } from "../../ui/TextField";
import styles from "./review.module.css";
import { strings } from "./strings";

/** What is typed and not sent, by what it is an answer to. */
const typed: Stored<ReadonlyMap<string, string>> = kept<ReadonlyMap<string, string>>(new Map());

type ComposerProps = {
  /** Under which it is remembered. */
  of: string;
  label: string;
  placeholder?: string;
  initial?: string;
  send: string;
  isFocused?: boolean;
  mayBeEmpty?: boolean;
  /** False where it could not be sent: then it stays. */
  onSend: (text: string) => Promise<boolean>;
  onCancel?: () => void;
};

export function Composer({ of, label, initial = "", send, onSend, onCancel, ...rest }: ComposerProps) {
  const { placeholder, isFocused, mayBeEmpty = false } = rest;
  const [all, setAll] = useStored(typed);
  const [isSending, setIsSending] = useState(false);
  const text = all.get(of) ?? initial;
  const isMissing = !mayBeEmpty && text.trim() === "";
  const write = (next: string | null) => {
    const others = new Map(typed.read());
    if (next === null) others.delete(of);
    else others.set(of, next);
    setAll(others);
  };
  const submit = async (event: FormEvent | KeyboardEvent) => {
    event.preventDefault();
    if (isSending || isMissing) return;
    setIsSending(true);
    if (await onSend(text)) write(null);
    setIsSending(false);
  };
  const cancel = () => {
    write(null);
    onCancel?.();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void submit(event);
    if (event.key !== "Escape" || !onCancel) return;
    event.preventDefault();
    cancel();
  };
  return (
    <form className={styles.composer} onSubmit={submit}>
      <TextArea
        label={label}
        rows={3}
        value={text}
        placeholder={placeholder}
        autoFocus={isFocused}
        onChange={(event) => write(event.target.value)}
        onKeyDown={press}
      />
      <div className={styles.buttons}>
        <Button variant="primary" type="submit" disabled={isMissing || isSending}>
          {send}
        </Button>
        {onCancel && (
          <Button variant="quiet" onClick={cancel}>
            {strings.cancel}
          </Button>
        )}
      </div>
    </form>
  );
}
