// The window: what every screen stands in.

import { QueryClientProvider } from "@tanstack/react-query";
import { Suspense, useEffect, useState } from "react";
import { commands, problem, readOnly, settings as started } from "../ipc";
import { useRoute } from "../lib/route";
import { beginSettings } from "../lib/settings";
import { runShortcut } from "../ui/actions";
import { Navigation, Screen } from "../ui/Screen";
import { Toasts } from "../ui/Toasts";
import { TooltipProvider } from "../ui/Tooltip";
import { Crash } from "./Crash";
import { SkipLink, useFocusOnArrival } from "./focus";
import { failed, followHost, makeQueryClient } from "./host";
import { NativeMenu } from "./NativeMenu";
import { NoLibrary } from "./NoLibrary";
import { Overlays } from "./Overlays";
import { SideBar } from "./SideBar";
import { screenOf } from "./screens";
import { strings } from "./strings";
import styles from "./window.module.css";
import "./action-specs";

beginSettings(started, (settings) => void commands.saveSettings(settings).catch(failed));

export function App() {
  const [client] = useState(makeQueryClient);
  useEffect(() => followHost(client), [client]);
  useEffect(() => {
    globalThis.addEventListener("keydown", runShortcut);
    return () => globalThis.removeEventListener("keydown", runShortcut);
  }, []);
  return (
    <QueryClientProvider client={client}>
      <TooltipProvider>
        <Crash>
          <Navigation value={<SideBar />}>
            <SkipLink />
            <div className={styles.window}>
              {readOnly && (
                <p className={styles.bar} role="status">
                  {strings.readOnly(readOnly)}
                </p>
              )}
              <Suspense fallback={<Loading />}>
                {problem ? <NoLibrary problem={problem} /> : <CurrentScreen />}
              </Suspense>
            </div>
          </Navigation>
          <Overlays />
          <NativeMenu />
        </Crash>
        <Toasts />
      </TooltipProvider>
    </QueryClientProvider>
  );
}

function CurrentScreen() {
  const route = useRoute();
  useFocusOnArrival(route.screen);
  return screenOf(route);
}

/** The frame of every screen, for the moment until the screen itself is there. */
function Loading() {
  return (
    <Screen header={null} hasNavigation={false} label="">
      {null}
    </Screen>
  );
}
