import { type ComponentProps, useId } from "react";
import styles from "./form.module.css";
import { Words } from "./Words";

type Common = { label: string; problem?: string | null; hint?: string; max?: number | undefined; value: string };
type TextFieldProps = Omit<ComponentProps<"input">, "value"> & Common;
type TextAreaProps = Omit<ComponentProps<"textarea">, "value"> & Common;

/** A line of text with its label, and what is wrong with it. */
export function TextField({ label, problem, hint, max, ...input }: TextFieldProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <FieldLabel id={id} label={label} max={max} value={input.value} />
      <input id={id} className={styles.input} {...invalid(id, problem)} {...input} />
      <Below id={id} problem={problem} hint={hint} />
    </div>
  );
}

export function TextArea({ label, problem, hint, max, ...input }: TextAreaProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <FieldLabel id={id} label={label} max={max} value={input.value} />
      <textarea id={id} className={styles.input} {...invalid(id, problem)} {...input} />
      <Below id={id} problem={problem} hint={hint} />
    </div>
  );
}

function invalid(id: string, problem: string | null | undefined) {
  return problem ? { "aria-invalid": true, "aria-describedby": `${id}-problem` } : {};
}

function FieldLabel({ id, label, max, value }: { id: string; label: string; max: number | undefined; value: string }) {
  const length = [...value].length;
  return (
    <label className={styles.label} htmlFor={id}>
      {label}
      {max !== undefined && length > max * 0.8 && (
        <span className={styles.count}>
          {length} / {max}
        </span>
      )}
    </label>
  );
}

function Below({ id, problem, hint }: { id: string; problem: string | null | undefined; hint: string | undefined }) {
  if (problem) {
    return (
      <span id={`${id}-problem`} className={styles.problem} role="alert">
        <Words>{problem}</Words>
      </span>
    );
  }
  return hint ? <span className={styles.hint}>{hint}</span> : null;
}
