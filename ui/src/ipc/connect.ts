// Picks the host once, before anything is drawn.

import type { Host } from "./contract";
import { windowHost } from "./host";

async function connect(): Promise<Host> {
  if (__FAKE__) {
    const fake = await import("./fake/host");
    return fake.browserHost(location.search);
  }
  return windowHost();
}

export const { close, commands, events, dialogs, origin, readOnly, problem, settings }: Host = await connect();
