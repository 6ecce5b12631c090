import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asWaymarkError, type ConnectionId, commands, keys, queries, type WalkthroughPlan } from "../../ipc";
import { Button } from "../../ui/Button";
import { tell, tellError } from "../../ui/tell";
import { Words } from "../../ui/Words";
import styles from "./publish.module.css";
import { strings } from "./strings";

type ConflictProps = {
  plans: WalkthroughPlan[];
  connection: ConnectionId;
  onOverwrite: () => void;
  onPulled: () => void;
};

/** Production changed since the last sync: says so, and offers both ways on. */
export function Conflict({ plans, connection, onOverwrite, onPulled }: ConflictProps) {
  const client = useQueryClient();
  const [isPulling, setIsPulling] = useState(false);
  const drafts = useQuery(queries.drafts()).data ?? [];
  // What was written here is never replaced by a pull, so it is offered only where there is nothing to lose.
  const hasEdits = plans.some(({ id }) =>
    drafts
      .find((draft) => draft.id === id)
      ?.unpublished.some((part) => part.connection === connection && part.changes > 0),
  );
  const pull = async () => {
    setIsPulling(true);
    try {
      const pulled = await commands.pull({ connection, ids: plans.map(({ id }) => id) });
      for (const { error, title } of pulled) error ? tellError(error) : tell(strings.pulled(title));
      void client.invalidateQueries({ queryKey: keys.drafts });
      onPulled();
    } catch (error) {
      tellError(asWaymarkError(error));
    }
    setIsPulling(false);
  };
  const why = plans.flatMap(({ problems }) => problems.filter(({ severity }) => severity === "error"));
  return (
    <div className={styles.conflict} role="alert">
      <h2 className={styles.section}>{strings.conflictTitle}</h2>
      {why.map(({ code, message }) => (
        <p key={code + message}>
          <Words>{message}</Words>
        </p>
      ))}
      <p className={styles.muted}>{hasEdits ? strings.conflictEdited : strings.conflictText}</p>
      <div className={styles.buttons}>
        {!hasEdits && (
          <Button disabled={isPulling} onClick={() => void pull()}>
            {isPulling ? strings.pulling : strings.pull}
          </Button>
        )}
        <Button onClick={onOverwrite}>{strings.planToOverwrite}</Button>
      </div>
    </div>
  );
}
