import styles from "./table.module.css";

/** Holds the place of rows that are still being read. */
export function TableSkeleton() {
  return (
    <div className={styles.table} aria-hidden>
      <div className={styles.heads} />
      {[62, 48, 55, 40, 70].map((width) => (
        <div key={width} className={styles.bone}>
          <span style={{ width: `${width / 2}%` }} />
          <span style={{ width: `${width / 4}%` }} />
        </div>
      ))}
    </div>
  );
}
