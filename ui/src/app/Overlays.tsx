// What can come in front of any screen, and the actions that belong to the window as a whole.

import { lazy, type ReactNode, Suspense, useMemo, useState } from "react";
import { NewSnippet } from "../features/snippets/NewSnippet";
import { useStored } from "../lib/stored";
import { useActions } from "../ui/actions";
import { CloseDialog } from "./CloseDialog";
import { stoppedClosing } from "./closing";
import { type Open, windowActions } from "./window-actions";

const Palette = lazy(() => import("./Palette").then((m) => ({ default: m.Palette })));
const ShortcutSheet = lazy(() => import("./ShortcutSheet").then((m) => ({ default: m.ShortcutSheet })));
const QuickOpen = lazy(() => import("../features/library/QuickOpen").then((m) => ({ default: m.QuickOpen })));
const NewDialog = lazy(() => import("../features/library/NewDialog").then((m) => ({ default: m.NewDialog })));

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
