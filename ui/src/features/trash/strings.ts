import { count } from "../../lib/time";

export const strings = {
  title: "Trash",
  total: (value: number) => count(value, "walkthrough", "walkthroughs"),
  emptyTitle: "The trash is empty",
  emptyText: "Walkthroughs that you move to the trash wait here for 30 days, in case you want them back.",
  restore: "Restore",
  restored: (title: string) => `“${title}” is back in the library.`,
  open: "Open",
  steps: (value: number) => count(value, "step", "steps"),
  trashedAt: (when: string) => `moved here ${when}`,
  loading: "Reading the trash…",
};
