import { classNames } from "../../lib/class-names";
import styles from "./quiz.module.css";

type GrowingProps = {
  label: string;
  placeholder: string;
  className: string | undefined;
  value: string;
  isPrompt?: boolean;
  /** What the text is called where the way to it is looked for. */
  slot: string;
  onChange: (value: string) => void;
};

/** A text that is as high as what is in it. */
export function Growing({ label, placeholder, className, value, isPrompt, slot, onChange }: GrowingProps) {
  return (
    <div className={classNames(styles.growing, className)} data-text={value}>
      <textarea
        rows={1}
        aria-label={label}
        placeholder={placeholder}
        value={value}
        data-slot={slot}
        {...(isPrompt ? { "data-prompt": true } : {})}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
