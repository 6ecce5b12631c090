// The library's file is damaged: save what can be read, or go back to a backup.

import { IconFolderOpen, IconLifebuoy } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { asWaymarkError, commands, queries, type Recovered, type WaymarkError } from "../ipc";
import { formatWhole } from "../lib/time";
import { Button } from "../ui/Button";
import { Words } from "../ui/Words";
import styles from "./damaged.module.css";
import { RecoveryReport } from "./RecoveryReport";
import { strings } from "./strings";

/** As many as one chooses from; all are in the folder. */
const offered = 4;

type DamagedProps = { error: WaymarkError; onRetry: () => void; onDone: () => void };

export function DamagedLibrary({ error, onRetry, onDone }: DamagedProps) {
  const backups = useQuery(queries.backups()).data?.backups ?? [];
  const [busy, setBusy] = useState<string | null>(null);
  const [problem, setProblem] = useState<WaymarkError | null>(null);
  const [recovered, setRecovered] = useState<Recovered | null>(null);
  const attempt = async (what: string, run: () => Promise<void>) => {
    setBusy(what);
    setProblem(null);
    try {
      await run();
    } catch (thrown) {
      setProblem(asWaymarkError(thrown));
    }
    setBusy(null);
  };
  const recover = () => attempt("recover", async () => setRecovered(await commands.recoverLibrary()));
  const restore = (name: string) =>
    attempt(name, async () => {
      await commands.restoreBackup(name);
      onDone();
    });
  if (recovered) return <RecoveryReport recovered={recovered} onDone={onDone} />;
  return (
    <section className={styles.page} aria-labelledby="damaged">
      <h1 className={styles.title} id="damaged">
        {strings.damagedTitle}
      </h1>
      <p className={styles.text}>{strings.damagedText}</p>
      <p className={styles.cause}>
        <Words>{error.message}</Words>
      </p>
      {problem && (
        <p className={styles.problem} role="alert">
          <Words>{[problem.message, problem.hint].filter(Boolean).join(" ")}</Words>
        </p>
      )}
      <div className={styles.actions}>
        <Button variant="primary" icon={IconLifebuoy} disabled={busy !== null} onClick={() => void recover()}>
          {busy === "recover" ? strings.recovering : strings.recover}
        </Button>
        <Button disabled={busy !== null} onClick={onRetry}>
          {strings.tryAgain}
        </Button>
        <Button
          variant="quiet"
          icon={IconFolderOpen}
          onClick={() =>
            void commands.openLibraryFolder().catch((thrown: unknown) => setProblem(asWaymarkError(thrown)))
          }
        >
          {strings.showFile}
        </Button>
      </div>
      <h2 className={styles.subtitle}>{strings.orBackup}</h2>
      <p className={styles.text}>{backups.length > 0 ? strings.orBackupText : strings.noBackup}</p>
      {backups.length > 0 && (
        <ul className={styles.list}>
          {backups.slice(0, offered).map(({ name, at }) => (
            <li key={name}>
              <Button disabled={busy !== null} onClick={() => void restore(name)}>
                {busy === name ? strings.restoring : strings.openBackup(formatWhole(at))}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
