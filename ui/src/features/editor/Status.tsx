// The line at the bottom: whether everything is saved, how many problems there are, where it can go.

import { IconAlertTriangle, IconDeviceFloppy, IconLoader2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { type Finding, queries } from "../../ipc";
import { attempt } from "./actions";
import { previewShown, useEditor } from "./editor";
import { type LivePreview, useCalmPreview } from "./live-preview";
import { isProblem } from "./problems";
import type { SaveState } from "./session-state";
import styles from "./status.module.css";
import { strings } from "./strings";

export function StatusStart({ onProblems }: { onProblems: () => void }) {
  const { isChecked, findings } = useEditor();
  const open = () => {
    previewShown.write(true);
    onProblems();
  };
  return (
    <>
      <SaveIndicator />
      <button type="button" className={styles.link} onClick={open}>
        {isChecked ? counted(findings) : strings.checking}
      </button>
    </>
  );
}

function counted(findings: readonly Finding[]): string {
  const problems = findings.filter(isProblem).length;
  if (problems > 0) return strings.problems(problems);
  return findings.length > 0 ? strings.onlyNotes(findings.length) : strings.noProblems;
}

export function StatusEnd({ preview }: { preview: LivePreview | null }) {
  const connections = useQuery(queries.connections()).data;
  const { shown } = useCalmPreview(preview);
  return (
    <>
      {connections && connections.length > 0 && <span>{connections.map(({ name }) => name).join(" · ")}</span>}
      {shown && <span>{shown.tokens.encoding}</span>}
    </>
  );
}

/** Milliseconds for which everything has been saved before it is said: between two words nothing flickers. */
const calm = 400;

function useCalm(save: SaveState): SaveState {
  const [shown, setShown] = useState(save);
  useEffect(() => {
    if (save.kind !== "saved") {
      setShown((was) => (was.kind === "saving" && save.kind === "saving" ? was : save));
      return;
    }
    const timer = setTimeout(() => setShown(save), calm);
    return () => clearTimeout(timer);
  }, [save]);
  return shown;
}

/** Never says “saved” before the host has said so. */
function SaveIndicator() {
  const { session } = useEditor();
  const save = useCalm(useSyncExternalStore(session.subscribe, () => session.read().save));
  if (save.kind === "failed") {
    const { error } = save;
    const hasText = session.hasUnsaved;
    const hasRefused = session.typed.refusal !== null;
    return (
      <span className={styles.failed} role="alert" title={error.hint ?? undefined}>
        <IconAlertTriangle size={14} stroke={1.75} aria-hidden />
        <span className={styles.words}>{strings.notSaved(error.message)}</span>
        {error.code === "conflict" ? (
          <>
            <Choice label={hasText ? strings.keepBoth : strings.keepMine} run={() => session.settle("mine")} />
            <Choice label={strings.takeTheirs} run={() => session.settle("theirs")} />
          </>
        ) : hasRefused ? (
          <Choice label={strings.dropTyped} run={async () => session.typed.dropRefused()} />
        ) : (
          session.hasUnsaved && <Choice label={strings.retry} run={() => session.flush()} />
        )}
      </span>
    );
  }
  return (
    <span className={styles.save} role="status" data-save={save.kind}>
      {save.kind === "saving" ? (
        <IconLoader2 size={14} stroke={1.75} aria-hidden />
      ) : (
        <IconDeviceFloppy size={14} stroke={1.75} aria-hidden />
      )}
      {save.kind === "saving" ? strings.saving : save.at === null ? strings.saved : strings.savedAt(save.at)}
    </span>
  );
}

function Choice({ label, run }: { label: string; run: () => Promise<void> }) {
  return (
    <button type="button" className={styles.choice} onClick={() => attempt(run)}>
      {label}
    </button>
  );
}
