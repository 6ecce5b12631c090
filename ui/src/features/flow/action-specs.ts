// The keys of the flow, as they are listed. The graph and the list listen for them themselves.

import { describe } from "../../ui/keymap";
import { strings } from "./strings";

export const flowSpecs = describe("flow", {
  "flow-onward": { label: strings.keys.onward, shortcut: "ArrowRight", isLocal: true },
  "flow-back": { label: strings.keys.back, shortcut: "ArrowLeft", isLocal: true },
  "flow-open": { label: strings.openStep, shortcut: "Enter", isLocal: true },
  "flow-link": { label: strings.keys.link, shortcut: "L", isLocal: true },
  "flow-plain": { label: strings.keys.plain, shortcut: "P", isLocal: true },
  "flow-unlink": { label: strings.removeLink, shortcut: "Delete", also: ["Backspace"], isLocal: true },
});
