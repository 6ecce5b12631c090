import { count } from "../../lib/time";

export const strings = {
  title: "Snippets",
  total: (value: number) => count(value, "snippet", "snippets"),
  loading: "Opening…",
  add: "New snippet",
  emptyTitle: "Text that you use again and again",
  emptyText: "Keep it here under a short name. In a step, type / and the name, and it is put in.",
  newTitle: "New snippet",
  editTitle: (name: string) => `Change /${name}`,
  name: "Name",
  nameHint: "Letters, digits, - and _. It is what you type after a slash.",
  text: "Text",
  save: "Save",
  cancel: "Cancel",
  edit: (name: string) => `Change ${name}`,
  remove: (name: string) => `Remove ${name}`,
  removed: (name: string) => `“${name}” is removed. Texts that it was put into stay as they are.`,
  undo: "Undo",
  saved: (name: string) => `Saved. Type /${name} where you need it.`,
};
