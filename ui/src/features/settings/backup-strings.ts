import { count } from "../../lib/time";

export const strings = {
  title: "Backups",
  about:
    "A copy of the whole library for each day on which something was written: the last 14 days and 8 weeks are kept, and one from before each update. Those that you make yourself stay until you delete them.",
  create: "Back up now",
  creating: "Backing up…",
  created: "The backup is made and checked.",
  createdWithoutFiles:
    "The backup is made and checked, but without the pictures and files beside walkthroughs: they could not be copied. Free some space and back up again.",
  openFolder: "Open folder",
  folder: (path: string) => `In ${path}`,
  none: "There is no backup yet. The first is made on the day of the first change.",
  showAll: (value: number) => `Show all ${value}`,
  restore: "Restore…",
  restoreOf: (when: string) => `Restore the backup of ${when}`,
  reasons: {
    daily: "Of the day",
    manual: "By hand",
    before_migration: "Before an update",
    before_restore: "Before a restore",
  },
  confirmTitle: "Restore this backup?",
  confirmAbout: (when: string) =>
    `The library becomes what it was on ${when}. What is there now is kept as a backup first.`,
  comparing: "Comparing with the library…",
  notComparable: "The library cannot be compared with it:",
  same: "The library and the backup have the same walkthroughs.",
  onlyHere: (value: number) => `${value} not in the backup`,
  onlyThere: (value: number) => `${value} only in the backup`,
  changed: (value: number) => `${value} different`,
  more: (value: number) => `and ${value} more`,
  cancel: "Cancel",
  confirm: "Restore",
  restoring: "Restoring…",
  doneTitle: "The backup is restored",
  kept: (name: string) => `What was there before is kept as ${name}.`,
  leftOut: (value: number) =>
    `${count(value, "file", "files")} beside walkthroughs did not come back, because the backup's copy is damaged:`,
  open: "Open the library",
};
