// What became different: of a saved conversation since it was saved, or of the draft since production has it.

import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { asWaymarkError, queries, type Script, type TurnDifference, type WalkthroughId } from "../../ipc";
import { navigate } from "../../lib/route";
import { Button } from "../../ui/Button";
import { Failure, Notice } from "../../ui/Notice";
import type { Beside } from "./beside";
import styles from "./comparison.module.css";
import { Differences } from "./Differences";
import { conversationQueries } from "./queries";
import { type Side, strings } from "./strings";

type ComparisonProps = { id: WalkthroughId; script: Script; beside: Beside; onClose: () => void };

export function Comparison({ beside, ...props }: ComparisonProps) {
  return beside.what === "replay" ? (
    <Replay {...props} saved={beside.saved} />
  ) : (
    <WithProduction {...props} connection={beside.connection} />
  );
}

type ReplayProps = Omit<ComparisonProps, "beside"> & { saved: Extract<Beside, { what: "replay" }>["saved"] };

function Replay({ id, saved, onClose }: ReplayProps) {
  const replay = useQuery(conversationQueries.replay(id, saved.id));
  return (
    <Compared
      title={strings.replayedTitle(saved.name)}
      waiting={strings.replaying(saved.name)}
      sides={[strings.sides.saved, strings.sides.now]}
      query={replay}
      differences={replay.data?.differences}
      total={saved.turns}
      onClose={onClose}
    />
  );
}

type WithProductionProps = Omit<ComparisonProps, "beside"> & { connection: string };

function WithProduction({ id, script, connection, onClose }: WithProductionProps) {
  const name = useQuery(queries.connections()).data?.find((known) => known.id === connection)?.name ?? connection;
  const comparison = useQuery(conversationQueries.comparison(id, script, connection));
  return (
    <Compared
      title={strings.comparedTitle(name)}
      waiting={strings.comparing(name)}
      sides={[strings.sides.of(name), strings.sides.draft]}
      query={comparison}
      differences={comparison.data?.differences}
      total={comparison.data?.draft.turns.length ?? 0}
      onClose={onClose}
    >
      <Button onClick={() => navigate({ screen: "publish", id })}>{strings.publish}</Button>
      <Button variant="quiet" onClick={() => navigate({ screen: "connections" })}>
        {strings.editConnection}
      </Button>
    </Compared>
  );
}

type ComparedProps = {
  title: string;
  waiting: string;
  sides: readonly [Side, Side];
  query: { error: Error | null; refetch: () => Promise<unknown> };
  differences: TurnDifference[] | undefined;
  total: number;
  onClose: () => void;
  /** What can be done where the other side cannot be had. */
  children?: ReactNode;
};

function Compared({ title, waiting, sides, query, differences, total, onClose, children }: ComparedProps) {
  return (
    <div className={styles.comparison}>
      <div className={styles.head}>
        <div className={styles.what}>
          <h2 className={styles.title}>{title}</h2>
          {differences && differences.length > 0 && (
            <p className={styles.count}>{strings.differ(differences.length, total)}</p>
          )}
        </div>
        <Button icon={IconArrowLeft} onClick={onClose}>
          {strings.backToConversation}
        </Button>
      </div>
      {query.error ? (
        <Failure error={asWaymarkError(query.error)} onRetry={() => void query.refetch()}>
          {children}
        </Failure>
      ) : !differences ? (
        <p className={styles.quiet} role="status">
          {waiting}
        </p>
      ) : differences.length === 0 ? (
        <Notice title={strings.nothingDiffers} text={strings.nothingDiffersText} />
      ) : (
        <Differences differences={differences} sides={sides} />
      )}
    </div>
  );
}
