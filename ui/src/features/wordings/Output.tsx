// What the template makes of a step, as an agent receives it, and what that costs.

import { useQuery } from "@tanstack/react-query";
import { asWaymarkError, queries, type WordingLook } from "../../ipc";
import { AgentSheet } from "../../ui/AgentSheet";
import { Failure } from "../../ui/Notice";
import { SelectField } from "../../ui/SelectField";
import { strings } from "./strings";
import styles from "./wordings.module.css";

/** The step that a wording is tried on; without a walkthrough a made-up one. */
export type Trial = { walkthrough: string | null; step: string | null };

type OutputProps = { trial: Trial; onTry: (trial: Trial) => void; look: WordingLook | undefined; error: unknown };

export function Output({ trial, onTry, look, error }: OutputProps) {
  const drafts = useQuery(queries.drafts()).data ?? [];
  return (
    <div className={styles.output}>
      <div className={styles.trial}>
        <SelectField
          label={strings.walkthrough}
          value={trial.walkthrough ?? ""}
          choices={[
            { value: "", label: strings.sample },
            ...drafts.map(({ id, title }) => ({ value: id, label: title })),
          ]}
          onChoose={(walkthrough) => onTry({ walkthrough: walkthrough || null, step: null })}
        />
        {trial.walkthrough !== null && (
          <Steps id={trial.walkthrough} step={trial.step} onStep={(step) => onTry({ ...trial, step })} />
        )}
      </div>
      {look?.tokens && (
        <p className={styles.cost} role="status">
          {strings.cost(look.tokens.total, look.tokens.template, look.default_tokens.template)}
        </p>
      )}
      {error ? <Failure error={asWaymarkError(error)} /> : look && <Text look={look} />}
    </div>
  );
}

function Text({ look }: { look: WordingLook }) {
  if (look.tokens === null) return <p className={styles.nothing}>{strings.noOutput}</p>;
  return <AgentSheet agent={look.agent} />;
}

function Steps({ id, step, onStep }: { id: string; step: string | null; onStep: (step: string) => void }) {
  const steps = useQuery(queries.draft(id)).data?.draft.walkthrough.steps ?? [];
  if (steps.length === 0) return null;
  return (
    <SelectField
      label={strings.step}
      value={step ?? steps[0]?.id ?? ""}
      choices={steps.map(({ id, title }, index) => ({ value: id, label: strings.stepName(index + 1, title) }))}
      onChoose={onStep}
    />
  );
}
