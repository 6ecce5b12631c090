// What can be done with the walkthroughs that are selected. It stands where the filters are.

import { IconArchive, IconFileExport, IconSend, IconServer, IconTag, IconTrash, IconX } from "@tabler/icons-react";
import { useState } from "react";
import type { DraftSummary } from "../../ipc";
import { stages } from "../../lib/kinds";
import { Button, IconButton } from "../../ui/Button";
import { Menu, MenuChoice } from "../../ui/Menu";
import { useBulkActions } from "./bulk";
import styles from "./bulk.module.css";
import { ServerDialog } from "./ServerDialog";
import type { Selection } from "./selection";
import { strings } from "./strings";
import { TagDialog } from "./TagDialog";

type BulkBarProps = { drafts: readonly DraftSummary[]; all: readonly DraftSummary[]; selection: Selection };

export function BulkBar({ drafts, all, selection }: BulkBarProps) {
  const actions = useBulkActions();
  const [asks, setAsks] = useState<"tags" | "server" | null>(null);
  const ids = drafts.map(({ id }) => id);
  const status = drafts.every((draft) => draft.status === drafts[0]?.status) ? drafts[0]?.status : undefined;
  const words = strings.bulk;
  return (
    <div className={styles.bar} role="toolbar" aria-label={words.label}>
      <IconButton label={words.clear} icon={IconX} onClick={selection.clear} />
      <span className={styles.count} aria-live="polite">
        {words.selected(ids.length)}
      </span>
      {ids.length < all.length && (
        <Button variant="quiet" onClick={selection.all}>
          {words.all}
        </Button>
      )}
      <span className={styles.spring} />
      <Button variant="quiet" icon={IconTag} onClick={() => setAsks("tags")}>
        {words.tags}
      </Button>
      <Menu
        trigger={
          <Button variant="quiet" icon={IconArchive}>
            {words.status}
          </Button>
        }
      >
        <MenuChoice
          value={status ?? ""}
          choices={stages.map((stage) => ({ value: stage, label: stage }))}
          onChoose={(stage) => {
            const chosen = stages.find((known) => known === stage);
            if (chosen) void actions.change(ids, { set_status: chosen }, (count) => words.statusSet(count, chosen));
          }}
        />
      </Menu>
      <Button variant="quiet" icon={IconServer} onClick={() => setAsks("server")}>
        {words.server}
      </Button>
      <Button variant="quiet" icon={IconFileExport} onClick={() => void actions.export(ids)}>
        {words.export}
      </Button>
      <Button variant="quiet" icon={IconSend} onClick={() => actions.publish(ids)}>
        {words.publish}
      </Button>
      <Button variant="quiet" icon={IconTrash} onClick={() => void actions.trash(ids)}>
        {words.trash}
      </Button>
      {asks === "tags" && <TagDialog drafts={drafts} all={all} actions={actions} onClose={() => setAsks(null)} />}
      {asks === "server" && <ServerDialog drafts={drafts} all={all} actions={actions} onClose={() => setAsks(null)} />}
    </div>
  );
}
