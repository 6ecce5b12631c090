// A moment of the walkthrough, kept under a name of the writer's or under its time alone.

import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { asWaymarkError, commands, keys, type WaymarkError } from "../../ipc";
import { navigate } from "../../lib/route";
import { kept, type Stored, useStored } from "../../lib/stored";
import { Button } from "../../ui/Button";
import { Dialog, DialogActions } from "../../ui/Dialog";
import { TextField } from "../../ui/TextField";
import { tell } from "../../ui/tell";
import { strings } from "./history-strings";
import type { DraftSession } from "./session";
import styles from "./snapshot.module.css";

/** Whether the name of a snapshot is asked for. */
export const namingSnapshot: Stored<boolean> = kept(false);

export function SnapshotDialog({ session }: { session: DraftSession }) {
  const [isOpen, setIsOpen] = useStored(namingSnapshot);
  return isOpen ? <Naming session={session} onClose={() => setIsOpen(false)} /> : null;
}

function Naming({ session, onClose }: { session: DraftSession; onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [error, setError] = useState<WaymarkError | null>(null);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const walkthrough = session.read().walkthrough.id;
    try {
      await session.flush();
      const saved = await commands.saveSnapshot({ walkthrough, name });
      void client.invalidateQueries({ queryKey: keys.history(walkthrough) });
      onClose();
      const show = () => navigate({ screen: "history", id: walkthrough, step: null, revision: saved.id });
      tell(strings.snapshotKept(saved.name), { label: strings.history, run: show });
    } catch (thrown) {
      setError(asWaymarkError(thrown));
    }
  };
  return (
    <Dialog title={strings.snapshot} about={strings.snapshotAbout} onClose={onClose}>
      <form className={styles.snapshot} onSubmit={save} noValidate>
        <TextField
          label={strings.snapshotName}
          placeholder={strings.snapshotPlaceholder}
          value={name}
          max={100}
          problem={error && [error.message, error.hint].filter(Boolean).join(" ")}
          onChange={(event) => {
            setName(event.target.value);
            setError(null);
          }}
          autoFocus
        />
        <DialogActions>
          <Button variant="quiet" onClick={onClose}>
            {strings.cancel}
          </Button>
          <Button variant="primary" type="submit">
            {strings.snapshotKeep}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
