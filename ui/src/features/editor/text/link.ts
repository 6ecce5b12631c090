// A link around what is selected, or around the word at the cursor: then the address is what is typed next.

import { syntaxTree } from "@codemirror/language";
import { EditorSelection, type StateCommand } from "@codemirror/state";

const isAddress = (text: string) => /^(?:https?:\/\/|mailto:|www\.)\S+$/i.test(text);
const start = "https://";

export const link: StateCommand = ({ state, dispatch }) => {
  const { main } = state.selection;
  for (let node = syntaxTree(state).resolveInner(main.head, -1); node.parent; node = node.parent) {
    if (node.name !== "Link" && node.name !== "Image") continue;
    // In a link already: its address is selected.
    const address = node.getChild("URL");
    if (!address) break;
    const selection = EditorSelection.range(address.from, address.to);
    dispatch(state.update({ selection, scrollIntoView: true }));
    return true;
  }
  const chosen = main.empty ? (state.wordAt(main.head) ?? main) : main;
  const words = state.sliceDoc(chosen.from, chosen.to);
  const isUrl = isAddress(words);
  const insert = isUrl ? `[](${words})` : `[${words}](${start})`;
  const address = chosen.from + words.length + 3;
  const selection =
    isUrl || words === ""
      ? EditorSelection.cursor(chosen.from + 1)
      : EditorSelection.range(address, address + start.length);
  const changes = { from: chosen.from, to: chosen.to, insert };
  dispatch(state.update({ changes, selection, userEvent: "input", scrollIntoView: true }));
  return true;
};
