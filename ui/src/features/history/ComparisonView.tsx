// What differs between two versions, and for each difference the way back.

import { IconArrowBackUp } from "@tabler/icons-react";
import { useState } from "react";
import type { CompareVersions, Comparison, RestorePart } from "../../ipc";
import { Button } from "../../ui/Button";
import { Notice } from "../../ui/Notice";
import styles from "./comparison.module.css";
import { StepComparison } from "./StepComparison";
import { strings } from "./strings";

/** More steps than this are shown when they are asked for. */
const most = 60;

type ComparisonViewProps = {
  /** What is compared: one step of it may be asked for. */
  input: CompareVersions;
  comparison: Comparison;
  /** Brings a part back; missing where two revisions are compared. */
  onRestore: ((part: RestorePart) => void) | null;
};

export function ComparisonView({ input, comparison, onRestore }: ComparisonViewProps) {
  const { details, steps, assignments } = comparison;
  const [limit, setLimit] = useState(most);
  if (details.length + steps.length + assignments.length === 0) {
    return <Notice title={strings.same} text={strings.sameText} />;
  }
  return (
    <ul className={styles.rows}>
      {details.map(({ name, before, after }) => (
        <li key={name} className={styles.row}>
          <span className={styles.words}>
            <span className={styles.title}>{strings.details[name] ?? name}</span>
            <span className={styles.sides}>
              <del>{before ?? strings.nothing}</del> → <ins>{after ?? strings.nothing}</ins>
            </span>
          </span>
          {onRestore && (
            <Button
              variant="quiet"
              icon={IconArrowBackUp}
              aria-label={strings.restoreDetail(strings.details[name] ?? name)}
              onClick={() => onRestore({ part: "detail", name })}
            >
              {strings.restore}
            </Button>
          )}
        </li>
      ))}
      {steps.slice(0, limit).map((step) => (
        <StepComparison key={step.id} input={input} step={step} onRestore={onRestore} />
      ))}
      {steps.length > limit && (
        <li className={styles.row}>
          <Button variant="quiet" onClick={() => setLimit(steps.length)}>
            {strings.changes(steps.length - limit)}
          </Button>
        </li>
      )}
      {assignments.map(({ server, before, after }) => (
        <li key={server} className={styles.row}>
          <span className={styles.words}>
            <span className={styles.title}>{strings.server(server)}</span>
            <span className={styles.sides}>
              <del>{before ?? strings.notAssigned}</del> → <ins>{after ?? strings.notAssigned}</ins>
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
