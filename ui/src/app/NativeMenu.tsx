// The native menu: the same actions as everywhere, told to the host whenever they change, on the ground that the page has.

import { useEffect, useMemo } from "react";
import { commands } from "../ipc";
import { settings } from "../lib/settings";
import { useStored } from "../lib/stored";
import { shownTheme } from "../lib/theme";
import { useOfferedActions } from "../ui/actions";
import { allSpecs } from "../ui/keymap";
import { failed } from "./host";
import { nativeMenus } from "./menus";

/** Milliseconds in which several changes become one: a screen that goes and one that comes. */
const pause = 60;

export function NativeMenu() {
  const offered = useOfferedActions();
  const [{ shortcuts }] = useStored(settings);
  const text = useMemo(() => JSON.stringify(nativeMenus(allSpecs(), offered, shortcuts)), [offered, shortcuts]);
  useEffect(() => {
    const timer = setTimeout(() => void commands.showMenu(JSON.parse(text)).catch(failed), pause);
    return () => clearTimeout(timer);
  }, [text]);
  const [shown] = useStored(shownTheme);
  useEffect(() => void commands.showGround(shown === "dark").catch(failed), [shown]);
  return null;
}
