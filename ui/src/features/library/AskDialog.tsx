// The questions that some actions on walkthroughs ask first.

import type { DraftSummary } from "../../ipc";
import type { BulkActions } from "./bulk";
import { ServerDialog } from "./ServerDialog";
import { TagDialog } from "./TagDialog";

export type Ask = { what: "tags" | "server"; ids: readonly string[] };

type AskDialogProps = { ask: Ask; all: readonly DraftSummary[]; actions: BulkActions; onClose: () => void };

export function AskDialog({ ask, all, actions, onClose }: AskDialogProps) {
  const asked = { drafts: all.filter(({ id }) => ask.ids.includes(id)), all, actions, onClose };
  return ask.what === "tags" ? <TagDialog {...asked} /> : <ServerDialog {...asked} />;
}
