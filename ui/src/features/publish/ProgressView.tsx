import { Button } from "../../ui/Button";
import styles from "./result.module.css";
import { strings } from "./strings";
import type { Progress } from "./use-publish";

export function ProgressView({ progress, onStop }: { progress: Progress; onStop: () => void }) {
  const { done, total, last, isStopping } = progress;
  return (
    <div className={styles.page}>
      <h2 className={styles.title} id="publishing">
        {strings.publishing}
      </h2>
      <progress
        className={styles.bar}
        max={total}
        {...(total > 1 ? { value: done } : {})}
        aria-labelledby="publishing"
      />
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
