// The calls of agents as they are made, newest first, by whatever way they come.

import { useQuery } from "@tanstack/react-query";
import { agentQueries, asWaymarkError, commands, readOnly } from "../../ipc";
import { Button } from "../../ui/Button";
import { Failure } from "../../ui/Notice";
import { tell, tellError } from "../../ui/tell";
import styles from "./agents.module.css";
import { CallRow } from "./CallRow";
import { strings } from "./strings";

export function CallLog() {
  const calls = useQuery(agentQueries.calls());
  const clear = () =>
    void commands
      .clearCalls()
      .then(() => calls.refetch())
      .then(() => tell(strings.cleared))
      .catch((thrown: unknown) => tellError(asWaymarkError(thrown)));
  const all = calls.data;
  const isEmpty = all?.length === 0;
  return (
    <section className={styles.log} aria-labelledby="calls">
      <div className={styles.bar}>
        <h2 className={styles.name} id="calls">
          {strings.log}
        </h2>
        <span className={styles.total}>{all && !isEmpty && strings.total(all.length)}</span>
        <span className={styles.spring} />
        <Button variant="quiet" disabled={!all || isEmpty || readOnly !== null} onClick={clear}>
          {strings.clear}
        </Button>
      </div>
      {calls.isError && <Failure error={asWaymarkError(calls.error)} onRetry={() => void calls.refetch()} />}
      {isEmpty && (
        <div className={styles.empty}>
          <h3 className={styles.title}>{strings.noCalls}</h3>
          <p className={styles.text}>{strings.noCallsAbout}</p>
        </div>
      )}
      <ol className={styles.calls} aria-live="polite" aria-labelledby="calls">
        {all?.map((call) => (
          <CallRow key={call.seq} call={call} />
        ))}
      </ol>
    </section>
  );
}
