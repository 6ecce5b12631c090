import { useId } from "react";
import styles from "./form.module.css";

type SelectFieldProps<T extends string> = {
  label: string;
  value: T;
  choices: readonly { value: T; label: string; about?: string }[];
  onChoose: (value: T) => void;
};

/** The system's own list, so that keyboard and screen readers know it. */
export function SelectField<T extends string>({ label, value, choices, onChoose }: SelectFieldProps<T>) {
  const id = useId();
  const about = choices.find((choice) => choice.value === value)?.about;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className={styles.select}
        value={value}
        onChange={(event) => {
          const chosen = choices.find((choice) => choice.value === event.target.value);
          if (chosen) onChoose(chosen.value);
        }}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
      {about && <span className={styles.hint}>{about}</span>}
    </div>
  );
}
