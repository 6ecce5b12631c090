import { useState } from "react";
import styles from "./quiz.module.css";

type NumberFieldProps = {
  label: string;
  isLabelHidden?: boolean;
  unit?: string;
  /** Null: what is usual holds. */
  value: number | null;
  usual: number;
  onProblem?: (isProblem: boolean) => void;
  onChange: (value: number | null) => void;
};

/** A small whole number. What is no number stays in the input until it is one. */
export function NumberField({ label, isLabelHidden, unit, value, usual, onProblem, onChange }: NumberFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? (value === null ? "" : String(value));
  return (
    <label className={styles.number}>
      <span className={isLabelHidden ? "visually-hidden" : undefined}>{label}</span>
      <input
        inputMode="numeric"
        value={shown}
        placeholder={String(usual)}
        aria-invalid={typed !== null}
        onChange={(event) => {
          const text = event.target.value.trim();
          const isNumber = /^\d{0,4}$/.test(text);
          onProblem?.(!isNumber);
          setTyped(isNumber ? null : event.target.value);
          if (isNumber) onChange(text === "" ? null : Number(text));
        }}
        onBlur={() => {
          setTyped(null);
          onProblem?.(false);
        }}
      />
      {unit && <span>{unit}</span>}
    </label>
  );
}
