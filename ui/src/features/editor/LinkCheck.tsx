import { IconLink } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { commands, events, keys } from "../../ipc";
import { kept, type Stored, useStored } from "../../lib/stored";
import { Button } from "../../ui/Button";
import { tell } from "../../ui/tell";
import { attempt } from "./actions";
import { useEditor } from "./editor";
import styles from "./problem-list.module.css";
import { strings } from "./strings";

/** Somebody asked for a check from elsewhere. */
export const linkCheckWanted: Stored<boolean> = kept(false);

type Progress = { done: number; total: number };

/** Asks the addresses of the walkthrough whether they are there; what comes of it is among the problems. */
export function LinkCheck() {
  const { session, walkthrough } = useEditor();
  const client = useQueryClient();
  const [progress, setProgress] = useState<Progress | null>(null);
  const running = useRef<number | null>(null);
  useEffect(
    () =>
      events.linkProgress(({ task, done, total }) => {
        if (task === running.current) setProgress({ done, total });
      }),
    [],
  );
  const [isWanted] = useStored(linkCheckWanted);
  const check = async () => {
    setProgress({ done: 0, total: 0 });
    try {
      await session.flush();
      const task = await commands.newTask();
      running.current = task;
      const input = { ids: [walkthrough.id], private_hosts: [], is_fresh: false };
      tell(strings.linksChecked(await commands.checkLinks({ task, check: input })));
      await client.invalidateQueries({ queryKey: keys.findings(walkthrough.id) });
    } finally {
      running.current = null;
      setProgress(null);
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the wish is the only reason to begin.
  useEffect(() => {
    if (!isWanted) return;
    linkCheckWanted.write(false);
    if (running.current === null) attempt(check);
  }, [isWanted]);
  // That it is over already is no news: its result is about to be told.
  const stop = () => running.current !== null && void commands.cancelTask(running.current).catch(() => undefined);
  if (!progress) {
    return (
      <div className={styles.links}>
        <Button variant="quiet" icon={IconLink} onClick={() => attempt(check)}>
          {strings.checkLinks}
        </Button>
      </div>
    );
  }
  return (
    <div className={styles.links}>
      <output className={styles.checking}>{strings.checkingLinks(progress.done, progress.total)}</output>
      <Button variant="quiet" onClick={stop}>
        {strings.stopLinks}
      </Button>
    </div>
  );
}
