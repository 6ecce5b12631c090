import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { type Plan, queries } from "../../ipc";
import { classNames } from "../../lib/class-names";
import { formatNumber } from "../../lib/time";
import { Words } from "../../ui/Words";
import { Before } from "./Before";
import styles from "./effects.module.css";
import { strings } from "./strings";
import { effects, type Sentence, sumOf, type Tone } from "./words";

type EffectsProps = { plan: Plan; isDraft: boolean; isOverwrite: boolean; isAnythingWritten: boolean };

/** What publishing does to people, the number first; then what was checked. */
export function Effects(props: EffectsProps) {
  const { plan } = props;
  const sum = sumOf(plan.walkthroughs);
  const isNew = plan.walkthroughs.every(({ action }) => action === "create");
  const hasLearners = sum.in_progress + sum.completed > 0;
  return (
    <>
      <h2 className={styles.section}>{strings.whatItDoes}</h2>
      {hasLearners && (
        <p className={styles.half}>
          <span className={styles.big}>{formatNumber(sum.in_progress)}</span> {strings.halfWay}
        </p>
      )}
      <ul className={styles.sentences}>
        {hasLearners ? (
          effects(plan.walkthroughs).map((sentence, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two walkthroughs may say the same, and a plan never changes.
            <SentenceRow key={index} sentence={sentence} />
          ))
        ) : (
          <Row tone="good">{isNew ? strings.newToAll : strings.nobodyStarted}</Row>
        )}
      </ul>
      <h2 className={styles.section}>{strings.checks}</h2>
      <ul className={styles.sentences}>
        <Checks {...props} />
      </ul>
      {plan.walkthroughs.length === 1 && (
        <Before walkthrough={plan.walkthroughs[0]?.id ?? ""} connection={plan.connection} />
      )}
    </>
  );
}

function Checks({ plan, isDraft, isOverwrite, isAnythingWritten }: EffectsProps) {
  const isSeveral = plan.walkthroughs.length > 1;
  const isInSync = !isOverwrite && plan.walkthroughs.every(({ action }) => action === "update" || action === "none");
  return (
    <>
      {plan.walkthroughs.flatMap((part) =>
        part.problems.map((problem) => (
          <Row key={`${part.id} ${problem.code} ${problem.message}`} tone={toneOf[problem.severity]}>
            {isSeveral && `${part.title}: `}
            <Words>{problem.message}</Words>
            {problem.hint && (
              <span className={styles.hint}>
                <Words>{problem.hint}</Words>
              </span>
            )}
          </Row>
        )),
      )}
      {isInSync && <Row tone="good">{inSync(plan)}</Row>}
      {isAnythingWritten && <Visibility plan={plan} isDraft={isDraft} />}
      {isAnythingWritten && <Row tone="good">{wayBack(plan, isOverwrite)}</Row>}
    </>
  );
}

function inSync({ walkthroughs, made_at }: Plan): string {
  const [only, ...others] = walkthroughs;
  if (!only?.last_sync || others.length > 0) return strings.inSyncAll;
  return strings.inSync(only.last_sync.revision, only.last_sync.at, made_at);
}

function wayBack({ walkthroughs }: Plan, isOverwrite: boolean): string {
  const [only, ...others] = walkthroughs;
  if (isOverwrite) return strings.overwrittenKept;
  const revision = others.length === 0 ? only?.last_sync?.revision : undefined;
  return revision ? strings.canRollBack(revision) : strings.revisionKept;
}

/** Whether learners will see it: what is assigned to no server reaches nobody. */
function Visibility({ plan, isDraft }: { plan: Plan; isDraft: boolean }) {
  const drafts = useQuery(queries.drafts()).data ?? [];
  const total = plan.walkthroughs.length;
  const unreachable = plan.walkthroughs.filter(
    ({ id }) => drafts.find((draft) => draft.id === id)?.servers.length === 0,
  ).length;
  if (isDraft) return <Row tone="good">{strings.hiddenFromLearners}</Row>;
  if (unreachable > 0) {
    return <Row tone="warning">{total === 1 ? strings.noServers : strings.noServersOf(unreachable, total)}</Row>;
  }
  return <Row tone="good">{strings.visible}</Row>;
}

const toneOf = { info: "good", warning: "warning", error: "danger" } as const;

function SentenceRow({ sentence: { tone, parts } }: { sentence: Sentence }) {
  return (
    <Row tone={tone}>{parts.map((part, index) => (index % 2 === 0 ? <strong key={part}>{part}</strong> : part))}</Row>
  );
}

function Row({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <li className={styles.sentence}>
      <span className={classNames(styles.dot, styles[tone])} aria-hidden />
      <span>{children}</span>
    </li>
  );
}
