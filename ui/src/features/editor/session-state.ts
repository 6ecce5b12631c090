// What is known of an open walkthrough at one moment.

import type { Field, StepId, Walkthrough, WaymarkError } from "../../ipc";
import type { Part } from "../../lib/route";

export type SaveState =
  | { kind: "saved"; at: number | null }
  | { kind: "saving" }
  | { kind: "failed"; error: WaymarkError };
export type History = { canUndo: boolean; canRedo: boolean };
export type SessionState = {
  /** How often the host gave a whole draft: what changed then is more than what was typed here. */
  adopted: number;
  walkthrough: Walkthrough;
  version: number;
  save: SaveState;
  history: History;
};
export type Place = { step: StepId; field: Field | null; part?: Part };

/** Milliseconds: after a pause, and without one. A second is promised, and the write itself takes some of it. */
export const saveAfter = { pause: 400, typing: 600 };
