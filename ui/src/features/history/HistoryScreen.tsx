// The moments of a walkthrough, what differs from them, and the way back.

import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import {
  asWaymarkError,
  queries,
  type RevisionId,
  type RevisionSummary,
  type StepId,
  type WalkthroughId,
} from "../../ipc";
import { hrefTo, navigate } from "../../lib/route";
import { type Action, useActions } from "../../ui/actions";
import { Failure, Notice } from "../../ui/Notice";
import { Screen } from "../../ui/Screen";
import { Compared } from "./Compared";
import styles from "./history.module.css";
import { MomentList } from "./MomentList";
import { type AskedMoment, MomentMenu } from "./MomentMenu";
import { useRestoredActions } from "./restored";
import { StepFilter } from "./StepFilter";
import { strings } from "./strings";

type HistoryScreenProps = {
  id: WalkthroughId;
  step: StepId | null;
  revision: RevisionId | null;
  other: RevisionId | null;
};

const none: readonly RevisionSummary[] = [];

export function HistoryScreen({ id, step, revision, other }: HistoryScreenProps) {
  const draft = useQuery(queries.draft(id));
  const history = useQuery(queries.history(id, step));
  const walkthrough = draft.data?.draft.walkthrough;
  const moments = history.data ?? none;
  const chosen = moments.find((moment) => moment.id === revision) ?? moments[0] ?? null;
  const back = { screen: "editor", id, step } as const;
  const actions = useMemo(
    (): Action[] => [
      {
        id: "back-to-text",
        label: strings.open,
        shortcut: "Escape",
        run: () => navigate({ screen: "editor", id, step }),
      },
    ],
    [id, step],
  );
  useActions(actions);
  useActions(useRestoredActions(id));
  const choose = (moment: RevisionId) => navigate({ screen: "history", id, step, revision: moment }, "replace");
  const [asked, setAsked] = useState<AskedMoment | null>(null);
  const closeMenu = () => {
    setAsked(null);
    document.querySelector<HTMLElement>("[data-moments]")?.focus();
  };
  const failed = draft.error ?? history.error;
  return (
    <Screen
      label={strings.history}
      hasNavigation={false}
      status={<span>{history.isPending ? strings.reading : strings.total(moments.length)}</span>}
      header={
        <nav className={styles.path} aria-label="Path">
          <a className={styles.back} href={hrefTo({ screen: "library" })}>
            {strings.library}
          </a>
          <span aria-hidden>/</span>
          <a className={styles.back} href={hrefTo(back)} title={walkthrough?.title}>
            {walkthrough?.title ?? id}
          </a>
          <span aria-hidden>/</span>
          <h1 className={styles.heading}>{strings.history}</h1>
        </nav>
      }
    >
      {failed ? (
        <Failure error={asWaymarkError(failed)} onRetry={() => void history.refetch()} />
      ) : (
        <div className={styles.screen}>
          <section className={styles.side} aria-label={strings.moments} data-pane>
            {walkthrough && <StepFilter walkthrough={walkthrough} step={step} />}
            {history.data?.length === 0 ? (
              <p className={styles.none}>{step ? strings.emptyStep : strings.emptyTitle}</p>
            ) : (
              <MomentList
                label={strings.moments}
                moments={moments}
                chosen={chosen?.id ?? null}
                onChoose={choose}
                onAsk={setAsked}
              />
            )}
          </section>
          {asked && (
            <MomentMenu id={id} step={step} moments={moments} chosen={chosen} asked={asked} onClose={closeMenu} />
          )}
          <section className={styles.main} aria-label={strings.compareWith} data-pane>
            {chosen ? (
              <Compared id={id} step={step} moments={moments} chosen={chosen} other={other} />
            ) : (
              history.data && <Notice title={strings.emptyTitle} text={strings.emptyText} />
            )}
          </section>
        </div>
      )}
    </Screen>
  );
}
