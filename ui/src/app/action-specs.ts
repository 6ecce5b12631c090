// The actions of the window as a whole, and the list of all that there are.

import { conversationSpecs } from "../features/conversation/action-specs";
import { editorSpecs, listSpecs, previewSpecs, textSpecs } from "../features/editor/action-specs";
import { flowSpecs } from "../features/flow/action-specs";
import { librarySpecs } from "../features/library/action-specs";
import { mergeSpecs } from "../features/merge/action-specs";
import { quizSpecs } from "../features/quiz/action-specs";
import { type ActionSpec, describe, setCatalog } from "../ui/keymap";
import { strings } from "./strings";

export const windowSpecs = describe("window", {
  new: { label: strings.new, shortcut: "Mod+N" },
  import: { label: strings.import, shortcut: "Mod+O" },
  "quick-open": { label: strings.quickOpen, shortcut: "Mod+P" },
  palette: { label: strings.palette, shortcut: "Mod+Shift+P" },
  find: { label: strings.findEverywhere, shortcut: "Mod+Shift+F" },
  replace: { label: strings.replace, shortcut: "Mod+Shift+H" },
  close: { label: strings.close, shortcut: "Mod+W" },
  "side-bar": { label: strings.toggleSideBar, shortcut: "Mod+\\" },
  "next-pane": { label: strings.nextPane, shortcut: "F6" },
  "previous-pane": { label: strings.previousPane, shortcut: "Shift+F6" },
  library: { label: strings.walkthroughs },
  connections: { label: strings.connections },
  assignments: { label: strings.assignments },
  releases: { label: strings.releases },
  agents: { label: strings.agents },
  snippets: { label: strings.snippets },
  wordings: { label: strings.wordings },
  trash: { label: strings.trash },
  settings: { label: strings.settings, shortcut: "Mod+," },
  "settings-writing": { label: strings.settingsWriting },
  "settings-lint": { label: strings.settingsLint },
  "settings-models": { label: strings.settingsModels },
  "settings-backups": { label: strings.settingsBackups },
  "settings-shortcuts": { label: strings.settingsShortcuts },
  "zoom-in": { label: strings.zoomIn, shortcut: "Mod+Plus", also: ["Mod+="] },
  "zoom-out": { label: strings.zoomOut, shortcut: "Mod+-" },
  "zoom-reset": { label: strings.zoomReset, shortcut: "Mod+0" },
  "full-screen": { label: strings.fullScreen, shortcut: "F11" },
  shortcuts: { label: strings.shortcuts, shortcut: "?" },
  theme: { label: strings.switchTheme },
  logs: { label: strings.openLogs },
});

export const specs: readonly ActionSpec[] = [
  windowSpecs,
  librarySpecs,
  editorSpecs,
  listSpecs,
  textSpecs,
  previewSpecs,
  conversationSpecs,
  flowSpecs,
  quizSpecs,
  mergeSpecs,
].flatMap((of) => Object.values<ActionSpec>(of));

setCatalog(specs);
