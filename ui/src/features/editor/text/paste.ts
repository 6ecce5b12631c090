// What comes from the clipboard: HTML becomes Markdown, pictures become files beside the walkthrough, and with Shift held
// everything is plain text. An address over a selection makes a link, which CodeMirror's Markdown does by itself.

import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { isInCode } from "./code-block";

export type PasteFiles = (view: EditorView, files: File[]) => void;

const isAddress = (text: string) => /^https?:\/\/\S+$/.test(text.trim());

/** Puts text where the cursor is, as one change. */
export function putIn(view: EditorView, text: string): void {
  view.dispatch(view.state.replaceSelection(text), { userEvent: "input.paste", scrollIntoView: true });
}

/** What Markdown would read as the beginning of a block has to begin a line. */
function asBlock(view: EditorView, markdown: string): string {
  const isBlock = /^(?:#{1,6} |```|[-*+] |\d+\. |> |\|)/.test(markdown) && markdown.includes("\n");
  if (!isBlock) return markdown;
  const { from, to } = view.state.selection.main;
  const line = view.state.doc.lineAt(from);
  const before = view.state.sliceDoc(line.from, from).trim() === "" ? "" : "\n\n";
  const after = view.state.sliceDoc(to, view.state.doc.lineAt(to).to).trim() === "" ? "" : "\n\n";
  return before + markdown + after;
}

async function pasteHtml(view: EditorView, html: string, plain: string): Promise<void> {
  // Where the conversion cannot be had, the words are what counts.
  const converted = await import("./html-to-markdown").then(
    ({ htmlToMarkdown }) => htmlToMarkdown(html),
    () => null,
  );
  putIn(view, converted === null ? plain : asBlock(view, converted));
}

export function pasting(pasteFiles: PasteFiles): Extension {
  let isPlain = false;
  return EditorView.domEventHandlers({
    keydown: (event) => {
      isPlain = (event.ctrlKey || event.metaKey) && event.shiftKey && event.key.toLowerCase() === "v";
      return false;
    },
    paste: (event, view) => {
      const clipboard = event.clipboardData;
      if (!clipboard || isPlain || view.state.readOnly) return false;
      const [html, plain] = [clipboard.getData("text/html"), clipboard.getData("text/plain").replace(/\r\n?/g, "\n")];
      const pictures = [...clipboard.files].filter(({ type }) => type.startsWith("image/"));
      if (pictures.length > 0 && plain.trim() === "") {
        pasteFiles(view, pictures);
        return true;
      }
      const { main } = view.state.selection;
      // Editors of code put HTML beside it that only says how it is colored.
      const isCode = clipboard.types.includes("vscode-editor-data") || isInCode(view.state, main.from);
      if (!html || isCode || (isAddress(plain) && !main.empty)) return false;
      void pasteHtml(view, html, plain);
      return true;
    },
  });
}
