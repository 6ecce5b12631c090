// What stands in which native menu.

import type { editorSpecs, textSpecs } from "../features/editor/action-specs";
import type { librarySpecs } from "../features/library/action-specs";
import type { MenuEntry, NativeMenu } from "../ipc";
import { worksWhileTyping } from "../lib/shortcut";
import type { Action } from "../ui/actions";
import { type ActionSpec, keysFor } from "../ui/keymap";
import type { windowSpecs } from "./action-specs";
import { strings } from "./strings";

const line = "-";
const quit = "quit";
const editing = { cut: "cut", copy: "copy", paste: "paste", "select-all": "select_all" } as const;
const isEditing = (id: string): id is keyof typeof editing => id in editing;

/** What may stand in a menu: an action that there is, a line between them, or what the host does itself. */
type MenuId =
  | keyof typeof windowSpecs
  | keyof typeof librarySpecs
  | keyof typeof editorSpecs
  | keyof typeof textSpecs
  | keyof typeof editing
  | typeof line
  | typeof quit;

const layout: readonly [string, readonly MenuId[]][] = [
  [strings.menus.file, ["new", "import", line, "quick-open", line, "save", "export", "publish", line, "close", quit]],
  [
    strings.menus.edit,
    [
      "undo",
      "redo",
      line,
      "cut",
      "copy",
      "paste",
      "select-all",
      line,
      "find-here",
      "find-in-step",
      "replace-in-step",
      "find",
      "replace",
      line,
      "insert-step",
      "duplicate-step",
      "rename-step",
      "move-up",
      "move-down",
      "delete-step",
      line,
      "quick-fix",
      "check-links",
      line,
      "comment",
    ],
  ],
  [
    strings.menus.view,
    [
      "palette",
      line,
      "toggle-preview",
      "conversation",
      "agent-runs",
      "side-bar",
      "flow",
      "quiz",
      "history",
      line,
      "zoom-in",
      "zoom-out",
      "zoom-reset",
      line,
      "theme",
      "full-screen",
    ],
  ],
  [
    strings.menus.go,
    [
      "library",
      "snippets",
      "assignments",
      "releases",
      "wordings",
      "connections",
      "agents",
      "trash",
      "settings",
      line,
      "previous-step",
      "next-step",
      "details",
      "problems",
      "review",
      "next-problem",
      "previous-problem",
      line,
      "next-pane",
      "previous-pane",
    ],
  ],
  [strings.menus.help, ["shortcuts", "logs"]],
];

export function nativeMenus(
  specs: readonly ActionSpec[],
  offered: readonly Action[],
  chosen: Record<string, string>,
): NativeMenu[] {
  const entry = (id: MenuId): MenuEntry => {
    if (id === line) return { kind: "separator" };
    if (id === quit) return { kind: "quit", label: strings.quit };
    if (isEditing(id)) return { kind: "editing", editing: editing[id], label: strings.editing[id] };
    const spec = specs.find((known) => known.id === id);
    const action = offered.find((known) => known.id === id);
    if (!spec) throw new Error(`BUG: the menus name the action ${id}, which is not listed.`);
    const keys = keysFor(spec, chosen);
    return {
      kind: "action",
      id,
      label: action?.label ?? spec.label,
      keys: keys && !spec.isLocal ? accelerator(keys) : null,
      is_enabled: action !== undefined && action.isEnabled !== false,
    };
  };
  return layout.map(([label, ids]) => ({ label, entries: trimmed(ids.map(entry)) }));
}

/** No line at an end, and no two in a row. */
function trimmed(entries: MenuEntry[]): MenuEntry[] {
  return entries.filter(
    ({ kind }, index) =>
      kind !== "separator" || (index > 0 && index < entries.length - 1 && entries[index - 1]?.kind !== "separator"),
  );
}

/** Keys as the host writes them; null for those that would take something from whoever is typing. */
export function accelerator(keys: string): string | null {
  if (!worksWhileTyping(keys)) return null;
  const parts = keys.split("+").map((part) => (part === "Mod" ? "CmdOrCtrl" : part === "Plus" ? "=" : part));
  return parts.join("+").replace(/Arrow(Up|Down|Left|Right)$/, "$1");
}
