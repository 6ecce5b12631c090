// What is known of an open walkthrough at one moment.

import type { Field, OpenDraft, StepId, Walkthrough, WaymarkError } from "../../ipc";
import type { Part } from "../../lib/route";

export type SaveState =
  | { kind: "saved"; at: number | null }
  | { kind: "saving" }
  | { kind: "failed"; error: WaymarkError };
export type History = { canUndo: boolean; canRedo: boolean };
export type SessionState = {
  /** How often the host gave a whole draft: what changed then is more than what was typed here. */
  adopted: number;
  /** As the host gave it then: what was typed and saved since is not in it. */
  news: Walkthrough;
  walkthrough: Walkthrough;
  version: number;
  save: SaveState;
  /** When it went to the trash, where nothing is saved. */
  trashedAt: number | null;
  history: History;
};
export type Place = { step: StepId; field: Field | null; part?: Part };

/** Of a draft that was just opened. */
export function openedState({ draft, version, can_undo, can_redo }: OpenDraft): SessionState {
  const { walkthrough } = draft;
  const history = { canUndo: can_undo, canRedo: can_redo };
  const save: SaveState = { kind: "saved", at: null };
  return { walkthrough, news: walkthrough, version, save, trashedAt: draft.trashed_at, history, adopted: 0 };
}
