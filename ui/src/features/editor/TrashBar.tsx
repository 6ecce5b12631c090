import { IconArrowBackUp } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { commands, keys } from "../../ipc";
import { Button } from "../../ui/Button";
import { attempt } from "./attempt";
import type { DraftSession } from "./session";
import { strings } from "./strings";
import styles from "./trash-bar.module.css";

/** What is open lies in the trash: nothing is saved there, and what is typed waits here. */
export function TrashBar({ session }: { session: DraftSession }) {
  const client = useQueryClient();
  const trashedAt = useSyncExternalStore(session.subscribe, () => session.read().trashedAt);
  if (trashedAt === null) return null;
  const restore = async () => {
    await commands.restoreDrafts([session.read().walkthrough.id]);
    void client.invalidateQueries({ queryKey: keys.drafts });
    await session.settle("mine");
  };
  return (
    <div className={styles.bar} role="status">
      <span>{strings.inTrash}</span>
      <Button icon={IconArrowBackUp} onClick={() => attempt(restore)}>
        {strings.restore}
      </Button>
    </div>
  );
}
