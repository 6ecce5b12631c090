// What can come in front of any screen, and the actions that belong to the window as a whole.

import { useMemo, useState } from "react";
import { QuickOpen } from "../features/library/QuickOpen";
import { NewSnippet } from "../features/snippets/NewSnippet";
import { navigate } from "../lib/route";
import { useStored } from "../lib/stored";
import { zoom, zoomBy } from "../lib/theme";
import { type Action, useActions } from "../ui/actions";
import { CloseDialog } from "./CloseDialog";
import { stoppedClosing } from "./closing";
import { Palette } from "./Palette";
import { ShortcutSheet } from "./ShortcutSheet";
import { sideBarShown } from "./SideBar";
import { strings } from "./strings";

type Open = "palette" | "quick-open" | "shortcuts" | null;

export function Overlays() {
  const [open, setOpen] = useState<Open>(null);
  const actions = useMemo(() => windowActions(setOpen), []);
  useActions(actions);
  const [isStopped] = useStored(stoppedClosing);
  const close = () => setOpen(null);
  if (isStopped) return <CloseDialog reason={isStopped} />;
  if (open === "palette") return <Palette onClose={close} />;
  if (open === "quick-open") return <QuickOpen onClose={close} />;
  if (open === "shortcuts") return <ShortcutSheet onClose={close} />;
  return <NewSnippet />;
}

function windowActions(setOpen: (open: Open) => void): Action[] {
  const go = (screen: "library" | "replace" | "connections" | "trash" | "settings") => () => navigate({ screen });
  return [
    { id: "palette", label: strings.palette, shortcut: "Mod+Shift+P", run: () => setOpen("palette") },
    { id: "quick-open", label: strings.quickOpen, shortcut: "Mod+P", run: () => setOpen("quick-open") },
    { id: "find", label: strings.findEverywhere, shortcut: "Mod+Shift+F", run: findEverywhere },
    { id: "replace", label: strings.replace, shortcut: "Mod+Shift+H", run: go("replace") },
    { id: "shortcuts", label: strings.shortcuts, shortcut: "?", run: () => setOpen("shortcuts") },
    { id: "close", label: strings.close, shortcut: "Mod+W", run: go("library") },
    {
      id: "side-bar",
      label: strings.toggleSideBar,
      shortcut: "Mod+\\",
      run: () => sideBarShown.write(!sideBarShown.read()),
    },
    { id: "next-pane", label: strings.nextPane, shortcut: "F6", run: focusNextPane },
    { id: "connections", label: strings.connections, run: go("connections") },
    { id: "trash", label: strings.trash, run: go("trash") },
    { id: "settings", label: strings.settings, shortcut: "Mod+,", run: go("settings") },
    { id: "zoom-in", label: strings.zoomIn, shortcut: "Mod+Plus", run: () => zoomBy(1) },
    { id: "zoom-in-unshifted", label: strings.zoomIn, shortcut: "Mod+=", run: () => zoomBy(1) },
    { id: "zoom-out", label: strings.zoomOut, shortcut: "Mod+-", run: () => zoomBy(-1) },
    { id: "zoom-reset", label: strings.zoomReset, shortcut: "Mod+0", run: () => zoom.write(1) },
  ];
}

/** The library's search box, from any screen. */
function findEverywhere(): void {
  navigate({ screen: "library" });
  setTimeout(() => document.querySelector<HTMLInputElement>("header input[type='search']")?.select(), 60);
}

/** Panes mark themselves with `data-pane`; where there are none, the main parts of the screen are the panes. */
function focusNextPane(): void {
  const marked = [...document.querySelectorAll<HTMLElement>("[data-pane]")];
  const panes = marked.length > 0 ? marked : [...document.querySelectorAll<HTMLElement>("header, nav, main")];
  const index = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(index + 1) % panes.length];
  const inside = "[data-pane-focus], .cm-content, a[href], button:not(:disabled), input, [tabindex='0']";
  (next?.querySelector<HTMLElement>("[data-pane-focus]") ?? next?.querySelector<HTMLElement>(inside))?.focus();
}
