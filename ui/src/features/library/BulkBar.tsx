// What can be done with the walkthroughs that are selected. It stands where the filters are.

import {
  IconArchive,
  IconArrowBackUp,
  IconFileExport,
  IconSend,
  IconServer,
  IconTag,
  IconTrash,
  IconX,
} from "@tabler/icons-react";
import { useMemo, useState } from "react";
import type { DraftSummary } from "../../ipc";
import { stages } from "../../lib/kinds";
import { type Action, useActions } from "../../ui/actions";
import { Button, IconButton } from "../../ui/Button";
import { Menu } from "../../ui/Menu";
import { type Ask, AskDialog } from "./AskDialog";
import { type BulkActions, useBulkActions } from "./bulk";
import styles from "./bulk.module.css";
import type { Selection } from "./selection";
import { strings } from "./strings";
import { StatusChoice } from "./WalkthroughMenu";

type BulkBarProps = { drafts: readonly DraftSummary[]; all: readonly DraftSummary[]; selection: Selection };

export function BulkBar({ drafts, all, selection }: BulkBarProps) {
  const actions = useBulkActions();
  const [asks, setAsks] = useState<Ask | null>(null);
  const ids = drafts.map(({ id }) => id);
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
      {drafts.every(({ trashed_at }) => trashed_at !== null) ? (
        <Button variant="quiet" icon={IconArrowBackUp} onClick={() => void actions.restore(ids)}>
          {words.restore}
        </Button>
      ) : (
        <Doings drafts={drafts} actions={actions} onAsk={setAsks} />
      )}
      {asks && <AskDialog ask={asks} all={all} actions={actions} onClose={() => setAsks(null)} />}
    </div>
  );
}

type DoingsProps = { drafts: readonly DraftSummary[]; actions: BulkActions; onAsk: (ask: Ask) => void };

function Doings({ drafts, actions, onAsk }: DoingsProps) {
  const ids = drafts.map(({ id }) => id);
  const words = strings.bulk;
  useActions(useMemo(() => offered({ drafts, actions, onAsk }), [drafts, actions, onAsk]));
  return (
    <>
      <Button variant="quiet" icon={IconTag} onClick={() => onAsk({ what: "tags", ids })}>
        {words.tags}
      </Button>
      <Menu
        trigger={
          <Button variant="quiet" icon={IconArchive}>
            {words.status}
          </Button>
        }
      >
        <StatusChoice drafts={drafts} bulk={actions} />
      </Menu>
      <Button variant="quiet" icon={IconServer} onClick={() => onAsk({ what: "server", ids })}>
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
    </>
  );
}

/** The same for the palette, where a name has to say what it is about, and for the lines of the menu bar. */
function offered({ drafts, actions, onAsk }: DoingsProps): Action[] {
  const ids = drafts.map(({ id }) => id);
  const words = strings.bulk.ofSelected(ids.length);
  return [
    // Before the status of that name: whoever looks for “publish” means this.
    { id: "publish", label: words.publish, run: () => actions.publish(ids) },
    { id: "selected-tags", label: words.tags, run: () => onAsk({ what: "tags", ids }) },
    { id: "selected-server", label: words.server, run: () => onAsk({ what: "server", ids }) },
    ...stages.map((stage) => ({
      id: `selected-${stage}`,
      label: words.status(stage),
      run: () => void actions.change(ids, { set_status: stage }, (count) => strings.bulk.statusSet(count, stage)),
    })),
    { id: "export", label: words.export, run: () => void actions.export(ids) },
    { id: "selected-trash", label: words.trash, run: () => void actions.trash(ids) },
  ];
}
