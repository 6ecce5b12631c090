import { IconCopy, IconDots, IconFileExport, IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { commands, keys, type Walkthrough } from "../../ipc";
import { navigate } from "../../lib/route";
import { type Action, doing } from "../../ui/actions";
import { IconButton } from "../../ui/Button";
import { Menu, MenuAction, MenuSeparator } from "../../ui/Menu";
import { tell } from "../../ui/tell";
import { editorSpecs } from "./action-specs";
import { attempt } from "./actions";
import { exportDraft } from "./export-draft";
import type { DraftSession } from "./session";
import { strings } from "./strings";

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
  return (
    <Menu trigger={<IconButton label={strings.more} icon={IconDots} />}>
      <MenuAction action={duplicate} icon={IconCopy} />
      <MenuAction action={save} icon={IconFileExport} />
      <MenuSeparator />
      <MenuAction action={trash} icon={IconTrash} isDangerous />
    </Menu>
  );
}
