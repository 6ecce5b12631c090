// How things stand after the turn that is shown.

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useId, useState } from "react";
import type { CompletedStep, Turn, WalkthroughId } from "../../ipc";
import { showWhole } from "../../lib/whole";
import { ProgressBar } from "../../ui/ProgressBar";
import { conversationQueries, pageOf } from "./queries";
import styles from "./side.module.css";
import { strings } from "./strings";
import type { Conversing } from "./use-conversation";

type StateViewProps = { id: WalkthroughId; conversing: Conversing; turn: Turn };

export function StateView({ id, conversing: { script, tokens }, turn }: StateViewProps) {
  const label = useId();
  const { progress, current_step, visit, tokens_so_far, template_tokens_so_far } = turn.state;
  const details = useQuery(conversationQueries.details(id, script, pageOf(turn.number))).data;
  return (
    <section aria-labelledby={label}>
      <h2 id={label} className={styles.heading}>
        {strings.stateAfter(turn.number)}
      </h2>
      <dl className={styles.state}>
        <Line name={strings.progress}>
          <span>
            <strong>{progress.percent}%</strong> · {strings.progressIs(progress.completed_steps, progress.total_steps)}
          </span>
          <ProgressBar
            label={strings.progress}
            total={Math.max(progress.total_steps, 1)}
            done={progress.completed_steps}
          />
        </Line>
        <Line name={strings.currentStep}>
          <span className={styles.step} onPointerEnter={showWhole}>
            {current_step
              ? `${strings.number(current_step.number)} · ${current_step.title}`
              : progress.is_completed
                ? strings.allDone
                : strings.noCurrentStep}
          </span>
        </Line>
        <Line name={strings.completed}>
          <Completed steps={details?.get(turn.number)?.completed ?? null} count={progress.completed_steps} />
        </Line>
        <Line name={strings.visit}>
          {visit === null ? (
            <span className={styles.faint}>{strings.noVisit}</span>
          ) : (
            <code className={styles.visit} title={visit}>
              {visit}
            </code>
          )}
        </Line>
        <Line name={strings.tokensSoFar}>
          <span>
            {strings.number(tokens_so_far)}{" "}
            <span className={styles.faint}>{strings.ofTemplate(template_tokens_so_far)}</span>
          </span>
        </Line>
        <Line name={strings.tokensInAll}>
          <span>
            {strings.number(tokens.total)} <span className={styles.faint}>{strings.ofTemplate(tokens.template)}</span>
          </span>
        </Line>
      </dl>
    </section>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.line}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Of many the last ones: they are what this turn was about. */
const shownMax = 5;

function Completed({ steps, count }: { steps: readonly CompletedStep[] | null; count: number }) {
  const [isWhole, setIsWhole] = useState(false);
  if (!steps) return <span className={styles.faint}>{count === 0 ? strings.noneCompleted : "…"}</span>;
  if (steps.length === 0) return <span className={styles.faint}>{strings.noneCompleted}</span>;
  const shown = isWhole ? steps : steps.slice(-shownMax);
  return (
    <>
      {shown.length < steps.length && (
        <button type="button" className={styles.more} onClick={() => setIsWhole(true)}>
          {strings.more(steps.length - shown.length)}
        </button>
      )}
      <ul>
        {shown.map(({ id, title, is_gone }) => (
          <li key={id} className={styles.step} onPointerEnter={showWhole}>
            {title}
            {is_gone && <span className={styles.faint}> ({strings.gone})</span>}
          </li>
        ))}
      </ul>
    </>
  );
}
