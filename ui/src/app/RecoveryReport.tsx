import type { Recovered } from "../ipc";
import { formatNumber, formatWhole } from "../lib/time";
import { Button } from "../ui/Button";
import styles from "./damaged.module.css";
import { strings } from "./strings";

/** Exactly what was saved, from where, and what is lost. */
export function RecoveryReport({ recovered, onDone }: { recovered: Recovered; onDone: () => void }) {
  const { saved, backup, kept } = recovered;
  const isWhole = saved.incomplete.length === 0 && saved.kinds.every(({ lost }) => lost === 0);
  return (
    <section className={styles.page} aria-labelledby="recovered">
      <h1 className={styles.title} id="recovered">
        {strings.recoveredTitle}
      </h1>
      <p className={styles.text}>{isWhole ? strings.recoveredWhole : strings.recoveredPart}</p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{strings.what}</th>
            <th scope="col">{strings.saved}</th>
            <th scope="col">{strings.fromBackup}</th>
            <th scope="col">{strings.lost}</th>
          </tr>
        </thead>
        <tbody>
          {saved.kinds.map(({ name, saved: read, from_backup, lost }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{formatNumber(read)}</td>
              <td>{formatNumber(from_backup)}</td>
              <td className={lost > 0 ? styles.lost : undefined}>{formatNumber(lost)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {saved.incomplete.length > 0 && <p className={styles.text}>{strings.incomplete(saved.incomplete.join(", "))}</p>}
      {saved.lost.length > 0 && <p className={styles.problem}>{strings.lostNames(saved.lost.join(", "))}</p>}
      <p className={styles.text}>{backup ? strings.completedFrom(formatWhole(backup.at)) : strings.notCompleted}</p>
      <p className={styles.cause}>{strings.damagedKept(kept)}</p>
      <div className={styles.actions}>
        <Button variant="primary" onClick={onDone}>
          {strings.openLibrary}
        </Button>
      </div>
    </section>
  );
}
