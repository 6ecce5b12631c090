// A real model goes through a draft while a person or a script plays the user; the runs that were kept, and what was checked.

import { useQuery } from "@tanstack/react-query";
import { asWaymarkError, queries, type WalkthroughId } from "../../ipc";
import { hrefTo, navigate } from "../../lib/route";
import { type Stored, stored } from "../../lib/stored";
import { showWhole } from "../../lib/whole";
import { Button } from "../../ui/Button";
import { Failure, Notice } from "../../ui/Notice";
import { isSizes, Panes, type Sizes } from "../../ui/Panes";
import { Pill } from "../../ui/Pill";
import { Screen } from "../../ui/Screen";
import styles from "./agent-runs.module.css";
import { Beside } from "./Beside";
import { Checks } from "./Checks";
import { KeptList } from "./KeptList";
import { NewRun } from "./NewRun";
import { runQueries } from "./queries";
import { RunView } from "./RunView";
import { strings } from "./strings";
import { Totals } from "./Totals";

const initial = (width: number): Sizes => ({
  start: 240,
  end: Math.round(Math.min(Math.max(width * 0.28, 300), 420)),
});
const sizes: Stored<Sizes | null> = stored<Sizes | null>("agent-run-panes", null, isSizes);

type AgentRunsProps = { id: WalkthroughId; run: string | null; other: string | null };

export function AgentRunsScreen({ id, run, other }: AgentRunsProps) {
  const draft = useQuery(queries.draft(id));
  const title = draft.data?.draft.walkthrough.title ?? "";
  const isTrashed = draft.data !== undefined && draft.data.draft.trashed_at !== null;
  return (
    <Screen label={strings.title} hasNavigation={false} header={<Path id={id} title={title} />}>
      {draft.error ? (
        <Failure error={asWaymarkError(draft.error)} onRetry={() => void draft.refetch()} />
      ) : isTrashed ? (
        <Notice title={strings.trashedTitle} text={strings.trashedText}>
          <Button onClick={() => navigate({ screen: "trash", id })}>{strings.openTrash}</Button>
        </Notice>
      ) : (
        <Panes
          sizes={sizes}
          initial={initial}
          start={null}
          middle={{
            label: strings.turns,
            content:
              run === null ? (
                <NewRun id={id} />
              ) : other === null ? (
                <Run key={run} id={id} run={run} title={title} />
              ) : (
                <Beside key={`${run} ${other}`} id={id} left={run} right={other} />
              ),
          }}
          end={{
            label: strings.about,
            content: <SidePane id={id} run={run} isBeside={other !== null} />,
          }}
        />
      )}
    </Screen>
  );
}

function Path({ id, title }: { id: WalkthroughId; title: string }) {
  return (
    <nav className={styles.path} aria-label={strings.path}>
      <a className={styles.back} href={hrefTo({ screen: "library" })}>
        {strings.library}
      </a>
      <span aria-hidden>/</span>
      <h1 className={styles.heading}>
        <a className={styles.title} href={hrefTo({ screen: "editor", id, step: null })} onPointerEnter={showWhole}>
          {title}
        </a>
      </h1>
      <Pill>{strings.pill}</Pill>
    </nav>
  );
}

function Run({ id, run, title }: { id: WalkthroughId; run: string; title: string }) {
  const shown = useQuery(runQueries.one(id, run));
  if (shown.error && !shown.data) {
    return (
      <Failure error={asWaymarkError(shown.error)} onRetry={() => void shown.refetch()}>
        <Button onClick={() => navigate({ screen: "agent-runs", id })}>{strings.newRun}</Button>
      </Failure>
    );
  }
  if (!shown.data) {
    return (
      <p className={styles.quiet} role="status">
        {strings.loading}
      </p>
    );
  }
  return <RunView id={id} run={shown.data} title={title} />;
}

type SideProps = { id: WalkthroughId; run: string | null; isBeside: boolean };

function SidePane({ id, run, isBeside }: SideProps) {
  const shown = useQuery({ ...runQueries.one(id, run ?? ""), enabled: run !== null && !isBeside }).data;
  return (
    <div className={styles.side}>
      {run !== null && !isBeside && shown && (
        <>
          <Checks summary={shown.summary} isBusy={shown.live?.is_busy ?? false} />
          <Totals summary={shown.summary} />
        </>
      )}
      <KeptList id={id} shown={run} />
    </div>
  );
}
