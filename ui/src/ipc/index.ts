// The doorway to the host: features import from here and from nowhere else in this folder.

export { commands, dialogs, events, origin } from "./connect";
export * from "./contract";
export { asWaymarkError, type Code, WaymarkError } from "./errors";
export * from "./queries";
export * from "./types";
