// What can be done in a conversation, as it is listed: names and the keys they come with.

import { describe } from "../../ui/keymap";
import { strings } from "./strings";

export const conversationSpecs = describe("conversation", {
  "next-turn": { label: strings.nextTurn, shortcut: "ArrowRight" },
  "previous-turn": { label: strings.previousTurn, shortcut: "ArrowLeft" },
  "first-turn": { label: strings.firstTurn, shortcut: "Home" },
  "last-turn": { label: strings.lastTurn, shortcut: "End" },
  "show-wire": { label: strings.showWire, shortcut: "Mod+J" },
  "repeat-call": { label: strings.moves.repeat },
  "skip-a-step": { label: strings.moves.skip },
  "wrong-step-id": { label: strings.moves.wrong_id },
  "second-session": { label: strings.moves.other_session },
  "come-back": { label: strings.moves.come_back },
  "ask-status": { label: strings.moves.status },
  "clear-progress": { label: strings.moves.reset },
  "save-conversation": { label: strings.saveTitle, shortcut: "Mod+S" },
  "restart-conversation": { label: strings.restart, shortcut: "Mod+Shift+R" },
  "compare-production": { label: strings.compare },
  "leave-conversation": { label: strings.backToText, shortcut: "Escape", also: ["Shift+F5"] },
});
