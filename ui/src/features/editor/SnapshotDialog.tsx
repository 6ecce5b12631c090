// A moment of the walkthrough, kept under a name of the writer's or under its time alone.

import { useQueryClient } from "@tanstack/react-query";
import { asWaymarkError, commands, keys, problemOf } from "../../ipc";
import { navigate } from "../../lib/route";
import { kept, type Stored, useStored } from "../../lib/stored";
import { NameDialog } from "../../ui/NameDialog";
import { tell } from "../../ui/tell";
import { strings } from "./history-strings";
import type { DraftSession } from "./session";

/** Whether the name of a snapshot is asked for. */
export const namingSnapshot: Stored<boolean> = kept(false);

export function SnapshotDialog({ session }: { session: DraftSession }) {
  const [isOpen, setIsOpen] = useStored(namingSnapshot);
  return isOpen ? <Naming session={session} onClose={() => setIsOpen(false)} /> : null;
}

function Naming({ session, onClose }: { session: DraftSession; onClose: () => void }) {
  const client = useQueryClient();
  const save = async (name: string) => {
    const walkthrough = session.read().walkthrough.id;
    try {
      await session.flush();
      const saved = await commands.saveSnapshot({ walkthrough, name });
      void client.invalidateQueries({ queryKey: keys.history(walkthrough) });
      onClose();
      const show = () => navigate({ screen: "history", id: walkthrough, step: null, revision: saved.id });
      tell(strings.snapshotKept(saved.name), { label: strings.history, run: show });
      return null;
    } catch (thrown) {
      return problemOf(asWaymarkError(thrown));
    }
  };
  return (
    <NameDialog
      title={strings.snapshot}
      about={strings.snapshotAbout}
      label={strings.snapshotName}
      placeholder={strings.snapshotPlaceholder}
      max={100}
      keep={() => strings.snapshotKeep}
      cancel={strings.cancel}
      onKeep={save}
      onClose={onClose}
    />
  );
}
