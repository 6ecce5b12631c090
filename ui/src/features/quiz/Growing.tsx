import { classNames } from "../../lib/class-names";
import styles from "./quiz.module.css";

type GrowingProps = {
  label: string;
  placeholder: string;
  className: string | undefined;
  value: string;
  isPrompt?: boolean;
  onChange: (value: string) => void;
};

/** A text that is as high as what is in it. */
export function Growing({ label, placeholder, className, value, isPrompt, onChange }: GrowingProps) {
  return (
    <div className={classNames(styles.growing, className)} data-text={value}>
      <textarea
        rows={1}
        aria-label={label}
        placeholder={placeholder}
        value={value}
        {...(isPrompt ? { "data-prompt": true } : {})}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
