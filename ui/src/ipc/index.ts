// The doorway to the host: features import from here and from nowhere else in this folder.

export * from "./agent-queries";
export { close, commands, dialogs, events, origin, problem, readOnly, settings } from "./connect";
export type * from "./contract";
export { asWaymarkError, WaymarkError } from "./errors";
export * from "./import-queries";
export * from "./open-draft";
export * from "./pictures";
export * from "./queries";
export * from "./reviewing";
export * from "./slot-name";
export * from "./stale";
export * from "./task";
export * from "./typed";
export type * from "./types";
export * from "./wording-queries";
