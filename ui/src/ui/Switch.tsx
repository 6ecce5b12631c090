import styles from "./switch.module.css";

type SwitchProps = { label: string; isOn: boolean; onSwitch: (isOn: boolean) => void };

export function Switch({ label, isOn, onSwitch }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      className={styles.switch}
      aria-checked={isOn}
      aria-label={label}
      title={label}
      onClick={() => onSwitch(!isOn)}
    >
      <span className={styles.track}>
        <span className={styles.knob} />
      </span>
    </button>
  );
}
