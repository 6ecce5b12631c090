// What is said of whether everything is saved.

import { formatClock } from "../../lib/time";

export const saveStrings = {
  saving: "Saving…",
  savedAt: (at: number) => `Saved locally ${formatClock(at)}`,
  saved: "Saved locally",
  notSaved: (message: string) => `Not saved: ${message}`,
  retry: "Retry",
  inTrash: "This walkthrough is in the trash. What you write is saved when you restore it.",
  restore: "Restore",
  keepBoth: "Keep both",
  keepMine: "Keep mine",
  dropTyped: "Discard what was typed",
  leftUnsaved: (title: string, message: string) => `Something in “${title}” is not saved: ${message}`,
  takeTheirs: "Take theirs",
};
