// The backups of the library: the list, one more, and the way back.

import { IconDeviceFloppy, IconFolderOpen } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { asWaymarkError, type Backup, commands, keys, queries } from "../../ipc";
import { formatSize, formatWhole } from "../../lib/time";
import { useActions } from "../../ui/actions";
import { Button } from "../../ui/Button";
import { Failure } from "../../ui/Notice";
import { tell, tellError } from "../../ui/tell";
import { strings } from "./backup-strings";
import styles from "./backups.module.css";
import { RestoreDialog } from "./RestoreDialog";
import settings from "./settings.module.css";

/** As many as one looks through; the rest is one click away. */
const shownFirst = 8;

export function Backups() {
  const client = useQueryClient();
  const backups = useQuery(queries.backups());
  const [isBusy, setIsBusy] = useState(false);
  const [restoring, setRestoring] = useState<Backup | null>(null);
  const [isWhole, setIsWhole] = useState(false);
  const create = useCallback(async () => {
    setIsBusy(true);
    try {
      const { files } = await commands.createBackup();
      if (files === null) tellError({ message: strings.createdWithoutFiles, hint: null });
      else tell(strings.created);
    } catch (error) {
      tellError(asWaymarkError(error));
    }
    await client.invalidateQueries({ queryKey: keys.backups });
    setIsBusy(false);
  }, [client]);
  useActions(useMemo(() => [{ id: "back-up", label: strings.create, run: () => void create() }], [create]));
  const openFolder = () => void commands.openBackupFolder().catch((error: unknown) => tellError(asWaymarkError(error)));
  const all = backups.data?.backups ?? [];
  const shown = isWhole ? all : all.slice(0, shownFirst);
  return (
    <section className={settings.section} aria-labelledby="backups">
      <h2 id="backups">{strings.title}</h2>
      <p className={styles.about}>{strings.about}</p>
      <div className={styles.actions}>
        <Button icon={IconDeviceFloppy} disabled={isBusy} onClick={() => void create()}>
          {isBusy ? strings.creating : strings.create}
        </Button>
        <Button icon={IconFolderOpen} variant="quiet" onClick={openFolder}>
          {strings.openFolder}
        </Button>
        {backups.data && (
          <span className={styles.folder} title={backups.data.folder}>
            {strings.folder(backups.data.folder)}
          </span>
        )}
      </div>
      {backups.isError && <Failure error={asWaymarkError(backups.error)} onRetry={() => void backups.refetch()} />}
      {backups.data && all.length === 0 && <p className={styles.about}>{strings.none}</p>}
      {shown.length > 0 && (
        <ul className={styles.list}>
          {shown.map((backup) => (
            <li key={backup.name} className={styles.row}>
              <span>{formatWhole(backup.at)}</span>
              <span className={styles.reason}>{strings.reasons[backup.reason]}</span>
              <span className={styles.size}>{formatSize(backup.bytes)}</span>
              <Button
                variant="quiet"
                aria-label={strings.restoreOf(formatWhole(backup.at))}
                onClick={() => setRestoring(backup)}
              >
                {strings.restore}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {shown.length < all.length && (
        <Button variant="quiet" onClick={() => setIsWhole(true)}>
          {strings.showAll(all.length)}
        </Button>
      )}
      {restoring && <RestoreDialog backup={restoring} onClose={() => setRestoring(null)} />}
    </section>
  );
}
