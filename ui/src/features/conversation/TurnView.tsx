// One turn: what the learner says, the agent's call, and what the learner reads then.

import { IconAlertTriangle, IconCode, IconMessagePlus, IconPlug } from "@tabler/icons-react";
import { memo, type ReactNode } from "react";
import type { Turn, TurnDetail, WalkthroughId } from "../../ipc";
import { classNames } from "../../lib/class-names";
import { hrefTo } from "../../lib/route";
import { Button } from "../../ui/Button";
import { Pill } from "../../ui/Pill";
import { Reads } from "./Reads";
import { strings } from "./strings";
import styles from "./turn.module.css";
import { Wire } from "./Wire";

type TurnViewProps = {
  id: WalkthroughId;
  turn: Turn;
  /** Null until it is there. */
  detail: TurnDetail | null;
  isCurrent: boolean;
  isOpen: boolean;
  onToggle: (turn: number) => void;
  onComment: (turn: Turn) => void;
};

export const TurnView = memo(function TurnView({
  id,
  turn,
  detail,
  isCurrent,
  isOpen,
  onToggle,
  onComment,
}: TurnViewProps) {
  const { number, session, learner_says, note, tool, is_error, step, tokens } = turn;
  return (
    <li className={styles.turn} aria-label={strings.turn(number)} aria-current={isCurrent ? "step" : undefined}>
      {note && <p className={styles.note}>{note}</p>}
      {learner_says && (
        <div className={styles.learner}>
          <span className={styles.who}>{strings.learner}</span>
          <p className={styles.bubble}>{learner_says}</p>
        </div>
      )}
      {tool && (
        <CallRow
          name={tool}
          argument={shortened(detail?.arguments ?? "")}
          label={strings.unfold(number)}
          session={session}
          tokens={tokens?.total ?? null}
          isError={is_error}
          isOpen={isOpen}
          onToggle={() => onToggle(number)}
        >
          {detail && <Wire detail={detail} />}
        </CallRow>
      )}
      {tool && (
        <div className={styles.agent}>
          <span className={styles.who}>
            {step ? strings.agent : strings.agentReads}
            {step && (
              <a
                className={styles.step}
                href={hrefTo({ screen: "editor", id, step: step.id })}
                title={strings.openStep}
              >
                <span className="visually-hidden">{strings.openStep}: </span>
                {strings.step(step.number, step.title)}
              </a>
            )}
          </span>
          <Reads id={id} turn={turn} detail={detail} />
          <Button variant="quiet" icon={IconMessagePlus} className={styles.comment} onClick={() => onComment(turn)}>
            {strings.comment}
            <span className="visually-hidden"> {strings.turn(number)}</span>
          </Button>
        </div>
      )}
    </li>
  );
});

type CallRowProps = {
  name: string;
  argument: string;
  label: string;
  tokens: number | null;
  /** Which of several it is made in. */
  session?: number;
  isError?: boolean;
  isOpen: boolean;
  onToggle: () => void;
  children: ReactNode;
};

/** The machine's side: a quiet row that unfolds. */
export function CallRow({ name, argument, label, tokens, session = 1, isError = false, ...fold }: CallRowProps) {
  const { isOpen, onToggle, children } = fold;
  return (
    <div className={classNames(styles.machine, isOpen && styles.open)}>
      <button type="button" className={styles.call} aria-expanded={isOpen} onClick={onToggle}>
        <IconPlug size={15} stroke={1.75} aria-hidden />
        <span className={styles.tool}>{name}</span>
        <span className={styles.argument}>{argument}</span>
        {isError && (
          <Pill tone="warning" icon={IconAlertTriangle}>
            {strings.isError}
          </Pill>
        )}
        {session > 1 && <span className={styles.tokens}>{strings.session(session)}</span>}
        {tokens !== null && <span className={styles.tokens}>{strings.tokens(tokens)}</span>}
        <span className="visually-hidden">{label}</span>
        <IconCode size={16} stroke={1.75} aria-hidden />
      </button>
      {isOpen && <div className={styles.unfolded}>{children}</div>}
    </div>
  );
}

/** Arguments in a line, as one would say them: long ids are cut. */
function shortened(json: string): string {
  if (json === "" || json.length > 2_000) return json.slice(0, 120);
  try {
    const entries = Object.entries(JSON.parse(json) as Record<string, unknown>);
    if (entries.length === 0) return "{ }";
    return `{ ${entries.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(", ")} }`;
  } catch {
    return json.slice(0, 120);
  }
}
