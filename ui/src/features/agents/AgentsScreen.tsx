// Agents at the drafts: where they reach them, how they are set up, and what they call.

import { useQuery } from "@tanstack/react-query";
import { agentQueries, asWaymarkError } from "../../ipc";
import { Failure } from "../../ui/Notice";
import { Screen } from "../../ui/Screen";
import styles from "./agents.module.css";
import { CallLog } from "./CallLog";
import { EndpointCard } from "./EndpointCard";
import { Setup } from "./Setup";
import { strings } from "./strings";

export function AgentsScreen() {
  const endpoint = useQuery(agentQueries.endpoint());
  const url = endpoint.data?.url ?? null;
  return (
    <Screen
      label={strings.label}
      status={<span>{endpoint.isPending ? strings.loading : url ? strings.started(url) : strings.stopped}</span>}
      header={<h1 className={styles.heading}>{strings.title}</h1>}
    >
      {endpoint.isError ? (
        <Failure error={asWaymarkError(endpoint.error)} onRetry={() => void endpoint.refetch()} />
      ) : (
        <div className={styles.page}>
          <div className={styles.setUp}>
            <p className={styles.about}>{strings.about}</p>
            {endpoint.data && <EndpointCard key={url} url={url} />}
            {endpoint.data && <Setup url={url} />}
          </div>
          <CallLog />
        </div>
      )}
    </Screen>
  );
}
