// Publishing from the editor. The plan stands beside the button; a clean one goes with one click, any other is shown.

import { IconSend } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { asWaymarkError, type Connection, events, type Plan, queries } from "../../ipc";
import { hrefTo, navigate } from "../../lib/route";
import { flushAll } from "../../lib/unsaved";
import { Button } from "../../ui/Button";
import { tell } from "../../ui/tell";
import styles from "./button.module.css";
import { strings } from "./strings";
import { useConnection } from "./use-connection";
import { usePublish } from "./use-publish";
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
  const input = { ids: [id], connection: connection.id, intent: { as_draft: false, overwrite: false } };
  const client = useQueryClient();
  // Nobody asked for this one, so it asks for nothing; a click may.
  const query = useQuery(queries.peek(input));
  const { state, run } = usePublish();
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
  const publish = async () => {
    await flushAll();
    const data = await client.fetchQuery(queries.plan(input));
    if (!isClean(data)) return show();
    const ended = await run(input, data.digest, false);
    const published = ended.kind === "ended" ? ended.outcomes[0] : undefined;
    if (!published?.published) return show();
    const drafts = await client.fetchQuery(queries.drafts());
    const isReachable = drafts.find((draft) => draft.id === id)?.servers.length !== 0;
    if (isReachable) tell(strings.done(published.title, connection.name), { label: strings.seeIt, run: show });
    else tell(strings.doneUnreachable(published.title, connection.name), { label: strings.assign, run: assign });
  };
  return (
    <span className={styles.group}>
      {isLocked ? (
        <button type="button" className={styles.note} onClick={() => void unlock().catch(show)}>
          {strings.unlock}
        </button>
      ) : (
        <PlanNote id={id} plan={plan} />
      )}
      <Button
        variant="primary"
        icon={IconSend}
        disabled={state.kind === "running"}
        onClick={() => void publish().catch(show)}
      >
        {state.kind === "running" ? strings.publishing : strings.buttonTo(connection.name)}
      </Button>
    </span>
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
