// The window's entry: small, so that what it asks of the host is asked before the program is read.

import "@fontsource/ibm-plex-sans/400.css";
import "@fontsource/ibm-plex-sans/500.css";
import "@fontsource/ibm-plex-sans/600.css";
import "@fontsource/ibm-plex-mono/400.css";
import "@fontsource/ibm-plex-mono/400-italic.css";
import "@fontsource/ibm-plex-mono/500.css";
import "@fontsource/ibm-plex-mono/600.css";
import "../styles/tokens.css";
import "../styles/base.css";
import { firstAnswers } from "../ipc/first";
import { beginSettings, type Settings } from "../lib/settings";
import { followTheme } from "../lib/theme";

declare global {
  /** What the host knows before the page begins. */
  var waymarkSettings: Settings | undefined;
}

const answers = firstAnswers();
if (globalThis.waymarkSettings) beginSettings(globalThis.waymarkSettings, () => undefined);
followTheme();
const root = document.getElementById("root");
if (!root) throw new Error("BUG: index.html has no element `root`.");
// Each picture costs what many lines of program do: the first one is the list, not a frame for it.
const [{ show }] = await Promise.all([import("./window"), answers]);
show(root);
