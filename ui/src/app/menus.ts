// What stands in which native menu.

import type { MenuEntry, NativeMenu } from "../ipc";
import { worksWhileTyping } from "../lib/shortcut";
import type { Action } from "../ui/actions";
import { type ActionSpec, keysFor } from "../ui/keymap";
import { strings } from "./strings";

/** A line in the menu, or several; what is not an id of an action stands for itself. */
const line = "-";
const quit = "quit";
const layout: [string, string[]][] = [
  [
    strings.menus.file,
    ["new", "import", line, "quick-open", line, "snapshot", "export", "publish", line, "close", quit],
  ],
  [
    strings.menus.edit,
    [
      ...["undo", "redo", line, "cut", "copy", "paste", "select-all", line],
      ...["find-here", "find-in-step", "replace-in-step", "find", "replace", line],
      ...["insert-step", "duplicate-step", "rename-step", "move-up", "move-down", "delete-step"],
    ],
  ],
  [
    strings.menus.view,
    [
      "palette",
      line,
      "toggle-preview",
      "side-bar",
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
      "connections",
      "agents",
      "trash",
      "settings",
      line,
      "previous-step",
      "next-step",
      "details",
      "problems",
      line,
      "next-pane",
      "previous-pane",
    ],
  ],
  [strings.menus.help, ["shortcuts", "logs"]],
];

const editing = { cut: "cut", copy: "copy", paste: "paste", "select-all": "select_all" } as const;
const isEditing = (id: string): id is keyof typeof editing => id in editing;

export function nativeMenus(
  specs: readonly ActionSpec[],
  offered: readonly Action[],
  chosen: Record<string, string>,
): NativeMenu[] {
  const entry = (id: string): MenuEntry | null => {
    if (id === line) return { kind: "separator" };
    if (id === quit) return { kind: "quit", label: strings.quit };
    if (isEditing(id)) return { kind: "editing", editing: editing[id], label: strings.editing[id] };
    const spec = specs.find((known) => known.id === id);
    const action = offered.find((known) => known.id === id);
    if (!spec && !action) return null;
    const keys = spec ? keysFor(spec, chosen) : action?.shortcut;
    return {
      kind: "action",
      id,
      label: action?.label ?? spec?.label ?? id,
      keys: keys && !spec?.isLocal ? accelerator(keys) : null,
      is_enabled: action !== undefined && action.isEnabled !== false,
    };
  };
  return layout.map(([label, ids]) => ({ label, entries: trimmed(ids.map(entry).filter((one) => one !== null)) }));
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
