// The wire types, as the host generates them.

export type * from "./generated/host";
