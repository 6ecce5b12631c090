// What can be done in the editor, as it is listed: names and the keys they come with.

import { describe } from "../../ui/keymap";
import { strings as history } from "./history-strings";
import { strings } from "./strings";
import { textStrings as text } from "./text/strings";

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
  "group-steps": { label: strings.groupSteps, shortcut: "Mod+G" },
  "ungroup-steps": { label: strings.ungroupSteps },
  "filter-steps": { label: strings.filterSteps, shortcut: "Mod+Alt+F" },
  "previous-step": { label: strings.previousStep, shortcut: "Mod+PageUp" },
  "next-step": { label: strings.nextStep, shortcut: "Mod+PageDown" },
  "quick-fix": { label: strings.quickFix, shortcut: "Mod+." },
  "problem-menu": { label: strings.problemMenu, shortcut: "F7" },
  problems: { label: strings.showProblems, shortcut: "Mod+Shift+M" },
  "check-links": { label: strings.checkLinks },
  details: { label: strings.walkthroughDetails },
  flow: { label: strings.showFlow, shortcut: "Mod+Shift+L" },
  quiz: { label: strings.showQuiz, shortcut: "Mod+Shift+U" },
  history: { label: history.showHistory, shortcut: "Mod+Alt+H" },
  "step-history": { label: history.showStepHistory },
  "toggle-preview": { label: strings.togglePreview, shortcut: "F5" },
  review: { label: strings.showReview, shortcut: "Mod+Shift+Y" },
  conversation: { label: strings.play, shortcut: "Shift+F5" },
  "agent-runs": { label: strings.tryModel },
  export: { label: strings.export },
  "save-template": { label: strings.saveTemplate },
  publish: { label: strings.publish },
});

/** The keys of the list of steps, beside those that work everywhere in the editor. The list listens for them itself. */
export const listSpecs = describe("steps", {
  "list-insert-below": { label: strings.insertStep, shortcut: "Enter", isLocal: true },
  "list-insert-above": { label: strings.insertAbove, shortcut: "Shift+Enter", isLocal: true },
  "list-filter": { label: strings.filterSteps, shortcut: "/", isLocal: true },
  "list-range-up": { label: strings.listKeys.rangeUp, shortcut: "Shift+ArrowUp", isLocal: true },
  "list-range-down": { label: strings.listKeys.rangeDown, shortcut: "Shift+ArrowDown", isLocal: true },
  "list-choose-all": { label: strings.listKeys.all, shortcut: "Mod+A", isLocal: true },
  "list-fold": { label: strings.listKeys.fold, shortcut: "ArrowLeft", isLocal: true },
  "list-unfold": { label: strings.listKeys.unfold, shortcut: "ArrowRight", isLocal: true },
});

/** The keys of the preview, which listens for them itself. */
export const previewSpecs = describe("preview", {
  "preview-previous": { label: strings.previousStep, shortcut: "ArrowLeft", isLocal: true },
  "preview-next": { label: strings.nextStep, shortcut: "ArrowRight", isLocal: true },
  "preview-leave": { label: strings.leavePreview, shortcut: "Escape", isLocal: true },
});

/** What can be done in a text. Said here without CodeMirror, which the first screen does without; a test keeps the two together. */
export const textSpecs = describe("text", {
  bold: { label: text.bold, shortcut: "Mod+B" },
  italic: { label: text.italic, shortcut: "Mod+I" },
  code: { label: text.code, shortcut: "Mod+E" },
  link: { label: text.link, shortcut: "Mod+K" },
  "bullet-list": { label: text.bulletList, shortcut: "Mod+Shift+8" },
  "ordered-list": { label: text.orderedList, shortcut: "Mod+Shift+7" },
  "heading-1": { label: text.heading(1), shortcut: "Mod+Alt+1" },
  "heading-2": { label: text.heading(2), shortcut: "Mod+Alt+2" },
  "heading-3": { label: text.heading(3), shortcut: "Mod+Alt+3" },
  "task-list": { label: text.taskList, shortcut: "Mod+Shift+9" },
  quote: { label: text.quote, shortcut: "Mod+Shift+Q" },
  "code-block": { label: text.codeBlock, shortcut: "Mod+Shift+E" },
  table: { label: text.table, shortcut: "Mod+Alt+T" },
  strike: { label: text.strike, shortcut: "Mod+Shift+X" },
  "find-in-step": { label: text.find, shortcut: "Mod+F" },
  "replace-in-step": { label: text.replace, shortcut: "Mod+H" },
  "next-problem": { label: text.nextProblem, shortcut: "F8" },
  "previous-problem": { label: text.previousProblem, shortcut: "Shift+F8" },
  comment: { label: text.comment, shortcut: "Mod+Alt+M" },
  "write-alone": { label: text.alone, shortcut: "Mod+Shift+Enter" },
  "leave-text": { label: strings.leaveText, shortcut: "Escape", isLocal: true },
});
