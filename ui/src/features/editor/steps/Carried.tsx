import { StepCard } from "../StepRow";
import styles from "../steps.module.css";
import { strings } from "../strings";
import type { Row } from "./outline";

/** What is dragged, beside the pointer. */
export function Carried({ row, count }: { row: Row; count: number }) {
  return (
    <div className={styles.overlay}>
      {row.kind === "section" ? (
        <strong className={styles.sectionName}>{row.name ?? strings.noSection}</strong>
      ) : (
        <StepCard step={row.step} number={row.number} problems={undefined} hasQuiz={false} threads={0} />
      )}
      {count > 1 && <span className={styles.dragCount}>{count}</span>}
    </div>
  );
}
