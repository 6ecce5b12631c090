// What can be done with one walkthrough, or with all that are selected: the same in the menu of a row, at the pointer and
// from the keyboard.

import {
  IconArchive,
  IconArrowBackUp,
  IconCopy,
  IconDatabase,
  IconExternalLink,
  IconFileExport,
  IconHistory,
  IconMessages,
  IconRobot,
  IconSend,
  IconServer,
  IconTag,
  IconTrash,
} from "@tabler/icons-react";
import type { DraftSummary } from "../../ipc";
import { stages } from "../../lib/kinds";
import { navigate } from "../../lib/route";
import type { Action } from "../../ui/actions";
import { MenuAction, MenuChoice, MenuSeparator, MenuUnder } from "../../ui/Menu";
import type { Ask } from "./AskDialog";
import type { DraftActions } from "./actions";
import type { BulkActions } from "./bulk";
import { strings } from "./strings";

export type WalkthroughMenuProps = {
  drafts: readonly DraftSummary[];
  actions: DraftActions;
  bulk: BulkActions;
  onAsk: (ask: Ask) => void;
};

const withdrawals = [
  ["draft", strings.bulk.unpublish],
  ["archived", strings.bulk.archive],
  ["published", strings.bulk.showAgain],
  ["deleted", strings.bulk.deleteThere],
] as const;

export function WalkthroughMenu({ drafts, actions, bulk, onAsk }: WalkthroughMenuProps) {
  const ids = drafts.map(({ id }) => id);
  const only = drafts.length === 1 ? drafts[0] : undefined;
  const words = strings.bulk;
  const action = (id: string, label: string, run: () => void): Action => ({ id, label, run });
  if (drafts.every(({ trashed_at }) => trashed_at !== null)) {
    const restore = action("restore", words.restore, () => void bulk.restore(ids));
    return <MenuAction action={restore} icon={IconArrowBackUp} />;
  }
  return (
    <>
      {only && (
        <>
          <MenuAction
            action={action("open", strings.open, () => navigate({ screen: "editor", id: only.id, step: null }))}
            icon={IconExternalLink}
          />
          <MenuAction
            action={action("conversation", strings.play, () => navigate({ screen: "conversation", id: only.id }))}
            icon={IconMessages}
          />
          <MenuAction
            action={action("agent-runs", strings.tryModel, () => navigate({ screen: "agent-runs", id: only.id }))}
            icon={IconRobot}
          />
          <MenuAction
            action={action("history", words.history, () => navigate({ screen: "history", id: only.id, step: null }))}
            icon={IconHistory}
          />
          <MenuAction
            action={action("duplicate", strings.duplicate, () => void actions.duplicate(only))}
            icon={IconCopy}
          />
          <MenuSeparator />
        </>
      )}
      <MenuAction action={action("tags", words.tags, () => onAsk({ what: "tags", ids }))} icon={IconTag} />
      <MenuUnder label={words.status} icon={IconArchive}>
        <StatusChoice drafts={drafts} bulk={bulk} />
      </MenuUnder>
      <MenuAction action={action("server", words.server, () => onAsk({ what: "server", ids }))} icon={IconServer} />
      <MenuSeparator />
      <MenuAction action={action("publish", words.publish, () => bulk.publish(ids))} icon={IconSend} />
      <MenuUnder label={words.inProduction} icon={IconDatabase}>
        {withdrawals.map(([status, label]) => (
          <MenuAction
            key={status}
            action={action(status, label, () => bulk.withdraw(ids, status))}
            isDangerous={status === "deleted"}
          />
        ))}
      </MenuUnder>
      <MenuAction action={action("export", words.export, () => void bulk.export(ids))} icon={IconFileExport} />
      <MenuSeparator />
      <MenuAction
        action={{
          ...action("trash", words.trash, () => void (only ? actions.trash(only) : bulk.trash(ids))),
          shortcut: "Delete",
        }}
        icon={IconTrash}
        isDangerous
      />
    </>
  );
}

/** The status that all of them have is marked; choosing another sets it for all. */
export function StatusChoice({ drafts, bulk }: Pick<WalkthroughMenuProps, "drafts" | "bulk">) {
  const status = drafts.every((draft) => draft.status === drafts[0]?.status) ? drafts[0]?.status : undefined;
  const ids = drafts.map(({ id }) => id);
  return (
    <MenuChoice
      value={status ?? ""}
      choices={stages.map((stage) => ({ value: stage, label: stage }))}
      onChoose={(stage) => {
        const chosen = stages.find((known) => known === stage);
        if (chosen) void bulk.change(ids, { set_status: chosen }, (count) => strings.bulk.statusSet(count, chosen));
      }}
    />
  );
}
