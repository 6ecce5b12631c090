// Where walkthroughs can be published to.

import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { asWaymarkError, type Connection, queries } from "../../ipc";
import { type Action, useActions } from "../../ui/actions";
import { Button } from "../../ui/Button";
import { Failure } from "../../ui/Notice";
import { Screen } from "../../ui/Screen";
import { ConnectionDialog } from "./ConnectionDialog";
import { ConnectionRow } from "./ConnectionRow";
import styles from "./connections.module.css";
import { SandboxCard } from "./SandboxCard";
import { strings } from "./strings";

type Editing = { connection: Connection | null };

export function ConnectionsScreen() {
  const connections = useQuery(queries.connections());
  const keyring = useQuery(queries.keyring()).data;
  const [editing, setEditing] = useState<Editing | null>(null);
  const actions = useMemo<Action[]>(
    () => [{ id: "new", label: strings.add, shortcut: "Mod+N", run: () => setEditing({ connection: null }) }],
    [],
  );
  useActions(actions);
  const all = connections.data;
  return (
    <Screen
      label={strings.label}
      status={<span>{connections.isPending ? strings.loading : keyringWords(keyring?.is_available)}</span>}
      header={
        <>
          <h1 className={styles.heading}>{strings.title}</h1>
          <span className={styles.total}>{all && all.length > 0 && strings.total(all.length)}</span>
          <span className={styles.spring} />
          <Button variant="primary" icon={IconPlus} onClick={() => setEditing({ connection: null })}>
            {strings.add}
          </Button>
        </>
      }
    >
      {editing && <ConnectionDialog connection={editing.connection} onClose={() => setEditing(null)} />}
      {connections.isError ? (
        <Failure error={asWaymarkError(connections.error)} onRetry={() => void connections.refetch()} />
      ) : (
        <div className={styles.page}>
          {all?.length === 0 && (
            <div className={styles.empty}>
              <h2 className={styles.title}>{strings.emptyTitle}</h2>
              <p className={styles.text}>{strings.emptyText}</p>
            </div>
          )}
          {all && all.length > 0 && (
            <ul className={styles.list}>
              {all.map((connection) => (
                <ConnectionRow key={connection.id} connection={connection} onEdit={() => setEditing({ connection })} />
              ))}
            </ul>
          )}
          {all && <SandboxCard />}
        </div>
      )}
    </Screen>
  );
}

function keyringWords(isAvailable: boolean | undefined): string {
  if (isAvailable === undefined) return "";
  return isAvailable ? strings.passwordsAreKept : strings.noKeyring;
}
