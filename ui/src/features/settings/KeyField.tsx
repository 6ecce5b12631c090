import { type Ref, useId } from "react";
import type { WaymarkError } from "../../ipc";
import { Button } from "../../ui/Button";
import { Words } from "../../ui/Words";
import { modelStrings as strings } from "./model-strings";
import styles from "./models.module.css";

type KeyFieldProps = {
  ref: Ref<HTMLInputElement>;
  isKept: boolean;
  /** Why the keyring did not take it. */
  error: WaymarkError | null;
  onKeepForRun: () => void;
};

/** Uncontrolled on purpose: what is typed here exists in this input and in the host, nowhere else. */
export function KeyField({ ref, isKept, error, onKeepForRun }: KeyFieldProps) {
  const id = useId();
  return (
    <div className={styles.key}>
      <label className={styles.label} htmlFor={id}>
        {strings.key}
      </label>
      <input
        ref={ref}
        id={id}
        className={styles.input}
        type="password"
        autoComplete="off"
        aria-describedby={`${id}-about`}
      />
      <p id={`${id}-about`} className={styles.hint}>
        {isKept ? strings.keyKept : strings.keyHint}
      </p>
      {error && (
        <div className={styles.keyring} role="alert">
          <strong>{strings.keyringTitle}</strong>
          <p>
            <Words>{[error.message, error.hint].filter(Boolean).join(" ")}</Words>
          </p>
          <Button onClick={onKeepForRun}>{strings.keepForRun}</Button>
        </div>
      )}
    </div>
  );
}
