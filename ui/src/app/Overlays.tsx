// What can come in front of any screen, and the actions that belong to the window as a whole.

import { lazy, type ReactNode, Suspense, useMemo, useState } from "react";
import { NewSnippet } from "../features/snippets/NewSnippet";
import { useStored } from "../lib/stored";
import { useActions } from "../ui/actions";
import { CloseDialog } from "./CloseDialog";
import { stoppedClosing } from "./closing";
import { type Open, windowActions } from "./window-actions";

const load = {
  palette: () => import("./Palette").then((m) => ({ default: m.Palette })),
  sheet: () => import("./ShortcutSheet").then((m) => ({ default: m.ShortcutSheet })),
  quickOpen: () => import("../features/library/QuickOpen").then((m) => ({ default: m.QuickOpen })),
  newDialog: () => import("../features/library/NewDialog").then((m) => ({ default: m.NewDialog })),
};
const Palette = lazy(load.palette);
const ShortcutSheet = lazy(load.sheet);
const QuickOpen = lazy(load.quickOpen);
const NewDialog = lazy(load.newDialog);

// Fetched before they are asked for: what is typed right after the shortcut would otherwise go to what is behind.
setTimeout(() => void Promise.all(Object.values(load).map((fetch) => fetch())), 1_200);

export function Overlays() {
  const [open, setOpen] = useState<Open>(null);
  const actions = useMemo(() => windowActions(setOpen), []);
  useActions(actions);
  const [isStopped] = useStored(stoppedClosing);
  if (isStopped) return <CloseDialog reason={isStopped} />;
  if (open === null) return <NewSnippet />;
  return <Suspense fallback={null}>{overlay(open, () => setOpen(null))}</Suspense>;
}

function overlay(open: NonNullable<Open>, close: () => void): ReactNode {
  switch (open) {
    case "palette":
      return <Palette onClose={close} />;
    case "quick-open":
      return <QuickOpen onClose={close} />;
    case "shortcuts":
      return <ShortcutSheet onClose={close} />;
    case "new":
      return <NewDialog onClose={close} />;
  }
}
