// What differs in one step.

import { IconArrowBackUp, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import {
  asWaymarkError,
  type CompareVersions,
  type DiffLine,
  type FieldChange,
  queries,
  type RestoreOnly,
  type RestorePart,
  type StepChange,
} from "../../ipc";
import { fieldWords } from "../../lib/fields";
import { useStored } from "../../lib/stored";
import { Button, IconButton } from "../../ui/Button";
import { Diff, diffLayout, diffView } from "../../ui/Diff";
import { FieldMark } from "../../ui/FieldMark";
import { Failure } from "../../ui/Notice";
import { Pill, type Tone } from "../../ui/Pill";
import styles from "./comparison.module.css";
import { strings } from "./strings";

type StepComparisonProps = {
  input: CompareVersions;
  step: StepChange;
  onRestore: ((part: RestorePart) => void) | null;
};

export function StepComparison({ input, step, onRestore }: StepComparisonProps) {
  const tone: Tone = step.is_removed ? "danger" : step.is_added ? "accent" : "warning";
  const states = statesOf(step);
  const isRemoval = step.is_added;
  return (
    <li className={styles.step}>
      <div className={styles.row}>
        <span className={styles.number}>{step.number ?? step.number_before}</span>
        <h3 className={styles.title} title={step.title}>
          {step.title}
        </h3>
        {states.map((state) => (
          <Pill key={state} tone={tone}>
            {state}
          </Pill>
        ))}
        <span className={styles.spring} />
        {onRestore && <Parts step={step} onRestore={onRestore} />}
        {onRestore && (
          <Button
            variant="quiet"
            icon={isRemoval ? IconTrash : IconArrowBackUp}
            aria-label={isRemoval ? `${strings.removeStep}: ${step.title}` : strings.restoreStepOf(step.title)}
            onClick={() => onRestore({ part: "step", step: step.id })}
          >
            {isRemoval ? strings.removeStep : strings.restoreStep}
          </Button>
        )}
      </div>
      <Texts input={input} step={step} onRestore={onRestore} />
    </li>
  );
}

/** What of the step can be brought back by itself, as far as it differs. */
function Parts({ step, onRestore }: { step: StepChange; onRestore: (part: RestorePart) => void }) {
  const { id, title, is_added, is_removed, title_before, is_relinked, metadata } = step;
  if (is_added || is_removed) return null;
  const differing: [RestoreOnly, boolean][] = [
    ["title", title_before !== null],
    ["links", is_relinked],
    ["quiz", metadata !== null],
    ["sections", metadata !== null],
  ];
  return differing
    .filter(([, differs]) => differs)
    .map(([only]) => (
      <Button
        key={only}
        variant="quiet"
        aria-label={strings.restorePartOf(only, title)}
        onClick={() => onRestore({ part: "only", only, step: id })}
      >
        {strings.parts[only]}
      </Button>
    ));
}

function Texts({ input, step, onRestore }: StepComparisonProps) {
  const [view] = useStored(diffView);
  if (view === "agent") {
    if (step.is_agent_left_out) return <LeftOut input={{ ...input, step: step.id }} title={step.title} />;
    return <AgentText lines={step.agent} />;
  }
  if (step.fields.length === 0) return null;
  const canRestore = onRestore && !step.is_added && !step.is_removed;
  return (
    <div className={styles.texts}>
      {step.fields.map((change) => (
        <Text
          key={change.field}
          change={change}
          title={step.title}
          onRestore={canRestore ? () => onRestore({ part: "field", step: step.id, field: change.field }) : null}
        />
      ))}
    </div>
  );
}

function AgentText({ lines }: { lines: DiffLine[] | null }) {
  const [layout] = useStored(diffLayout);
  if (!lines) return <p className={styles.quiet}>{strings.noAgentText}</p>;
  return (
    <div className={styles.texts}>
      <Diff lines={lines} layout={layout} caption={strings.agentText} />
    </div>
  );
}

/** Of very many steps nobody reads each: this one is rendered when it is asked for. */
function LeftOut({ input, title }: { input: CompareVersions; title: string }) {
  const [isAsked, setAsked] = useState(false);
  const found = useQuery({ ...queries.comparison(input), enabled: isAsked });
  if (found.isError) return <Failure error={asWaymarkError(found.error)} onRetry={() => void found.refetch()} />;
  if (isAsked && found.data) return <AgentText lines={found.data.steps[0]?.agent ?? null} />;
  return (
    <p className={styles.quiet}>
      {strings.agentLeftOut}{" "}
      <Button variant="quiet" disabled={isAsked} aria-label={strings.showAgentOf(title)} onClick={() => setAsked(true)}>
        {strings.showAgent}
      </Button>
    </p>
  );
}

type TextProps = { change: FieldChange; title: string; onRestore: (() => void) | null };

function Text({ change: { field, lines, added, removed }, title, onRestore }: TextProps) {
  const [layout] = useStored(diffLayout);
  const caption = (
    <>
      <FieldMark field={field} />
      {fieldWords[field].label}
      <span className={styles.count}>
        +{added} −{removed}
      </span>
      <span className={styles.spring} />
      {onRestore && (
        <IconButton
          label={strings.restoreField(fieldWords[field].lower, title)}
          icon={IconArrowBackUp}
          onClick={onRestore}
        />
      )}
    </>
  );
  return <Diff lines={lines} layout={layout} field={field} caption={caption} />;
}

function statesOf(step: StepChange): string[] {
  const { number, number_before, title_before } = step;
  return [
    step.is_added ? strings.added : "",
    step.is_removed ? strings.removed : "",
    step.is_moved && number !== null && number_before !== null ? strings.moved(number_before, number) : "",
    title_before === null ? "" : strings.renamed(title_before),
    step.is_relinked ? strings.relinked : "",
    step.metadata ? strings.metadata : "",
  ].filter(Boolean);
}
