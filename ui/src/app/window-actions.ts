// What the window as a whole can do, on every screen.

import { commands } from "../ipc";
import { navigate, type SettingsSection } from "../lib/route";
import { theme, zoom, zoomBy } from "../lib/theme";
import { type Action, doing } from "../ui/actions";
import { windowSpecs } from "./action-specs";
import { goToPane } from "./focus";
import { failed } from "./host";
import { sideBarShown } from "./SideBar";

export type Open = "palette" | "quick-open" | "shortcuts" | "new" | null;

export function windowActions(setOpen: (open: Open) => void): Action[] {
  const go =
    (
      screen:
        | "library"
        | "import"
        | "replace"
        | "connections"
        | "agents"
        | "snippets"
        | "wordings"
        | "trash"
        | "settings",
    ) =>
    () =>
      navigate({ screen });
  const section = (name: SettingsSection) => () => navigate({ screen: "settings", section: name });
  const anywhere = (action: Action): Action => ({ ...action, isEverywhere: true });
  return [
    doing(windowSpecs.new, () => setOpen("new")),
    doing(windowSpecs.import, go("import")),
    doing(windowSpecs["quick-open"], () => setOpen("quick-open")),
    doing(windowSpecs.palette, () => setOpen("palette")),
    doing(windowSpecs.find, findEverywhere),
    doing(windowSpecs.replace, go("replace")),
    doing(windowSpecs.shortcuts, () => setOpen("shortcuts")),
    doing(windowSpecs.close, go("library")),
    doing(windowSpecs["side-bar"], () => sideBarShown.write(!sideBarShown.read())),
    doing(windowSpecs["next-pane"], () => goToPane(1)),
    doing(windowSpecs["previous-pane"], () => goToPane(-1)),
    doing(windowSpecs.library, go("library")),
    doing(windowSpecs.assignments, () => navigate({ screen: "assignments", connection: null })),
    doing(windowSpecs.releases, () => navigate({ screen: "releases" })),
    doing(windowSpecs.connections, go("connections")),
    doing(windowSpecs.agents, go("agents")),
    doing(windowSpecs.snippets, go("snippets")),
    doing(windowSpecs.wordings, go("wordings")),
    doing(windowSpecs.trash, go("trash")),
    doing(windowSpecs.settings, go("settings")),
    doing(windowSpecs["settings-writing"], section("writing")),
    doing(windowSpecs["settings-lint"], section("lint")),
    doing(windowSpecs["settings-models"], section("models")),
    doing(windowSpecs["settings-backups"], section("backups")),
    doing(windowSpecs["settings-shortcuts"], section("shortcuts")),
    anywhere(doing(windowSpecs["zoom-in"], () => zoomBy(1))),
    anywhere(doing(windowSpecs["zoom-out"], () => zoomBy(-1))),
    anywhere(doing(windowSpecs["zoom-reset"], () => zoom.write(100))),
    anywhere(doing(windowSpecs["full-screen"], () => void commands.toggleFullScreen().catch(failed))),
    anywhere(doing(windowSpecs.theme, switchTheme)),
    doing(windowSpecs.logs, () => void commands.openLogFolder().catch(failed)),
  ];
}

/** To the other one than is shown, whoever decided that. */
function switchTheme(): void {
  theme.write(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
}

/** The library's search box, from any screen. */
function findEverywhere(): void {
  navigate({ screen: "library" });
  setTimeout(() => document.querySelector<HTMLInputElement>("header input[type='search']")?.select(), 60);
}
