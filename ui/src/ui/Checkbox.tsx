import { IconCheck } from "@tabler/icons-react";
import styles from "./checkbox.module.css";

type CheckboxProps = {
  label: string;
  about?: string;
  /** The label is only said, not shown. */
  isHidden?: boolean;
  isOn: boolean;
  onSwitch: (isOn: boolean) => void;
};

/** Drawn by us, because the system's own box stays white in the dark theme. */
export function Checkbox({ label, about, isHidden, isOn, onSwitch }: CheckboxProps) {
  return (
    <label className={styles.check}>
      <input type="checkbox" checked={isOn} onChange={(event) => onSwitch(event.target.checked)} />
      <span className={styles.box} aria-hidden>
        {isOn && <IconCheck size={12} stroke={3} />}
      </span>
      <span className={isHidden ? "visually-hidden" : undefined}>
        {label}
        {about && <span className={styles.about}>{about}</span>}
      </span>
    </label>
  );
}
