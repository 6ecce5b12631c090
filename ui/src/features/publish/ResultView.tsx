import { IconAlertTriangle, IconCheck, IconHelp, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type Connection, type PublishOutcome, queries } from "../../ipc";
import { classNames } from "../../lib/class-names";
import { navigate, type PublishAim } from "../../lib/route";
import { Button } from "../../ui/Button";
import { Words } from "../../ui/Words";
import { wordsOf } from "./aim";
import styles from "./result.module.css";
import { strings } from "./strings";
import type { Ended } from "./use-publish";

type ResultViewProps = {
  state: Ended;
  ids: string[];
  connection: Connection;
  /** Learners do not see it afterwards. */
  isHidden: boolean;
  aim: PublishAim | null;
  onAgain: () => void;
};

/** How it ended, and what comes next. */
export function ResultView({ state, ids, connection, isHidden, aim, onAgain }: ResultViewProps) {
  const words = wordsOf(aim);
  const outcomes = state.kind === "ended" ? state.outcomes : [];
  const done = outcomes.filter(({ published, is_deleted }) => published !== null || is_deleted).length;
  const errors = state.kind === "failed" ? [state.error] : outcomes.flatMap(({ error }) => (error ? [error] : []));
  const isUnknown = errors.some(({ code }) => code === "outcome_unknown");
  const isGood = errors.length === 0;
  const Mark = isGood ? IconCheck : isUnknown ? IconHelp : done > 0 ? IconAlertTriangle : IconX;
  const title = isGood
    ? words.done(connection.name)
    : isUnknown
      ? strings.unknown
      : done > 0
        ? strings.publishedSome(done, outcomes.length)
        : strings.notPublished;
  const drafts = useQuery(queries.drafts()).data ?? [];
  const isUnreachable = !isHidden && drafts.some(({ id, servers }) => ids.includes(id) && servers.length === 0);
  const next =
    isGood && isUnreachable
      ? strings.nextAssign
      : isGood
        ? isHidden && !aim
          ? strings.nextDraft
          : words.next
        : isUnknown
          ? strings.unknownText
          : null;
  const [only, ...others] = ids;
  return (
    <div className={styles.page} role="status">
      <h2 className={classNames(styles.title, isGood ? styles.good : styles.bad)}>
        <Mark size={22} stroke={2} aria-hidden />
        {title}
      </h2>
      {next && <p className={styles.text}>{next}</p>}
      {state.kind === "failed" && <ErrorText error={state.error} />}
      {outcomes.length > 0 && (
        <ul className={styles.outcomes}>
          {outcomes.map((outcome) => (
            <OutcomeRow key={outcome.id} outcome={outcome} />
          ))}
        </ul>
      )}
      <div className={styles.buttons}>
        {!isGood && (
          <Button variant="primary" onClick={onAgain}>
            {isUnknown ? strings.askAgain : strings.planAgain}
          </Button>
        )}
        {only && others.length === 0 && isGood && isUnreachable && (
          <Button
            variant="primary"
            onClick={() => navigate({ screen: "editor", id: only, step: null, isDetails: true })}
          >
            {strings.assign}
          </Button>
        )}
        {only && others.length === 0 && (
          <Button
            variant={isGood && !isUnreachable ? "primary" : "plain"}
            onClick={() => navigate({ screen: "editor", id: only, step: null })}
          >
            {strings.openWalkthrough}
          </Button>
        )}
        <Button onClick={() => navigate({ screen: "library" })}>{strings.toLibrary}</Button>
      </div>
    </div>
  );
}

function OutcomeRow({ outcome: { title, published, is_deleted, error } }: { outcome: PublishOutcome }) {
  return (
    <li className={styles.outcome}>
      {published || is_deleted ? (
        <IconCheck size={16} stroke={2} className={styles.good} aria-hidden />
      ) : (
        <IconX size={16} stroke={2} className={styles.bad} aria-hidden />
      )}
      <span>
        <strong>{title}</strong>
        {published && <span className={styles.about}>{strings.revision(published.revision)}</span>}
        {error && <ErrorText error={error} />}
      </span>
    </li>
  );
}

function ErrorText({ error }: { error: { message: string; hint: string | null } }) {
  return (
    <span className={styles.about}>
      <Words>{[error.message, error.hint].filter(Boolean).join(" ")}</Words>
    </span>
  );
}
