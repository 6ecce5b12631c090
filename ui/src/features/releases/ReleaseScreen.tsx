// One release: what is in it, how far each walkthrough is, and one button that begins or goes on.

import { IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { asWaymarkError, queries, type Release } from "../../ipc";
import { navigate } from "../../lib/route";
import { useEscape } from "../../lib/use-escape";
import { Button, IconButton } from "../../ui/Button";
import { Checkbox } from "../../ui/Checkbox";
import { Dialog, DialogActions } from "../../ui/Dialog";
import { Failure, Notice } from "../../ui/Notice";
import { Pill } from "../../ui/Pill";
import { ProgressBar } from "../../ui/ProgressBar";
import { Screen } from "../../ui/Screen";
import { ItemRow } from "./ItemRow";
import { releaseQueries } from "./queries";
import { RunButton } from "./RunButton";
import styles from "./releases.module.css";
import { strings } from "./strings";
import { useRelease } from "./use-release";
import { doneOf, howFar } from "./words";

export function ReleaseScreen({ id }: { id: string }) {
  const all = useQuery(releaseQueries.all()).data;
  const release = all?.find((known) => known.id === id);
  useEscape(() => navigate({ screen: "releases" }), true);
  if (release) return <Of key={id} release={release} />;
  return (
    <Screen label={strings.title} header={<h1 className={styles.heading}>{strings.title}</h1>}>
      {all && (
        <Notice title={strings.notFound} text={strings.notFoundText}>
          <Button onClick={() => navigate({ screen: "releases" })}>{strings.back}</Button>
        </Notice>
      )}
    </Screen>
  );
}

function Of({ release }: { release: Release }) {
  const [isRemoving, setIsRemoving] = useState(false);
  const [takesCurrent, setTakesCurrent] = useState(false);
  const { progress, stop, run, remove, failure } = useRelease(release);
  const isOver = release.finished_at !== null;
  const query = useQuery({ ...releaseQueries.plan(release.id), enabled: !isOver && progress === null });
  const connections = useQuery(queries.connections()).data ?? [];
  const to = connections.find(({ id }) => id === release.connection);
  const plan = query.data && !query.isFetching ? query.data : undefined;
  const changed = plan?.changed ?? [];
  return (
    <Screen
      label={release.name}
      header={
        <>
          <h1 className={styles.heading}>{release.name}</h1>
          <Pill tone={to?.is_production ? "danger" : "neutral"}>{strings.to(to?.name ?? strings.gone)}</Pill>
          <span className={styles.muted}>{howFar(release)}</span>
          <span className={styles.spring} />
          <IconButton
            label={strings.remove}
            icon={IconTrash}
            disabled={!!progress}
            onClick={() => setIsRemoving(true)}
          />
          {!isOver && !progress && (
            <RunButton
              plan={plan}
              isBegun={release.begun_at !== null}
              takesCurrent={takesCurrent}
              onRun={(digest, isConfirmed) => void run(digest, isConfirmed, takesCurrent)}
            />
          )}
        </>
      }
      status={!isOver && query.isFetching ? <span role="status">{strings.looking}</span> : undefined}
    >
      <div className={styles.page}>
        {progress && (
          <div className={styles.progress}>
            <ProgressBar label={strings.running} total={progress.total} done={progress.done} />
            <p role="status">
              {progress.isStopping ? strings.stopping : strings.progress(progress.done, progress.total)}
            </p>
            <Button disabled={progress.isStopping} onClick={stop}>
              {strings.stop}
            </Button>
          </div>
        )}
        {failure && <Failure error={failure} onRetry={() => void query.refetch()} />}
        {!failure && query.isError && (
          <Failure error={asWaymarkError(query.error)} onRetry={() => void query.refetch()} />
        )}
        {changed.length > 0 && !progress && (
          <div className={styles.changed}>
            <p>{strings.changed(changed.length)}</p>
            <Checkbox label={strings.takeCurrent} isOn={takesCurrent} onSwitch={setTakesCurrent} />
          </div>
        )}
        <ul className={styles.list} aria-label={strings.progress(doneOf(release), release.items.length)}>
          {release.items.map((item) => (
            <ItemRow
              key={item.walkthrough}
              item={item}
              isChanged={changed.includes(item.walkthrough)}
              plan={plan?.plan?.walkthroughs.find(({ id }) => id === item.walkthrough)}
            />
          ))}
        </ul>
      </div>
      {isRemoving && (
        <Dialog
          title={strings.removeTitle(release.name)}
          about={strings.removeText}
          onClose={() => setIsRemoving(false)}
        >
          <DialogActions>
            <Button variant="quiet" onClick={() => setIsRemoving(false)}>
              {strings.cancel}
            </Button>
            <Button variant="danger" onClick={() => void remove()}>
              {strings.remove}
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </Screen>
  );
}
