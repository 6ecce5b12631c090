// The window: what every screen stands in.

import { QueryClientProvider } from "@tanstack/react-query";
import { Suspense, useEffect, useState } from "react";
import { problem, readOnly } from "../ipc";
import { useRoute } from "../lib/route";
import { runShortcut } from "../ui/actions";
import { Navigation, Screen } from "../ui/Screen";
import { Toasts } from "../ui/Toasts";
import { TooltipProvider } from "../ui/Tooltip";
import { Crash } from "./Crash";
import { followHost, makeQueryClient } from "./host";
import { NoLibrary } from "./NoLibrary";
import { Overlays } from "./Overlays";
import { SideBar } from "./SideBar";
import { screenOf } from "./screens";
import { strings } from "./strings";
import styles from "./window.module.css";

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
        </Crash>
        <Toasts />
      </TooltipProvider>
    </QueryClientProvider>
  );
}

function CurrentScreen() {
  return screenOf(useRoute());
}

/** The frame of every screen, for the moment until the screen itself is there. */
function Loading() {
  return (
    <Screen header={null} hasNavigation={false} label="">
      {null}
    </Screen>
  );
}
