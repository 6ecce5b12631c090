import type { Finding } from "../../ipc";
import { Words } from "../../ui/Words";
import { attempt } from "./actions";
import { useEditor } from "./editor";
import { silence } from "./mending";
import styles from "./problem-list.module.css";
import { strings } from "./strings";

/** What somebody has looked at and keeps, with the reasons. */
export function SilencedList({ findings }: { findings: readonly Finding[] }) {
  const { session } = useEditor();
  const again = async ({ rule, step_id }: Finding) => {
    // The reason may stand in the step or in the walkthrough: it is taken away where it stands.
    if (step_id !== null) await silence(session, { rule, step: step_id, reason: null });
    await silence(session, { rule, step: null, reason: null });
  };
  return (
    <details className={styles.silenced}>
      <summary>{strings.silencedCount(findings.length)}</summary>
      <ul className={styles.list}>
        {findings.map((finding) => (
          <li key={`${finding.rule} ${finding.step_id} ${finding.field}`} className={styles.item}>
            <span className={styles.open}>
              <Words>{finding.message}</Words>
              <span className={styles.hint}>
                {finding.rule} · {finding.silenced}
              </span>
            </span>
            <span className={styles.actions}>
              <button type="button" className={styles.act} onClick={() => attempt(() => again(finding))}>
                {strings.showAgain}
              </button>
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
