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
import { followTheme } from "../lib/theme";
import { App } from "./App";

followTheme();
const root = document.getElementById("root");
if (!root) throw new Error("BUG: index.html has no element `root`.");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
