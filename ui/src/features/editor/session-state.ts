// What is known of an open walkthrough at one moment.

import type { Field, StepId, Walkthrough, WaymarkError } from "../../ipc";

export type SaveState =
  | { kind: "saved"; at: number | null }
  | { kind: "saving" }
  | { kind: "failed"; error: WaymarkError };
export type History = { canUndo: boolean; canRedo: boolean };
export type SessionState = { walkthrough: Walkthrough; version: number; save: SaveState; history: History };
export type Place = { step: StepId; field: Field | null };
