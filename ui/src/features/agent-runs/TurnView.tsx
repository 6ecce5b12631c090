// One turn of a run. What machines say to each other is folded.

import { IconAlertTriangle, IconPlug } from "@tabler/icons-react";
import { memo, useState } from "react";
import type { AgentTurn, WalkthroughId } from "../../ipc";
import { classNames } from "../../lib/class-names";
import { hrefTo } from "../../lib/route";
import { Pill } from "../../ui/Pill";
import styles from "./agent-runs.module.css";
import { strings } from "./strings";

/** The place in the page of a turn, for what leads there. */
export const placeOf = (number: number) => `run-turn-${number}`;

type TurnViewProps = { id: WalkthroughId; turn: AgentTurn };

export const TurnView = memo(function TurnView({ id, turn: { number, event } }: TurnViewProps) {
  return (
    <li id={placeOf(number)} className={styles.turn} aria-label={strings.turn(number)} tabIndex={-1}>
      {event.kind === "learner" && (
        <div className={styles.learner}>
          <span className={styles.who}>{strings.learner}</span>
          <p className={styles.bubble}>{event.text}</p>
        </div>
      )}
      {event.kind === "agent" && (
        <>
          {event.text !== "" && (
            <div className={styles.agent}>
              <span className={styles.who}>
                {strings.agent}
                <span className={styles.meta}>
                  {strings.usage(event.usage.input, event.usage.output)} · {strings.seconds(event.millis)}
                </span>
                {event.is_cut && <Pill tone="warning">{strings.isCut}</Pill>}
              </span>
              <div className={styles.said}>
                <p className={styles.text}>{event.text}</p>
              </div>
            </div>
          )}
          {event.calls.map((call) => (
            <Machine key={call.id} number={number} name={call.tool} line={call.arguments}>
              <Text name={strings.passed} text={call.arguments} />
            </Machine>
          ))}
        </>
      )}
      {event.kind === "tool" && (
        <Machine
          number={number}
          name={event.tool}
          line={event.step ? strings.step(event.step.number, event.step.title) : event.outcome}
          isError={event.is_error}
        >
          {event.step && (
            <a href={hrefTo({ screen: "editor", id, step: event.step.id })}>
              {strings.step(event.step.number, event.step.title)}
            </a>
          )}
          <Text name={strings.answered} text={event.text} />
        </Machine>
      )}
    </li>
  );
});

type MachineProps = { number: number; name: string; line: string; isError?: boolean; children: React.ReactNode };

function Machine({ number, name, line, isError = false, children }: MachineProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <div className={classNames(styles.machine, isOpen && styles.open)}>
      <button type="button" className={styles.call} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        <IconPlug size={15} stroke={1.75} aria-hidden />
        <span className={styles.tool}>{name}</span>
        <span className={styles.argument}>{line.slice(0, 160)}</span>
        {isError && (
          <Pill tone="warning" icon={IconAlertTriangle}>
            {strings.isError}
          </Pill>
        )}
        <span className="visually-hidden">{strings.unfold(number)}</span>
      </button>
      {isOpen && <div className={styles.unfolded}>{children}</div>}
    </div>
  );
}

function Text({ name, text }: { name: string; text: string }) {
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption}>{name}</figcaption>
      <pre className={styles.code}>{text}</pre>
    </figure>
  );
}
