// A draft and what production has: what both changed is answered one by one, the rest comes together by itself, and
// nothing is written before the one button is pressed.

import { IconGitMerge } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { asWaymarkError, type LookMerge, queries } from "../../ipc";
import { hrefTo, navigate } from "../../lib/route";
import { useEscape } from "../../lib/use-escape";
import { Button } from "../../ui/Button";
import { Failure, Notice } from "../../ui/Notice";
import { Screen } from "../../ui/Screen";
import { counted } from "./answers";
import { Conflicts } from "./Conflicts";
import { Incoming } from "./Incoming";
import styles from "./merge.module.css";
import { strings } from "./strings";
import { useMerge } from "./use-merge";
import { incomingOf } from "./words";

export function MergeScreen({ walkthrough, connection }: LookMerge) {
  const { query, answers, answer, take, isMerging } = useMerge({ walkthrough, connection });
  const connections = useQuery(queries.connections()).data ?? [];
  const drafts = useQuery(queries.drafts()).data ?? [];
  const name = connections.find(({ id }) => id === connection)?.name ?? connection;
  const view = query.isError ? undefined : query.data;
  const title = view?.title ?? drafts.find(({ id }) => id === walkthrough)?.title;
  const leave = () => navigate({ screen: "publish", id: walkthrough });
  useEscape(leave, !isMerging);
  const states = counted(view?.conflicts ?? [], answers);
  const incoming = view ? incomingOf(view.incoming) : 0;
  const answered = strings.takes(states.mine, states.theirs, states.text);
  const label = states.open > 0 ? strings.conflictsOpen(states.open) : strings.merge(answered, incoming);
  return (
    <Screen
      label={strings.title}
      hasNavigation={false}
      status={<Standing isLooking={query.isFetching} name={name} at={view?.last_sync?.at ?? null} isKnown={!!view} />}
      statusEnd={view && view.conflicts.length > 0 ? strings.keys("F8") : null}
      header={
        <>
          <h1 className={styles.heading}>{strings.title}</h1>
          <a className={styles.subject} href={hrefTo({ screen: "editor", id: walkthrough, step: null })}>
            {title}
          </a>
          <span className={styles.muted}>{strings.with}</span>
          <span className={styles.target}>{name}</span>
          <span className={styles.spring} />
          <Button variant="quiet" onClick={leave}>
            {strings.cancel}
          </Button>
          <Button
            variant="primary"
            icon={IconGitMerge}
            disabled={!view?.has_news || states.open > 0 || isMerging || query.isFetching}
            onClick={() => view && void take(view)}
          >
            {isMerging ? strings.merging : label}
          </Button>
        </>
      }
    >
      {query.isError && <Failure error={asWaymarkError(query.error)} onRetry={() => void query.refetch()} />}
      {view && !view.has_news && (
        <Notice title={strings.noNews} text={strings.noNewsText}>
          <Button onClick={leave}>{strings.toPublish}</Button>
        </Notice>
      )}
      {view?.has_news && (
        <div className={styles.page}>
          <section className={styles.conflicts} aria-labelledby="what-both-changed" data-pane>
            <div className={styles.sectionHead}>
              <h2 className={styles.section} id="what-both-changed">
                {view.conflicts.length === 0 ? strings.none : strings.heading}
              </h2>
              <span className={styles.muted} role="status">
                {view.conflicts.length > 0 && strings.open(states.open, view.conflicts.length)}
              </span>
            </div>
            {view.conflicts.length === 0 && <p className={styles.muted}>{strings.noneText}</p>}
            <Conflicts
              conflicts={view.conflicts}
              hasBase={view.last_sync !== null}
              answers={answers}
              onAnswer={answer}
            />
          </section>
          <Incoming incoming={view.incoming} answered={answered} />
        </div>
      )}
    </Screen>
  );
}

type StandingProps = { isLooking: boolean; isKnown: boolean; name: string; at: number | null };

function Standing({ isLooking, isKnown, name, at }: StandingProps) {
  if (isLooking) return <span role="status">{strings.looking(name)}</span>;
  if (!isKnown) return null;
  return <span>{at === null ? strings.neverInSync : strings.lastSync(at, Date.now())}</span>;
}
