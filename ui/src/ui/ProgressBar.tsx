import styles from "./progress-bar.module.css";

type ProgressBarProps = { total: number } & ({ label: string } | { labelledBy: string }) & {
    /** Nothing where it is not known how far it is. */
    done?: number;
  };

export function ProgressBar({ total, done, ...name }: ProgressBarProps) {
  return (
    <progress
      className={styles.bar}
      max={total}
      {...(done === undefined ? {} : { value: done })}
      {...("label" in name ? { "aria-label": name.label } : { "aria-labelledby": name.labelledBy })}
    />
  );
}
