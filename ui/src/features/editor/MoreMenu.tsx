import {
  IconBookmark,
  IconCopy,
  IconDots,
  IconFileExport,
  IconHistory,
  IconTemplate,
  IconTrash,
} from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { commands, keys, type Walkthrough } from "../../ipc";
import { navigate } from "../../lib/route";
import { type Action, doing } from "../../ui/actions";
import { IconButton } from "../../ui/Button";
import { Menu, MenuAction, MenuSeparator } from "../../ui/Menu";
import { tell } from "../../ui/tell";
import { editorSpecs } from "./action-specs";
import { attempt } from "./actions";
import { useEditor } from "./editor";
import { exportDraft } from "./export-draft";
import { historyActions } from "./history-actions";
import { namingSnapshot } from "./SnapshotDialog";
import type { DraftSession } from "./session";
import { strings } from "./strings";
import { savingTemplate } from "./TemplateDialog";

/** What is done with the walkthrough as a whole, and not often. */
export function MoreMenu({ walkthrough, session }: { walkthrough: Walkthrough; session: DraftSession }) {
  const client = useQueryClient();
  const { id, title } = walkthrough;
  const refresh = () => client.invalidateQueries({ queryKey: keys.drafts });
  const duplicate: Action = {
    id: "duplicate",
    label: strings.duplicate,
    run: () =>
      attempt(async () => {
        await session.flush();
        const copy = await commands.duplicateDraft(id);
        await refresh();
        navigate({ screen: "editor", id: copy.draft.walkthrough.id, step: null });
      }),
  };
  const save = doing(editorSpecs.export, () => exportDraft({ session, walkthrough }));
  const template = doing(editorSpecs["save-template"], () => savingTemplate.write(true));
  const trash: Action = {
    id: "trash",
    label: strings.trash,
    run: () =>
      attempt(async () => {
        await session.flush();
        await commands.trashDrafts([id]);
        await refresh();
        navigate({ screen: "library" });
        const restore = () => attempt(() => commands.restoreDrafts([id]).then(refresh));
        tell(strings.trashed(title), { label: strings.undo, run: restore });
      }),
  };
  const history = historyActions({ walkthrough, step: useEditor().step }).filter(({ isEnabled = true }) => isEnabled);
  const snapshot = doing(editorSpecs.save, () => namingSnapshot.write(true));
  return (
    <Menu trigger={<IconButton label={strings.more} icon={IconDots} />}>
      <MenuAction action={duplicate} icon={IconCopy} />
      <MenuAction action={save} icon={IconFileExport} />
      <MenuAction action={template} icon={IconTemplate} />
      <MenuSeparator />
      <MenuAction action={snapshot} icon={IconBookmark} />
      {history.map((action) => (
        <MenuAction key={action.id} action={action} icon={IconHistory} />
      ))}
      <MenuSeparator />
      <MenuAction action={trash} icon={IconTrash} isDangerous />
    </Menu>
  );
}
