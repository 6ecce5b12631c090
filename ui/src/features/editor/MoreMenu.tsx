import {
  IconBookmark,
  IconCopy,
  IconDots,
  IconFileExport,
  IconHistory,
  IconTemplate,
  IconTrash,
} from "@tabler/icons-react";
import type { Walkthrough } from "../../ipc";
import { doing } from "../../ui/actions";
import { IconButton } from "../../ui/Button";
import { Menu, MenuAction, MenuSeparator } from "../../ui/Menu";
import { editorSpecs } from "./action-specs";
import { useEditor } from "./editor";
import { exportDraft } from "./export-draft";
import { historyActions } from "./history-actions";
import { namingSnapshot } from "./SnapshotDialog";
import type { DraftSession } from "./session";
import { strings } from "./strings";
import { savingTemplate } from "./TemplateDialog";
import { useWholeActions } from "./whole-actions";

/** What is done with the walkthrough as a whole, and not often. */
export function MoreMenu({ walkthrough, session }: { walkthrough: Walkthrough; session: DraftSession }) {
  const { id, title } = walkthrough;
  const { duplicate, trash } = useWholeActions({ session, id, title });
  const save = doing(editorSpecs.export, () => exportDraft({ session, walkthrough }));
  const template = doing(editorSpecs["save-template"], () => savingTemplate.write(true));
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
