import { describe } from "../../ui/keymap";
import { strings } from "./strings";

/** The digits are the screen's own: it listens for them where nobody is typing. */
export const mergeSpecs = describe("publish", {
  "merge-mine": { label: strings.takeMine, shortcut: "1", isLocal: true },
  "merge-theirs": { label: strings.takeTheirs, shortcut: "2", isLocal: true },
  "merge-write": { label: strings.write, shortcut: "3", isLocal: true },
  "merge-next": { label: strings.next, shortcut: "F8" },
  "merge-previous": { label: strings.previous, shortcut: "Shift+F8" },
});
