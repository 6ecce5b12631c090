// What can be done in the library, as it is listed: names and the keys they come with.

import { describe } from "../../ui/keymap";
import { strings } from "./strings";

export const librarySpecs = describe("library", {
  "select-all": { label: strings.bulk.selectAll, shortcut: "Mod+A" },
  "select-none": { label: strings.bulk.clear, shortcut: "Escape" },
  "find-here": { label: strings.findWalkthrough, shortcut: "Mod+F" },
  "choose-draft": { label: strings.bulk.choose, shortcut: "Space", isLocal: true },
  "choose-range": { label: strings.bulk.chooseRange, shortcut: "Shift+Space", isLocal: true },
  "trash-draft": { label: strings.trash, shortcut: "Delete", isLocal: true },
});
