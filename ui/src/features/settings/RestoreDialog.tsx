// Asks before a backup takes the library's place: what would differ, and that what is there is kept.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { asWaymarkError, type Backup, commands, type Difference, queries, type Restored } from "../../ipc";
import { formatWhole } from "../../lib/time";
import { flushAll } from "../../lib/unsaved";
import { Button } from "../../ui/Button";
import { Dialog, DialogActions } from "../../ui/Dialog";
import { tellError } from "../../ui/tell";
import { strings } from "./backup-strings";
import styles from "./backups.module.css";

/** Titles that are named of each kind. */
const namedAtMost = 6;

export function RestoreDialog({ backup, onClose }: { backup: Backup; onClose: () => void }) {
  const difference = useQuery(queries.backupDifference(backup.name));
  const [isBusy, setIsBusy] = useState(false);
  const [restored, setRestored] = useState<Restored | null>(null);
  const restore = async () => {
    setIsBusy(true);
    try {
      // What is typed belongs to what is kept.
      await flushAll();
      setRestored(await commands.restoreBackup(backup.name));
    } catch (error) {
      tellError(asWaymarkError(error));
      onClose();
    }
    setIsBusy(false);
  };
  if (restored) {
    return (
      <Dialog title={strings.doneTitle} onClose={reload}>
        {restored.kept && <p>{strings.kept(restored.kept)}</p>}
        {restored.left_out.length > 0 && (
          <p className={styles.problem}>
            {strings.leftOut(restored.left_out.length)} {named(restored.left_out)}
          </p>
        )}
        <DialogActions>
          <Button variant="primary" onClick={reload}>
            {strings.open}
          </Button>
        </DialogActions>
      </Dialog>
    );
  }
  return (
    <Dialog title={strings.confirmTitle} about={strings.confirmAbout(formatWhole(backup.at))} onClose={onClose}>
      {difference.isPending && <p className={styles.about}>{strings.comparing}</p>}
      {difference.isError && (
        <p className={styles.problem}>
          {strings.notComparable} {asWaymarkError(difference.error).message}
        </p>
      )}
      {difference.data && <Differences of={difference.data} />}
      <DialogActions>
        <Button variant="quiet" onClick={onClose}>
          {strings.cancel}
        </Button>
        <Button variant="danger" disabled={isBusy || difference.isPending} onClick={() => void restore()}>
          {isBusy ? strings.restoring : strings.confirm}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function Differences({ of }: { of: Difference }) {
  const kinds = [
    { label: strings.onlyHere, titles: of.only_here },
    { label: strings.onlyThere, titles: of.only_there },
    { label: strings.changed, titles: of.changed },
  ].filter(({ titles }) => titles.length > 0);
  if (kinds.length === 0) return <p className={styles.about}>{strings.same}</p>;
  return (
    <dl className={styles.differences}>
      {kinds.map(({ label, titles }) => (
        <div key={label(titles.length)}>
          <dt>{label(titles.length)}</dt>
          <dd>{named(titles)}</dd>
        </div>
      ))}
    </dl>
  );
}

function named(titles: readonly string[]): string {
  const rest = titles.length - namedAtMost;
  return [...titles.slice(0, namedAtMost), ...(rest > 0 ? [strings.more(rest)] : [])].join(", ");
}

/** Everything that is shown is of the library before. */
const reload = () => location.reload();
