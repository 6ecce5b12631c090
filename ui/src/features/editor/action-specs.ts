// What can be done in the editor, as it is listed: names and the keys they come with.

import { describe } from "../../ui/keymap";
import { strings } from "./strings";

export const editorSpecs = describe("editor", {
  undo: { label: strings.undo, shortcut: "Mod+Z" },
  redo: { label: strings.redo, shortcut: "Mod+Shift+Z", also: ["Mod+Y"] },
  save: { label: strings.saveNow, shortcut: "Mod+S" },
  "insert-step": { label: strings.insertStep, shortcut: "Mod+Enter" },
  "duplicate-step": { label: strings.duplicateStep, shortcut: "Mod+D" },
  "rename-step": { label: strings.renameStep, shortcut: "F2" },
  "move-up": { label: strings.moveUp, shortcut: "Alt+ArrowUp" },
  "move-down": { label: strings.moveDown, shortcut: "Alt+ArrowDown" },
  "delete-step": { label: strings.deleteStep, shortcut: "Delete", isLocal: true },
  "previous-step": { label: strings.previousStep, shortcut: "Mod+PageUp" },
  "next-step": { label: strings.nextStep, shortcut: "Mod+PageDown" },
  "quick-fix": { label: strings.quickFix, shortcut: "Mod+." },
  details: { label: strings.walkthroughDetails },
  "toggle-preview": { label: strings.togglePreview, shortcut: "F5" },
  export: { label: strings.export },
  publish: { label: strings.publish },
});

/** Keys of the text itself, which CodeMirror has. */
export const textSpecs = describe("text", {
  bold: { label: strings.bold, shortcut: "Mod+B", isLocal: true },
  italic: { label: strings.italic, shortcut: "Mod+I", isLocal: true },
  link: { label: strings.link, shortcut: "Mod+K", isLocal: true },
  "leave-text": { label: strings.leaveText, shortcut: "Escape", isLocal: true },
});
