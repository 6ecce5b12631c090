import { classNames } from "../lib/class-names";
import styles from "./form.module.css";

export type Choices<T extends string> = readonly { value: T; label: string; about?: string }[];

type SelectProps<T extends string> = {
  id?: string;
  /** Its name, where no label stands beside it. */
  label?: string;
  value: T;
  choices: Choices<T>;
  /** As wide as its words and as low as a button, among other things in a row. */
  isSmall?: boolean;
  onChoose: (value: T) => void;
};

/** One of several. The list is the system's own, so that keyboard and screen readers know it. */
export function Select<T extends string>({ id, label, value, choices, isSmall = false, onChoose }: SelectProps<T>) {
  return (
    <select
      id={id}
      aria-label={label}
      className={classNames(styles.select, isSmall && styles.small)}
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
  );
}
