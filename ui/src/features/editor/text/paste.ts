// What comes from the clipboard: HTML becomes Markdown, pictures become files beside the walkthrough, and with Shift held
// everything is plain text. An address over a selection makes a link, which CodeMirror's Markdown does by itself.

import type { Extension, Text } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { matches } from "../../../lib/shortcut";
import { tellError } from "../../../ui/tell";
import { attempt } from "../attempt";
import { attachPasted } from "./attach";
import { isInCode } from "./code-block";
import { holdPlace, type TextPlace } from "./places";
import { textStrings as strings } from "./strings";

const isAddress = (text: string) => /^https?:\/\/\S+$/.test(text.trim());

/** Puts text where the cursor is, as one change. */
export function putIn(view: EditorView, text: string): void {
  view.dispatch(view.state.replaceSelection(text), { userEvent: "input.paste", scrollIntoView: true });
}

/** What Markdown would read as the beginning of a block has to begin a line. */
function asBlock(doc: Text, from: number, to: number, markdown: string): string {
  const isBlock = /^(?:#{1,6} |```|[-*+] |\d+\. |> |\|)/.test(markdown) && markdown.includes("\n");
  if (!isBlock) return markdown;
  const before = doc.sliceString(doc.lineAt(from).from, from).trim() === "" ? "" : "\n\n";
  const after = doc.sliceString(to, doc.lineAt(to).to).trim() === "" ? "" : "\n\n";
  return before + markdown + after;
}

async function pasteHtml(place: TextPlace, html: string, plain: string): Promise<void> {
  // Where the conversion cannot be had, the words are what counts.
  const converted = await import("./html-to-markdown").then(
    ({ htmlToMarkdown }) => htmlToMarkdown(html),
    () => null,
  );
  const isPut = await place.put((doc, from, to) => (converted === null ? plain : asBlock(doc, from, to, converted)));
  if (!isPut) tellError(strings.pastedNowhere);
}

export function pasting(): Extension {
  let isPlain = false;
  return EditorView.domEventHandlers({
    keydown: (event) => {
      isPlain = matches("Mod+Shift+V", event);
      return false;
    },
    paste: (event, view) => {
      const clipboard = event.clipboardData;
      if (!clipboard || isPlain || view.state.readOnly) return false;
      const [html, plain] = [clipboard.getData("text/html"), clipboard.getData("text/plain").replace(/\r\n?/g, "\n")];
      const pictures = [...clipboard.files].filter(({ type }) => type.startsWith("image/"));
      if (pictures.length > 0 && plain.trim() === "") {
        attachPasted(view, pictures);
        return true;
      }
      const { main } = view.state.selection;
      // Editors of code put HTML beside it that only says how it is colored.
      const isCode = clipboard.types.includes("vscode-editor-data") || isInCode(view.state, main.from);
      if (!html || isCode || (isAddress(plain) && !main.empty)) return false;
      const place = holdPlace(view);
      attempt(() => pasteHtml(place, html, plain));
      return true;
    },
  });
}
