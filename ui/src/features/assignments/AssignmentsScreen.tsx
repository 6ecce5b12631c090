// Which walkthroughs are offered on which servers: what the drafts say, beside what one connection has.

import { IconLock, IconSend } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { asWaymarkError, queries } from "../../ipc";
import { publishTo } from "../../lib/publish-to";
import { navigate } from "../../lib/route";
import { useEscape } from "../../lib/use-escape";
import { Button } from "../../ui/Button";
import { Failure, Notice } from "../../ui/Notice";
import { Pill } from "../../ui/Pill";
import { Screen } from "../../ui/Screen";
import { Select } from "../../ui/Select";
import styles from "./assignments.module.css";
import { Matrix } from "./Matrix";
import { matrixOf } from "./queries";
import { unpublishedOf } from "./rows";
import { strings } from "./strings";

export function AssignmentsScreen({ connection: wanted }: { connection: string | null }) {
  const connections = useQuery(queries.connections()).data;
  const known = connections?.find(({ id }) => id === wanted) ?? connections?.[0];
  const query = useQuery({ ...matrixOf(known?.id ?? null), enabled: connections !== undefined });
  const matrix = query.data;
  const changed = matrix && known ? unpublishedOf(matrix) : [];
  useEscape(() => navigate({ screen: "library" }), true);
  const publish = () => {
    if (!known) return;
    publishTo.write(known.id);
    navigate({ screen: "publish", id: changed.join(",") });
  };
  return (
    <Screen
      label={strings.title}
      header={
        <>
          <h1 className={styles.heading}>{strings.title}</h1>
          {connections && known && (
            <Select
              id="matrix-connection"
              label={strings.connection}
              value={known.id}
              choices={connections.map(({ id, name }) => ({ value: id, label: name }))}
              isSmall
              onChoose={(connection) => navigate({ screen: "assignments", connection }, "replace")}
            />
          )}
          {known?.is_production && (
            <Pill tone="danger" icon={IconLock}>
              {strings.production}
            </Pill>
          )}
          <span className={styles.total}>
            {matrix && strings.total(matrix.walkthroughs.length, matrix.servers.length)}
          </span>
          <span className={styles.spring} />
          {known && (
            <Button variant="primary" icon={IconSend} disabled={changed.length === 0} onClick={publish}>
              {strings.publish(changed.length)}
            </Button>
          )}
        </>
      }
      status={<span>{strings.keys}</span>}
      statusEnd={known && <span>{strings.legend}</span>}
    >
      {query.isError && <Failure error={asWaymarkError(query.error)} onRetry={() => void query.refetch()} />}
      {matrix && matrix.servers.length === 0 && (
        <Notice title={strings.nothing} text={strings.nothingText}>
          <Button onClick={() => navigate({ screen: "connections" })}>{strings.toConnections}</Button>
        </Notice>
      )}
      {matrix && matrix.servers.length > 0 && (
        <div className={styles.page}>
          <Matrix matrix={matrix} />
          {matrix.notes.map((note) => (
            <p key={note} className={styles.note}>
              {note}
            </p>
          ))}
        </div>
      )}
    </Screen>
  );
}
