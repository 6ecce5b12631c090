import { IconDotsVertical, IconLock, IconPlugConnected } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asWaymarkError, type Connection, commands, keys } from "../../ipc";
import { navigate } from "../../lib/route";
import { Button, IconButton } from "../../ui/Button";
import { Dialog, DialogActions } from "../../ui/Dialog";
import { Menu, MenuAction, MenuSeparator } from "../../ui/Menu";
import { Pill } from "../../ui/Pill";
import { tell, tellError } from "../../ui/tell";
import styles from "./connections.module.css";
import { formOf } from "./form";
import { strings } from "./strings";
import { TestResult } from "./TestResult";
import { useTest } from "./use-test";

/** One connection: what it leads to, whether it works, and what can be done with it. */
export function ConnectionRow({ connection, onEdit }: { connection: Connection; onEdit: () => void }) {
  const [isRemoving, setIsRemoving] = useState(false);
  const [isPulling, setIsPulling] = useState(false);
  const client = useQueryClient();
  const test = useTest();
  const pullAll = async () => {
    setIsPulling(true);
    await pull(connection);
    void client.invalidateQueries({ queryKey: keys.drafts });
    setIsPulling(false);
  };
  const { name, host, port, database, user, organization, is_production, is_pgbouncer } = connection;
  return (
    <li className={styles.row}>
      <div className={styles.facts}>
        <h2 className={styles.name}>
          {name}
          {is_production && (
            <Pill tone="danger" icon={IconLock}>
              {strings.production}
            </Pill>
          )}
          {is_pgbouncer && <Pill>{strings.pooled}</Pill>}
          {isPulling && <span role="status">{strings.pulling}</span>}
        </h2>
        <p className={styles.address}>
          {user}@{host}
          {host.startsWith("/") ? "" : `:${port}`}/{database} · {organization}
        </p>
      </div>
      <Button
        icon={IconPlugConnected}
        disabled={test.isRunning}
        onClick={() => void test.run(formOf(connection), "kept")}
      >
        {test.isRunning ? strings.testing : strings.test}
      </Button>
      <Menu trigger={<IconButton label={strings.more(name)} icon={IconDotsVertical} />}>
        <MenuAction action={{ id: "edit", label: strings.edit, run: onEdit }} />
        <MenuAction action={{ id: "pull", label: strings.pull, isEnabled: !isPulling, run: () => void pullAll() }} />
        <MenuSeparator />
        <MenuAction isDangerous action={{ id: "remove", label: strings.remove, run: () => setIsRemoving(true) }} />
      </Menu>
      {test.outcome && (
        <div className={styles.below}>
          <TestResult outcome={test.outcome} form={connection} />
        </div>
      )}
      {isRemoving && <RemoveDialog connection={connection} onClose={() => setIsRemoving(false)} />}
    </li>
  );
}

async function pull({ id, name }: Connection): Promise<void> {
  try {
    const pulled = await commands.pull({ connection: id, ids: null });
    tell(strings.pulled(pulled.filter(({ action }) => action !== "conflict").length, name));
    for (const { id: walkthrough, error } of pulled) {
      const merge = () => navigate({ screen: "merge", id: walkthrough, connection: id });
      if (error) tellError(error, { label: strings.merge, run: merge });
    }
  } catch (error) {
    tellError(asWaymarkError(error));
  }
}

function RemoveDialog({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const client = useQueryClient();
  const remove = async () => {
    onClose();
    try {
      await commands.removeConnection(connection.id);
      tell(strings.removed(connection.name));
    } catch (error) {
      tellError(asWaymarkError(error));
    }
    void client.invalidateQueries({ queryKey: keys.connections });
  };
  return (
    <Dialog title={strings.removeTitle(connection.name)} about={strings.removeText} onClose={onClose}>
      <DialogActions>
        <Button variant="quiet" onClick={onClose}>
          {strings.cancel}
        </Button>
        <Button variant="danger" onClick={() => void remove()}>
          {strings.remove}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
