import { IconAlertTriangle, IconCircleX, IconInfoCircle } from "@tabler/icons-react";
import { useMemo } from "react";
import type { Finding } from "../../ipc";
import { classNames } from "../../lib/class-names";
import { fieldWords } from "../../lib/fields";
import { FieldMark } from "../../ui/FieldMark";
import { Words } from "../../ui/Words";
import { useEditor } from "./editor";
import styles from "./problem-list.module.css";
import { ordered } from "./problems";
import { strings } from "./strings";

const icons = { error: IconCircleX, warning: IconAlertTriangle, info: IconInfoCircle };

/** Everything that was found, the worst first. Choosing one goes to the place. */
export function ProblemList() {
  const { findings, walkthrough, go, goDetails } = useEditor();
  const { steps } = walkthrough;
  const list = useMemo(
    () =>
      ordered(
        findings,
        steps.map(({ id }) => id),
      ),
    [findings, steps],
  );
  if (list.length === 0) return <p className={styles.none}>{strings.noProblems}</p>;
  const open = ({ step_id, field }: Finding) => (step_id === null ? goDetails() : go(step_id, field));
  return (
    <ul className={styles.list}>
      {list.map((finding, index) => {
        const Mark = icons[finding.severity];
        const at = steps.findIndex(({ id }) => id === finding.step_id);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: findings have no identity of their own.
          <li key={index}>
            <button type="button" className={styles.item} onClick={() => open(finding)}>
              <Mark
                size={16}
                stroke={1.75}
                className={classNames(styles.mark, styles[finding.severity])}
                aria-label={finding.severity}
              />
              <span>
                <Words>{finding.message}</Words>
                {finding.hint && (
                  <span className={styles.hint}>
                    <Words>{finding.hint}</Words>
                  </span>
                )}
                <span className={styles.place}>
                  {finding.rule}
                  {at >= 0 && ` · ${strings.stepNumber(at + 1)}`}
                  {finding.field && (
                    <>
                      {" · "}
                      <FieldMark field={finding.field} />
                      {fieldWords[finding.field].lower}
                    </>
                  )}
                </span>
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
