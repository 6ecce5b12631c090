// All releases, the newest first, and how far each is.

import { useQuery } from "@tanstack/react-query";
import { asWaymarkError, queries } from "../../ipc";
import { hrefTo, navigate } from "../../lib/route";
import { useEscape } from "../../lib/use-escape";
import { Button } from "../../ui/Button";
import { Failure, Notice } from "../../ui/Notice";
import { Pill } from "../../ui/Pill";
import { Screen } from "../../ui/Screen";
import { releaseQueries } from "./queries";
import styles from "./releases.module.css";
import { strings } from "./strings";
import { howFar } from "./words";

export function ReleasesScreen() {
  const query = useQuery(releaseQueries.all());
  const connections = useQuery(queries.connections()).data ?? [];
  useEscape(() => navigate({ screen: "library" }), true);
  return (
    <Screen label={strings.title} header={<h1 className={styles.heading}>{strings.title}</h1>}>
      {query.isError && <Failure error={asWaymarkError(query.error)} onRetry={() => void query.refetch()} />}
      {query.data?.length === 0 && (
        <Notice title={strings.nothing} text={strings.nothingText}>
          <Button onClick={() => navigate({ screen: "library" })}>{strings.toLibrary}</Button>
        </Notice>
      )}
      {query.data && query.data.length > 0 && (
        <ul className={styles.list}>
          {query.data.map((release) => {
            const to = connections.find(({ id }) => id === release.connection);
            return (
              <li key={release.id} className={styles.release}>
                <a className={styles.name} href={hrefTo({ screen: "releases", id: release.id })}>
                  {release.name}
                </a>
                <span className={styles.muted}>{strings.to(to?.name ?? strings.gone)}</span>
                <span className={styles.muted}>{strings.items(release.items.length)}</span>
                <Pill tone={release.finished_at === null && release.begun_at !== null ? "warning" : "neutral"}>
                  {howFar(release)}
                </Pill>
              </li>
            );
          })}
        </ul>
      )}
    </Screen>
  );
}
