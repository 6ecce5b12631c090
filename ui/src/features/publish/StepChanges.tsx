// One row for each thing that changes; a step opens to show its text line by line.

import { IconChevronRight } from "@tabler/icons-react";
import { useId, useState } from "react";
import type { AssignmentChange, DetailChange, StepChange, WalkthroughPlan } from "../../ipc";
import { classNames } from "../../lib/class-names";
import { fieldWords } from "../../lib/fields";
import { useStored } from "../../lib/stored";
import { Diff, diffLayout, diffView } from "../../ui/Diff";
import { DiffTools } from "../../ui/DiffTools";
import { Pill, type Tone } from "../../ui/Pill";
import styles from "./changes.module.css";
import { FieldDiff } from "./FieldDiff";
import { strings } from "./strings";
import { statesOf } from "./words";

/** More rows than this are shown when they are asked for. */
const most = 60;

export function StepChanges({ plan }: { plan: WalkthroughPlan }) {
  const [limit, setLimit] = useState(most);
  const { details, steps, assignments, action } = plan;
  if (action === "none" || details.length + steps.length + assignments.length === 0) {
    return <p className={styles.nothing}>{strings.nothingChanges}</p>;
  }
  const firstWithText = steps.find(({ fields }) => fields.length > 0)?.id;
  const shown = steps.slice(0, limit);
  const isCompared = action !== "create" && firstWithText !== undefined;
  return (
    <>
      {isCompared && <DiffTools />}
      <ul className={styles.rows}>
        {action === "create" ? (
          <NewRow plan={plan} />
        ) : (
          details.map((change) => <DetailRow key={change.name} change={change} />)
        )}
        {shown.map((step) => (
          <StepRow key={step.id} step={step} isInitiallyOpen={step.id === firstWithText && action !== "create"} />
        ))}
        {steps.length > shown.length && (
          <li className={styles.row}>
            <button type="button" className={styles.more} onClick={() => setLimit(steps.length)}>
              {strings.more(steps.length - shown.length)}
            </button>
          </li>
        )}
        {assignments.map((change) => (
          <AssignmentRow key={change.server} change={change} />
        ))}
      </ul>
    </>
  );
}

function StepRow({ step, isInitiallyOpen }: { step: StepChange; isInitiallyOpen: boolean }) {
  const [isOpen, setIsOpen] = useState(isInitiallyOpen);
  const id = useId();
  const hasText = step.fields.length > 0;
  const tone: Tone = step.is_removed ? "danger" : step.is_added ? "accent" : "warning";
  const content = (
    <>
      <span className={styles.number}>{step.number ?? "–"}</span>
      <span className={styles.words}>
        <span className={styles.title}>{step.title}</span>
        <span className={styles.about}>{aboutStep(step)}</span>
      </span>
      <Pill tone={tone}>{statesOf(step).join(", ")}</Pill>
      <span className={styles.chevron}>
        {hasText && (
          <IconChevronRight size={16} stroke={1.75} className={classNames(isOpen && styles.open)} aria-hidden />
        )}
      </span>
    </>
  );
  return (
    <li className={styles.row}>
      {hasText ? (
        <button
          type="button"
          className={styles.line}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setIsOpen(!isOpen)}
        >
          {content}
        </button>
      ) : (
        <div className={styles.line}>{content}</div>
      )}
      {isOpen && (
        <div id={id} className={styles.diffs}>
          <StepTexts step={step} />
        </div>
      )}
    </li>
  );
}

/** The texts as they are written, or the whole step as an agent receives it. */
function StepTexts({ step: { number, fields, agent, is_agent_left_out } }: { step: StepChange }) {
  const [view] = useStored(diffView);
  const [layout] = useStored(diffLayout);
  if (view === "agent" && agent) return <Diff lines={agent} layout={layout} caption={strings.agentText} />;
  return (
    <>
      {view === "agent" && is_agent_left_out && <p className={styles.about}>{strings.agentLeftOut}</p>}
      {fields.map((change) => (
        <FieldDiff key={change.field} number={number} change={change} />
      ))}
    </>
  );
}

function aboutStep(step: StepChange): string {
  const fields = step.fields.map(({ field, added, removed }) =>
    strings.lines(fieldWords[field].label.toLowerCase(), added, removed),
  );
  return [
    step.is_moved && step.number_before !== null ? strings.movedFrom(step.number_before) : "",
    step.title_before !== null ? strings.renamedFrom(step.title_before) : "",
    ...(step.is_added ? [] : fields),
    step.is_relinked ? strings.relinked : "",
    step.metadata ? strings.metadata : "",
    step.events_lost > 0 ? strings.eventsLost(step.events_lost) : "",
  ]
    .filter(Boolean)
    .join("; ");
}

/** What is new needs no list of its details: everything in it is new. */
function NewRow({ plan: { title, steps } }: { plan: WalkthroughPlan }) {
  return (
    <li className={styles.row}>
      <div className={styles.line}>
        <span className={styles.number} />
        <span className={styles.words}>
          <span className={styles.title}>{title}</span>
          <span className={styles.about}>{strings.newWalkthrough(steps.length)}</span>
        </span>
        <Pill tone="accent">{strings.states.added}</Pill>
        <span />
      </div>
    </li>
  );
}

function DetailRow({ change: { name, before, after } }: { change: DetailChange }) {
  return (
    <li className={styles.row}>
      <div className={styles.line}>
        <span className={styles.number} />
        <span className={styles.words}>
          <span className={styles.title}>{strings.details[name] ?? name}</span>
          <span className={styles.about}>
            {before !== null && <del className={styles.before}>{before}</del>}
            {before !== null && " → "}
            <ins className={styles.after}>{after ?? strings.nothingBefore}</ins>
          </span>
        </span>
        <Pill>{strings.detail}</Pill>
        <span />
      </div>
    </li>
  );
}

function AssignmentRow({ change: { server, before, after } }: { change: AssignmentChange }) {
  return (
    <li className={styles.row}>
      <div className={styles.line}>
        <span className={styles.number} />
        <span className={styles.words}>
          <span className={styles.title}>{strings.assignment(server)}</span>
          <span className={styles.about}>
            {before ?? strings.notAssigned} → {after ?? strings.notAssigned}
          </span>
        </span>
        <Pill>{strings.assignmentPill}</Pill>
        <span />
      </div>
    </li>
  );
}
