import { useQuery } from "@tanstack/react-query";
import { formatWhen } from "../../lib/time";
import { Button } from "../../ui/Button";
import { Words } from "../../ui/Words";
import { replaceQueries } from "./queries";
import styles from "./replace.module.css";
import { strings } from "./strings";

/** What was replaced lately, and the way back: also after the window was closed. */
export function LastReplacements({ onUndo }: { onUndo: (id: string) => void }) {
  const { data = [] } = useQuery(replaceQueries.last());
  if (data.length === 0) return null;
  return (
    <section className={styles.last} aria-labelledby="last-replacements">
      <h2 id="last-replacements">{strings.last}</h2>
      {data.slice(0, 8).map(({ id, label, at, undone_at, walkthroughs, snippets }) => (
        <div key={id} className={styles.change}>
          <span title={label}>
            <Words>{label}</Words>
          </span>
          <span className={styles.muted}>{strings.lastOf(walkthroughs, snippets)}</span>
          <span className={styles.muted}>{formatWhen(at, Date.now())}</span>
          {undone_at === null ? (
            <Button variant="quiet" aria-label={`${strings.undo}: ${label}`} onClick={() => onUndo(id)}>
              {strings.undo}
            </Button>
          ) : (
            <span className={styles.muted}>{strings.takenBack}</span>
          )}
        </div>
      ))}
    </section>
  );
}
