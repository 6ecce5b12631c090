// The window's entry.

import "@fontsource/ibm-plex-sans/400.css";
import "@fontsource/ibm-plex-sans/500.css";
import "@fontsource/ibm-plex-sans/600.css";
import "@fontsource/ibm-plex-mono/400.css";
import "@fontsource/ibm-plex-mono/400-italic.css";
import "@fontsource/ibm-plex-mono/500.css";
import "@fontsource/ibm-plex-mono/600.css";
import "../styles/tokens.css";
import "../styles/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { beginSettings, type Settings } from "../lib/settings";
import { followTheme } from "../lib/theme";

declare global {
  /** What the host knows before the page begins. */
  var waymarkSettings: Settings | undefined;
}

if (globalThis.waymarkSettings) beginSettings(globalThis.waymarkSettings, () => undefined);
followTheme();
const root = document.getElementById("root");
if (!root) throw new Error("BUG: index.html has no element `root`.");
// The frame of index.html is painted while the window waits for the host.
const { App } = await import("./App");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
