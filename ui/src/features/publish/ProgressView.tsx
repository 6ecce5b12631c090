import type { WorkProgress } from "../../ipc";
import { Button } from "../../ui/Button";
import { ProgressBar } from "../../ui/ProgressBar";
import styles from "./result.module.css";
import { strings } from "./strings";

export function ProgressView({ progress, onStop }: { progress: WorkProgress; onStop: () => void }) {
  const { done, total, last, isStopping } = progress;
  return (
    <div className={styles.page}>
      <h2 className={styles.title} id="publishing">
        {strings.publishing}
      </h2>
      <ProgressBar total={total} labelledBy="publishing" {...(total > 1 ? { done } : {})} />
      <p className={styles.text} role="status">
        {isStopping ? strings.stopping : [strings.progress(done, total), last].filter(Boolean).join(" · ")}
      </p>
      <div className={styles.buttons}>
        <Button disabled={isStopping} onClick={onStop}>
          {strings.stop}
        </Button>
      </div>
    </div>
  );
}
