import { useId } from "react";
import styles from "./segments.module.css";

type SegmentsProps<T extends string> = {
  label: string;
  about?: string;
  value: T;
  choices: readonly { value: T; label: string }[];
  onChoose: (value: T) => void;
};

/** One of a few, all in view: a line of a form. */
export function Segments<T extends string>({ label, about, value, choices, onChoose }: SegmentsProps<T>) {
  const id = useId();
  return (
    <div className={styles.row} role="radiogroup" aria-labelledby={id}>
      <span id={id}>{label}</span>
      {about && <span className={styles.about}>{about}</span>}
      <div className={styles.choices}>
        {choices.map((choice) => (
          <label key={choice.value} className={styles.choice}>
            <input type="radio" name={id} checked={choice.value === value} onChange={() => onChoose(choice.value)} />
            {choice.label}
          </label>
        ))}
      </div>
    </div>
  );
}
