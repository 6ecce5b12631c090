// The runs of this walkthrough: to look at again, to put beside another, to delete.

import { IconColumns2, IconDots, IconPlus, IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asWaymarkError, commands, keys, type RunSummary, type WalkthroughId } from "../../ipc";
import { classNames } from "../../lib/class-names";
import { hrefTo, navigate } from "../../lib/route";
import { Button, IconButton } from "../../ui/Button";
import { Dialog, DialogActions } from "../../ui/Dialog";
import { Menu, MenuAction, MenuSeparator } from "../../ui/Menu";
import { tell, tellError } from "../../ui/tell";
import styles from "./agent-runs.module.css";
import { runQueries } from "./queries";
import { strings } from "./strings";

type KeptListProps = { id: WalkthroughId; shown: string | null };

export function KeptList({ id, shown }: KeptListProps) {
  const runs = useQuery(runQueries.list(id));
  const [removing, setRemoving] = useState<RunSummary | null>(null);
  return (
    <section aria-labelledby="kept-runs">
      <div className={styles.sideHead}>
        <h2 id="kept-runs" className={styles.sideHeading}>
          {strings.kept}
        </h2>
        {shown !== null && (
          <Button variant="quiet" icon={IconPlus} onClick={() => navigate({ screen: "agent-runs", id })}>
            {strings.newRun}
          </Button>
        )}
      </div>
      {runs.error ? (
        <p className={styles.problem} role="alert">
          {asWaymarkError(runs.error).message}{" "}
          <Button variant="quiet" onClick={() => void runs.refetch()}>
            {strings.retry}
          </Button>
        </p>
      ) : runs.data?.length === 0 ? (
        <p className={styles.faint}>{strings.noneKept}</p>
      ) : (
        <ul className={styles.kept}>
          {runs.data?.map((run) => (
            <Kept key={run.id} id={id} run={run} shown={shown} onRemove={() => setRemoving(run)} />
          ))}
        </ul>
      )}
      {removing && <RemoveDialog id={id} run={removing} shown={shown} onClose={() => setRemoving(null)} />}
    </section>
  );
}

type KeptProps = { id: WalkthroughId; run: RunSummary; shown: string | null; onRemove: () => void };

function Kept({ id, run, shown, onRemove }: KeptProps) {
  const isShown = run.id === shown;
  const failed = run.checks.filter(({ outcome }) => outcome === "failed").length;
  const compare = () => shown !== null && navigate({ screen: "agent-runs", id, run: shown, other: run.id });
  return (
    <li className={classNames(styles.row, isShown && styles.shown)}>
      <a
        className={styles.openRun}
        href={hrefTo({ screen: "agent-runs", id, run: run.id })}
        aria-current={isShown || undefined}
      >
        <span className="visually-hidden">{strings.open}: </span>
        <span className={styles.name}>{run.model}</span>
        <span className={styles.faint}>
          {strings.keptMeta(run.provider, run.at)} · {strings.failed(failed)}
          {!run.is_current && ` · ${strings.isOlder}`}
        </span>
      </a>
      <Menu trigger={<IconButton label={strings.menuOf(run.model)} icon={IconDots} />}>
        <MenuAction
          icon={IconColumns2}
          action={{
            id: "compare-runs",
            label: strings.compareWith,
            isEnabled: shown !== null && !isShown,
            run: compare,
          }}
        />
        <MenuSeparator />
        <MenuAction icon={IconTrash} action={{ id: "remove-run", label: strings.remove, run: onRemove }} isDangerous />
      </Menu>
    </li>
  );
}

type RemoveDialogProps = { id: WalkthroughId; run: RunSummary; shown: string | null; onClose: () => void };

function RemoveDialog({ id, run, shown, onClose }: RemoveDialogProps) {
  const client = useQueryClient();
  const remove = async () => {
    onClose();
    try {
      await commands.removeAgentRun(run.id);
      tell(strings.removed);
      if (run.id === shown) navigate({ screen: "agent-runs", id });
    } catch (error) {
      tellError(asWaymarkError(error));
    }
    await client.invalidateQueries({ queryKey: [...keys.agentRuns(id), "list"] });
  };
  return (
    <Dialog title={strings.removeTitle} about={strings.removeText(run.model)} onClose={onClose}>
      <DialogActions>
        <Button variant="quiet" autoFocus onClick={onClose}>
          {strings.cancel}
        </Button>
        <Button variant="danger" onClick={() => void remove()}>
          {strings.removeNow}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
