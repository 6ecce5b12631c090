// Before anything is written: what changes on the left, what it does to people on the right, one button that says it.

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { asWaymarkError, type Connection, type Plan, queries } from "../../ipc";
import { navigate, type PublishAim } from "../../lib/route";
import { useEscape } from "../../lib/use-escape";
import { Button } from "../../ui/Button";
import { Checkbox } from "../../ui/Checkbox";
import { Failure } from "../../ui/Notice";
import { Screen } from "../../ui/Screen";
import { planOf, wordsOf } from "./aim";
import { aimStrings, releaseStrings } from "./aim-strings";
import { ConnectionPicker } from "./ConnectionPicker";
import { NoConnections } from "./NoConnections";
import { PlanView } from "./PlanView";
import { ProgressView } from "./ProgressView";
import { PublishAction } from "./PublishAction";
import styles from "./publish.module.css";
import { ReleaseDialog } from "./ReleaseDialog";
import { ResultView } from "./ResultView";
import { SourcePicker } from "./SourcePicker";
import { StartSandbox } from "./StartSandbox";
import { Subject } from "./Subject";
import { strings } from "./strings";
import { useConnection } from "./use-connection";
import { usePublish } from "./use-publish";

export function PublishScreen({ ids, aim }: { ids: string[]; aim: PublishAim | null }) {
  const { connections, connection, choose } = useConnection(ids);
  if (connections && !connection) return <NoConnections onConnection={choose} />;
  if (!connection) return <EmptyScreen />;
  return (
    <PublishTo
      key={connection.id}
      ids={ids}
      aim={aim}
      connection={connection}
      connections={connections ?? []}
      onChoose={choose}
    />
  );
}

/** For the moment in which the connections are read. */
const EmptyScreen = () => (
  <Screen label={aimStrings.draft.title} header={null} hasNavigation={false}>
    {null}
  </Screen>
);

type PublishToProps = {
  ids: string[];
  aim: PublishAim | null;
  connection: Connection;
  connections: Connection[];
  onChoose: (id: string) => void;
};

function PublishTo({ ids, aim, connection, connections, onChoose }: PublishToProps) {
  const [wish, setWish] = useState({ isHidden: false, overwrite: false });
  const [isReleasing, setIsReleasing] = useState(false);
  const publish = usePublish(ids, connection.id, aim);
  const isIdle = publish.state.kind === "idle";
  const input = planOf(ids, connection.id, aim, wish);
  const isHidden = input.intent.status !== "published";
  const words = wordsOf(aim);
  const query = useQuery({ ...queries.plan(input), enabled: isIdle });
  const plan = query.isFetching && query.isStale && !query.data ? undefined : query.data;
  const leave = () => {
    const [only, ...others] = ids;
    navigate(only && others.length === 0 ? { screen: "editor", id: only, step: null } : { screen: "library" });
  };
  useEscape(leave, publish.state.kind !== "running");
  const { leave: seen } = publish;
  useEffect(() => seen, [seen]);
  const again = () => {
    publish.reset();
    void query.refetch();
  };
  return (
    <Screen
      label={words.title}
      hasNavigation={false}
      status={
        <PlanLine
          plan={isIdle && !query.isError ? plan : undefined}
          isPending={query.isFetching}
          connection={connection.name}
        />
      }
      header={
        <>
          <h1 className={styles.heading}>{words.title}</h1>
          <Subject ids={ids} plan={plan} />
          {isIdle && (
            <SourcePicker
              aim={aim}
              to={connection}
              connections={connections}
              onChoose={(aim) => navigate({ screen: "publish", id: ids.join(","), ...(aim ? { aim } : {}) })}
            />
          )}
          <span className={styles.muted}>{strings.to}</span>
          <ConnectionPicker connection={connection} connections={connections} isFixed={!isIdle} onChoose={onChoose} />
          <span className={styles.spring} />
          {isIdle && (
            <>
              {(!aim || "from" in aim) && (
                <span className={styles.choice}>
                  <Checkbox
                    label={strings.asDraft}
                    isOn={wish.isHidden}
                    onSwitch={(isHidden) => setWish({ ...wish, isHidden })}
                  />
                </span>
              )}
              {!aim && ids.length > 1 && (
                <Button variant="quiet" onClick={() => setIsReleasing(true)}>
                  {releaseStrings.open}
                </Button>
              )}
              <Button variant="quiet" onClick={leave}>
                {strings.cancel}
              </Button>
              <PublishAction
                plan={query.isError ? undefined : plan}
                isOverwrite={wish.overwrite}
                label={words.button}
                isDangerous={input.version.kind === "nothing"}
                onPublish={(digest, isConfirmed) => void publish.run(input, digest, isConfirmed)}
              />
            </>
          )}
        </>
      }
    >
      {isReleasing && (
        <ReleaseDialog
          ids={ids}
          connection={connection}
          isHidden={wish.isHidden}
          overwrite={wish.overwrite}
          onClose={() => setIsReleasing(false)}
        />
      )}
      {publish.state.kind === "running" && <ProgressView progress={publish.state} onStop={publish.stop} />}
      {(publish.state.kind === "ended" || publish.state.kind === "failed") && (
        <ResultView
          state={publish.state}
          ids={ids}
          connection={connection}
          isHidden={isHidden}
          aim={aim}
          onAgain={again}
        />
      )}
      {isIdle &&
        (query.isError ? (
          <Failure error={asWaymarkError(query.error)} onRetry={() => void query.refetch()}>
            <StartSandbox
              connection={connection}
              error={asWaymarkError(query.error)}
              onStarted={() => void query.refetch()}
            />
            <Button onClick={() => navigate({ screen: "connections" })}>{strings.editConnection}</Button>
          </Failure>
        ) : (
          <PlanView
            plan={plan}
            isDraft={isHidden}
            isOverwrite={wish.overwrite}
            onOverwrite={() => setWish({ ...wish, overwrite: true })}
            onPulled={() => void query.refetch()}
          />
        ))}
    </Screen>
  );
}

type PlanLineProps = { plan: Plan | undefined; isPending: boolean; connection: string };

function PlanLine({ plan, isPending, connection }: PlanLineProps) {
  if (!plan) return isPending ? <span role="status">{strings.planning(connection)}</span> : null;
  const [only, ...others] = plan.walkthroughs;
  return (
    <span>
      {only && others.length === 0
        ? strings.planMade(plan.made_at, only.content_hash)
        : strings.planMadeOnly(plan.made_at)}
    </span>
  );
}
