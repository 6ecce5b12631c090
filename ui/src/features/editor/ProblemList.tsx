// Everything that was found, by rule, the worst first: go to it, fix it, or silence it with a reason.

import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { queries, type Severity } from "../../ipc";
import { useEditor } from "./editor";
import { LinkCheck } from "./LinkCheck";
import { ProblemGroup } from "./ProblemGroup";
import styles from "./problem-list.module.css";
import { grouped } from "./problems";
import { SilenceDialog, type ToSilence } from "./SilenceDialog";
import { SilencedList } from "./SilencedList";
import { strings } from "./strings";

const severities: Severity[] = ["error", "warning", "info"];

export function ProblemList() {
  const { isChecked, findings, silenced, walkthrough } = useEditor();
  const rules = useQuery(queries.lintRules()).data;
  const [hidden, setHidden] = useState<readonly Severity[]>([]);
  const [toSilence, setToSilence] = useState<ToSilence | null>(null);
  const { steps } = walkthrough;
  const groups = useMemo(
    () =>
      grouped(
        findings.filter(({ severity }) => !hidden.includes(severity)),
        steps.map(({ id }) => id),
      ),
    [findings, steps, hidden],
  );
  const toggle = (severity: Severity) =>
    setHidden(hidden.includes(severity) ? hidden.filter((known) => known !== severity) : [...hidden, severity]);
  return (
    <>
      <LinkCheck />
      {findings.length === 0 ? (
        <p className={styles.none}>{isChecked ? strings.noProblems : strings.checking}</p>
      ) : (
        <div className={styles.filters} role="group" aria-label={strings.showSeverities}>
          {severities.map((severity) => {
            const value = findings.filter((finding) => finding.severity === severity).length;
            if (value === 0) return null;
            return (
              <button
                key={severity}
                type="button"
                className={styles.chip}
                aria-pressed={!hidden.includes(severity)}
                onClick={() => toggle(severity)}
              >
                {strings.severities[severity](value)}
              </button>
            );
          })}
        </div>
      )}
      {findings.length > 0 && groups.length === 0 && <p className={styles.none}>{strings.noneOfThese}</p>}
      {groups.map((group) => (
        <ProblemGroup
          key={group.rule}
          group={group}
          rule={rules?.find(({ id }) => id === group.rule)}
          onSilence={setToSilence}
        />
      ))}
      {silenced.length > 0 && <SilencedList findings={silenced} />}
      {toSilence && <SilenceDialog what={toSilence} onClose={() => setToSilence(null)} />}
    </>
  );
}
