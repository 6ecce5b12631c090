// Publishing from the editor. The plan stands beside the button; a clean one goes with one click, any other is shown.

import { IconAlertTriangle, IconHelp, IconLock, IconSend } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { asWaymarkError, type Connection, events, type Plan, queries, type WorkProgress } from "../../ipc";
import { hrefTo, navigate, parseRoute } from "../../lib/route";
import { flushAll } from "../../lib/unsaved";
import { Button } from "../../ui/Button";
import { ProgressBar } from "../../ui/ProgressBar";
import { tell, tellError } from "../../ui/tell";
import { planOf } from "./aim";
import styles from "./button.module.css";
import { strings } from "./strings";
import { useConnection } from "./use-connection";
import { failureOf, usePublish } from "./use-publish";
import { isClean, noteOf } from "./words";

/** Planning asks the database, so it waits until the writer pauses. */
const pause = 2_500;

export function PublishButton({ id }: { id: string }) {
  const { connections, connection } = useConnection([id]);
  if (connection) return <PublishTo key={connection.id} id={id} connection={connection} />;
  return (
    <Button icon={IconSend} disabled={!connections} onClick={() => navigate({ screen: "publish", id })}>
      {strings.publish}
    </Button>
  );
}

function PublishTo({ id, connection }: { id: string; connection: Connection }) {
  const input = planOf([id], connection.id, null, { isHidden: false, overwrite: false });
  const client = useQueryClient();
  // Nobody asked for this one, so it asks for nothing; a click may.
  const query = useQuery(queries.peek(input));
  const { state, run, stop, reset } = usePublish([id], connection.id, null);
  const { refetch } = query;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = events.changed((event) => {
      if (event.what !== "draft" || event.id !== id) return;
      clearTimeout(timer);
      timer = setTimeout(() => void refetch(), pause);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [id, refetch]);

  const plan = query.isError ? undefined : query.data;
  const isLocked = query.isError && asWaymarkError(query.error).code === "keyring_locked";
  const unlock = async () => {
    await client.fetchQuery(queries.plan(input));
    await refetch();
  };
  const show = () => navigate({ screen: "publish", id });
  const assign = () => navigate({ screen: "editor", id, step: null, isDetails: true });
  /** A plan that cannot be made is said where its ways on are; only a keyring that stays locked has none there. */
  const unplanned = (thrown: unknown) => {
    const error = asWaymarkError(thrown);
    if (error.code === "keyring_locked") tellError(error);
    else show();
  };
  const publish = async () => {
    reset();
    try {
      await flushAll();
    } catch (thrown) {
      return tellError(asWaymarkError(thrown));
    }
    const data = await client.fetchQuery(queries.plan(input)).catch(unplanned);
    if (!data) return;
    if (!isClean(data)) return show();
    const ended = await run(input, data.digest, false);
    // The screen may have been opened meanwhile; it says all of it itself.
    if (parseRoute(location.hash).screen === "publish") return;
    const failure = failureOf(ended);
    if (failure?.code === "cancelled") {
      reset();
      return tell(failure.message);
    }
    if (failure) return tellError(failure, { label: strings.seeIt, run: show });
    reset();
    const title = data.walkthroughs[0]?.title ?? "";
    const drafts = await client.fetchQuery(queries.drafts()).catch(() => []);
    const isReachable = drafts.find((draft) => draft.id === id)?.servers.length !== 0;
    if (isReachable) tell(strings.done(title, connection.name), { label: strings.seeIt, run: show });
    else tell(strings.doneUnreachable(title, connection.name), { label: strings.assign, run: assign });
  };
  const failure = failureOf(state);
  return (
    <span className={styles.group}>
      {state.kind === "running" ? (
        <Running progress={state} onStop={stop} />
      ) : failure ? (
        <FailureNote id={id} isUnknown={failure.code === "outcome_unknown"} />
      ) : isLocked ? (
        <button type="button" className={styles.note} onClick={() => void unlock().catch(unplanned)}>
          {strings.unlock}
        </button>
      ) : (
        <PlanNote id={id} plan={plan} />
      )}
      <Button
        variant="primary"
        icon={connection.is_production ? IconLock : IconSend}
        disabled={state.kind === "running"}
        onClick={() => void publish()}
      >
        {strings.buttonTo(connection.name)}
        {connection.is_production && <span className="visually-hidden"> ({strings.production})</span>}
      </Button>
    </span>
  );
}

function Running({ progress: { isStopping }, onStop }: { progress: WorkProgress; onStop: () => void }) {
  return (
    <>
      <span className={styles.running}>
        <span role="status">{isStopping ? strings.stoppingShort : strings.publishing}</span>
        <ProgressBar total={1} label={strings.publishing} />
      </span>
      <Button disabled={isStopping} onClick={onStop}>
        {strings.stop}
      </Button>
    </>
  );
}

/** What a click would do, in a few words; they lead to the whole plan. */
function PlanNote({ id, plan }: { id: string; plan: Plan | undefined }) {
  const [only] = plan?.walkthroughs ?? [];
  if (!plan || !only) return null;
  return (
    <a className={styles.note} href={hrefTo({ screen: "publish", id })} title={strings.seePlan}>
      {noteOf(plan, only)}
    </a>
  );
}

/** How it ended, until it is asked again; it leads to what happened and what to do. */
function FailureNote({ id, isUnknown }: { id: string; isUnknown: boolean }) {
  const Mark = isUnknown ? IconHelp : IconAlertTriangle;
  return (
    <a className={styles.failed} href={hrefTo({ screen: "publish", id })}>
      <Mark size={16} stroke={2} aria-hidden />
      {isUnknown ? strings.unknownNote : strings.notPublishedNote}
    </a>
  );
}
