import type { Ref } from "react";
import type { WaymarkError } from "../../ipc";
import { Button } from "../../ui/Button";
import { Words } from "../../ui/Words";
import styles from "./dialog.module.css";
import { strings } from "./strings";

type PasswordFieldProps = {
  ref: Ref<HTMLInputElement>;
  isPasted: boolean;
  isKept: boolean;
  problem: string | undefined;
  /** Why the keyring did not take it. */
  error: WaymarkError | null;
  onChange: () => void;
  onKeepForRun: () => void;
};

/** Uncontrolled on purpose: what is typed here exists in this input and in the host, nowhere else. */
export function PasswordField({ ref, isPasted, isKept, problem, error, onChange, onKeepForRun }: PasswordFieldProps) {
  const hint = isPasted ? strings.urlPassword : isKept ? strings.passwordKept : strings.passwordHint;
  return (
    <div className={styles.url}>
      <label className={styles.label} htmlFor="connection-password">
        {strings.password}
      </label>
      <input
        ref={ref}
        id="connection-password"
        className={styles.input}
        type="password"
        autoComplete="off"
        placeholder={isPasted ? strings.passwordPasted : ""}
        aria-describedby="connection-password-about"
        onChange={onChange}
      />
      <p id="connection-password-about" className={problem ? styles.problem : styles.hint}>
        {problem ? <Words>{problem}</Words> : hint}
      </p>
      {error && (
        <div className={styles.keyring} role="alert">
          <strong>{strings.keyringTitle}</strong>
          <p>
            <Words>{[error.message, error.hint, strings.savedWithoutPassword].filter(Boolean).join(" ")}</Words>
          </p>
          <Button onClick={onKeepForRun}>{strings.keepForRun}</Button>
        </div>
      )}
    </div>
  );
}
