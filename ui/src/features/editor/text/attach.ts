// Files beside the walkthrough: dropped on a text, pasted into it or chosen, and linked where that was.

import type { EditorView } from "@codemirror/view";
import { type Attachment, commands, dialogs } from "../../../ipc";
import { tellError } from "../../../ui/tell";
import { attempt } from "../attempt";
import { holdPlace, ownerOf, type TextPlace } from "./places";
import { textStrings as strings } from "./strings";

/** Links what is kept, one under the other, also where keeping the next one fails. */
async function linked(place: TextPlace, keep: (kept: Attachment[]) => Promise<unknown>): Promise<void> {
  const kept: Attachment[] = [];
  try {
    await keep(kept);
  } finally {
    place.drop();
    const links = kept.map(({ markdown }) => markdown).join("\n");
    if (kept.length > 0 && !(await place.put(() => links))) tellError(strings.attachedNowhere(kept.length, links));
  }
}

export function attachPaths(walkthrough: string, view: EditorView, paths: readonly string[]): void {
  const place = holdPlace(view);
  attempt(() =>
    linked(place, async (kept) => {
      kept.push(...(await commands.attachFiles({ walkthrough, paths: [...paths] })));
    }),
  );
}

export function chooseFiles(walkthrough: string, view: EditorView | undefined): void {
  if (!view) return;
  const place = holdPlace(view);
  attempt(() =>
    linked(place, async (kept) => {
      const paths = await dialogs.openAttachments();
      if (paths) kept.push(...(await commands.attachFiles({ walkthrough, paths: [...paths] })));
    }),
  );
}

/** Pictures of the clipboard have no name worth keeping. */
export function attachPasted(view: EditorView, files: readonly File[]): void {
  const walkthrough = ownerOf(view)?.session.read().walkthrough.id;
  if (walkthrough === undefined) return;
  const place = holdPlace(view);
  attempt(() =>
    linked(place, async (kept) => {
      for (const file of files) {
        const ending = /^image\/([a-z]+)/.exec(file.type)?.[1]?.replace("jpeg", "jpg") ?? "bin";
        const isNamed = file.name !== "" && !/^image\.\w+$/.test(file.name);
        const name = isNamed ? file.name : `pasted-${stamp(new Date())}.${ending}`;
        kept.push(await commands.attachPasted({ walkthrough, name, base64: await base64Of(file) }));
      }
    }),
  );
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
