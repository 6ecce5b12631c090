import { useId } from "react";
import styles from "./form.module.css";
import { type Choices, Select } from "./Select";

type SelectFieldProps<T extends string> = {
  label: string;
  value: T;
  choices: Choices<T>;
  onChoose: (value: T) => void;
};

/** A choice under its label, with what the chosen one means. */
export function SelectField<T extends string>({ label, value, choices, onChoose }: SelectFieldProps<T>) {
  const id = useId();
  const about = choices.find((choice) => choice.value === value)?.about;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <Select id={id} value={value} choices={choices} onChoose={onChoose} />
      {about && <span className={styles.hint}>{about}</span>}
    </div>
  );
}
