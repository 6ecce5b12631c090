// Writes a walkthrough as a file that the person chooses.

import { commands, dialogs } from "../../ipc";
import { fileName } from "../../lib/file-name";
import { tell } from "../../ui/tell";
import { attempt } from "./actions";
import type { Editor } from "./editor";
import { strings } from "./strings";

export function exportDraft({ session, walkthrough }: Pick<Editor, "session" | "walkthrough">): void {
  attempt(async () => {
    await session.flush();
    const path = await dialogs.saveFile(`${fileName(walkthrough.title)}.json`);
    if (path === null) return;
    const exported = await commands.exportDraft({ id: walkthrough.id, path });
    tell(strings.exported(path, exported.attachments));
  });
}
