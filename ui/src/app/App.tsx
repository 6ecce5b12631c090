// The window: what every screen stands in.

import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { Suspense, useEffect, useState } from "react";
import { asWaymarkError, commands, problem, queries, settings as started } from "../ipc";
import { useRoute } from "../lib/route";
import { beginSettings } from "../lib/settings";
import { runShortcut } from "../ui/actions";
import { Navigation, Screen } from "../ui/Screen";
import { Toasts } from "../ui/Toasts";
import { TooltipProvider } from "../ui/Tooltip";
import { Crash } from "./Crash";
import { DamagedLibrary } from "./DamagedLibrary";
import { SkipLink, useFocusOnArrival } from "./focus";
import { failed, followHost, makeQueryClient } from "./host";
import { NativeMenu } from "./NativeMenu";
import { NoLibrary } from "./NoLibrary";
import { Overlays } from "./Overlays";
import { SideBar } from "./SideBar";
import { screenOf } from "./screens";
import { strings } from "./strings";
import { Trouble } from "./Trouble";
import styles from "./window.module.css";
import "./action-specs";

beginSettings(started, (settings) => void commands.saveSettings(settings).catch(failed));

export function App() {
  const [client] = useState(makeQueryClient);
  const [isRecovering, setIsRecovering] = useState(false);
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
              {!problem && !isRecovering && <Trouble onRecover={() => setIsRecovering(true)} />}
              <Suspense fallback={<Loading hasNavigation={!problem && !isRecovering} />}>
                {problem ? <NoLibrary problem={problem} /> : isRecovering ? <Recovery /> : <CurrentScreen />}
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

/** Damage that was found while the window was open. */
function Recovery() {
  const trouble = useQuery(queries.libraryTrouble()).data;
  const error = trouble ? asWaymarkError(trouble) : null;
  const reload = () => location.reload();
  return (
    <Screen header={null} hasNavigation={false} label={strings.damagedTitle}>
      {error && <DamagedLibrary error={error} onRetry={reload} onDone={reload} />}
    </Screen>
  );
}

function CurrentScreen() {
  const route = useRoute();
  useFocusOnArrival(route.screen);
  return screenOf(route);
}

/** The frame of every screen, for the moment until the screen itself is there. */
function Loading({ hasNavigation }: { hasNavigation: boolean }) {
  return (
    <Screen header={null} hasNavigation={hasNavigation} label="">
      {null}
    </Screen>
  );
}
