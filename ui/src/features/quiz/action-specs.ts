// The keys of a quiz's rows, as they are listed. The rows listen for them themselves.

import { describe } from "../../ui/keymap";
import { strings } from "./strings";

export const quizSpecs = describe("quiz", {
  "row-up": { label: strings.rowKeys.up, shortcut: "Alt+ArrowUp", isLocal: true },
  "row-down": { label: strings.rowKeys.down, shortcut: "Alt+ArrowDown", isLocal: true },
  "row-add": { label: strings.rowKeys.add, shortcut: "Enter", isLocal: true },
  "row-remove": { label: strings.rowKeys.remove, shortcut: "Backspace", isLocal: true },
});
