// A bare CodeMirror with Markdown and nothing of ours: what typing in the app is measured against, in the same window.
// `scripts/bench` bundles it; the benchmark puts the bundle into the page and calls `waymarkBareEditor`.
import { defaultKeymap } from "../../ui/node_modules/@codemirror/commands/dist/index.js";
import { markdown } from "../../ui/node_modules/@codemirror/lang-markdown/dist/index.js";
import { EditorState } from "../../ui/node_modules/@codemirror/state/dist/index.js";
import { EditorView, keymap } from "../../ui/node_modules/@codemirror/view/dist/index.js";

const extensions = [keymap.of(defaultKeymap), markdown(), EditorView.lineWrapping];

/** What lies over the window, over the same place and in the same size as the app's fields. */
function overlay(box) {
  const host = document.createElement("div");
  host.id = "bare-editor";
  host.tabIndex = -1;
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
  return host;
}

/** Lays a bare editor over the window and gives it the focus. */
globalThis.waymarkBareEditor = (text, box) => {
  const view = new EditorView({ parent: overlay(box), state: EditorState.create({ doc: text, extensions }) });
  globalThis.waymarkBareView = view;
  view.focus();
};

/** Lays bare editors over the window, one for each text, and gives their place the focus. Each key turns to the next texts. */
globalThis.waymarkBareFields = (steps, box) => {
  const host = overlay(box);
  let at = 0;
  const views = steps[0].map((doc) => new EditorView({ parent: host, state: EditorState.create({ doc, extensions }) }));
  host.addEventListener("keydown", () => {
    at += 1;
    views.forEach((view, index) => view.setState(EditorState.create({ doc: steps[at][index], extensions })));
  });
  globalThis.waymarkBareView = { destroy: () => views.forEach((view) => view.destroy()) };
  host.focus();
};
