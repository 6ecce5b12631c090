// Files beside the walkthrough: dropped on a text, pasted into it or chosen, and linked where the cursor is.

import type { EditorView } from "@codemirror/view";
import { type Attachment, commands, dialogs, type Field } from "../../../ipc";
import { attempt } from "../actions";
import { viewOf } from "./open-views";
import { putIn } from "./paste";

/** Links of several files stand under each other. */
function putLinks(view: EditorView | undefined, attached: readonly Attachment[]): void {
  if (!view || attached.length === 0) return;
  putIn(view, attached.map(({ markdown }) => markdown).join("\n"));
  view.focus();
}

export function attachPaths(walkthrough: string, field: Field, paths: readonly string[]): void {
  attempt(async () => {
    const attached = await commands.attachFiles({ walkthrough, paths: [...paths] });
    putLinks(viewOf(field), attached);
  });
}

export function chooseFiles(walkthrough: string, field: Field): void {
  attempt(async () => {
    const paths = await dialogs.openAttachments();
    if (paths) attachPaths(walkthrough, field, paths);
  });
}

/** Pictures of the clipboard have no name worth keeping. `where` is asked when they are kept: the text may be gone by then. */
export function attachPasted(walkthrough: string, where: () => EditorView | undefined, files: readonly File[]): void {
  attempt(async () => {
    const attached: Attachment[] = [];
    for (const file of files) {
      const ending = /^image\/([a-z]+)/.exec(file.type)?.[1]?.replace("jpeg", "jpg") ?? "bin";
      const isNamed = file.name !== "" && !/^image\.\w+$/.test(file.name);
      const name = isNamed ? file.name : `pasted-${stamp(new Date())}.${ending}`;
      attached.push(await commands.attachPasted({ walkthrough, name, base64: await base64Of(file) }));
    }
    putLinks(where(), attached);
  });
}

const stamp = (now: Date) => now.toISOString().slice(0, 19).replace(/[-:]/g, "").replace("T", "-");

function base64Of(file: File): Promise<string> {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onerror = () => fail(reader.error ?? new Error("The file could not be read."));
    reader.onload = () => done(String(reader.result).replace(/^[^,]*,/, ""));
    reader.readAsDataURL(file);
  });
}
