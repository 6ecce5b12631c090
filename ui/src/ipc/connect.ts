// Picks the host once, before anything is drawn.

import type { Host } from "./contract";

async function connect(): Promise<Host> {
  const fake = await import("./fake/host");
  return fake.browserHost(location.search);
}

export const { commands, events, dialogs, origin }: Host = await connect();
