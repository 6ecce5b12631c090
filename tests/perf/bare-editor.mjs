// A bare CodeMirror with Markdown and nothing of ours: what typing in the app is measured against, in the same window.
// `scripts/bench` bundles it; the benchmark puts the bundle into the page and calls `waymarkBareEditor`.
import { defaultKeymap } from "../../ui/node_modules/@codemirror/commands/dist/index.js";
import { markdown } from "../../ui/node_modules/@codemirror/lang-markdown/dist/index.js";
import { EditorState } from "../../ui/node_modules/@codemirror/state/dist/index.js";
import { EditorView, keymap } from "../../ui/node_modules/@codemirror/view/dist/index.js";

/** Lays a bare editor over the window, over the same place and in the same size as the app's, and gives it the focus. */
globalThis.waymarkBareEditor = (text, box) => {
  const host = document.createElement("div");
  host.id = "bare-editor";
  Object.assign(host.style, {
    position: "fixed",
    zIndex: "2147483647",
    overflow: "auto",
    background: "#fff",
    left: `${box.left}px`,
    top: `${box.top}px`,
    width: `${box.width}px`,
    height: `${box.height}px`,
  });
  document.body.append(host);
  const view = new EditorView({
    parent: host,
    state: EditorState.create({
      doc: text,
      extensions: [keymap.of(defaultKeymap), markdown(), EditorView.lineWrapping],
    }),
  });
  globalThis.waymarkBareView = view;
  view.focus();
};
