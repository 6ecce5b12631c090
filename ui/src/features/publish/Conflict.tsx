import { IconGitMerge } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asWaymarkError, type ConnectionId, commands, keys, queries, type WalkthroughPlan } from "../../ipc";
import { navigate } from "../../lib/route";
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

/** Walkthroughs that are offered to be merged one by one; more are too many buttons. */
const mergedMost = 5;

/** Production changed since the last sync: says so, and offers the ways on. */
export function Conflict({ plans, connection, onOverwrite, onPulled }: ConflictProps) {
  const client = useQueryClient();
  const [isPulling, setIsPulling] = useState(false);
  const drafts = useQuery(queries.drafts()).data ?? [];
  // Where nothing was written here, there is nothing to merge: production's version is the one.
  const hasEdits = ({ id }: WalkthroughPlan) =>
    drafts
      .find((draft) => draft.id === id)
      ?.unpublished.some((part) => part.connection === connection && part.changes > 0) ?? false;
  const isGone = ({ problems }: WalkthroughPlan) => problems.some(({ code }) => code === "remote_removed");
  const there = plans.filter((plan) => !isGone(plan));
  const isPulled = there.length > 0 && !there.some(hasEdits);
  const pull = async () => {
    setIsPulling(true);
    try {
      const pulled = await commands.pull({ connection, ids: there.map(({ id }) => id) });
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
      {there.length > 0 && <p className={styles.muted}>{isPulled ? strings.conflictText : strings.conflictEdited}</p>}
      <div className={styles.buttons}>
        {isPulled && (
          <Button disabled={isPulling} onClick={() => void pull()}>
            {isPulling ? strings.pulling : strings.pull}
          </Button>
        )}
        {!isPulled &&
          there.slice(0, mergedMost).map(({ id, title }) => (
            <Button key={id} icon={IconGitMerge} onClick={() => navigate({ screen: "merge", id, connection })}>
              {plans.length === 1 ? strings.merge : strings.mergeOne(title)}
            </Button>
          ))}
        <Button onClick={onOverwrite}>{strings.planToOverwrite}</Button>
      </div>
    </div>
  );
}
