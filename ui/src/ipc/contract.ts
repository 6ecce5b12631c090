// What the window asks of the host. Every command rejects with a `WaymarkError`.

import type {
  Connection,
  ConnectionId,
  Draft,
  Edit,
  Field,
  FieldsV1,
  Finding,
  Millis,
  ServerInfo,
  StepId,
  StepPreview,
  WalkthroughId,
  WalkthroughStatus,
  WalkthroughType,
} from "./types";

export type ListDrafts = { is_trashed: boolean };
export type Unpublished = { connection: ConnectionId; changes: number };
export type DraftSummary = {
  id: WalkthroughId;
  title: string;
  type: WalkthroughType;
  status: WalkthroughStatus;
  steps: number;
  tags: string[];
  servers: string[];
  problems: number;
  updated_at: Millis;
  trashed_at: Millis | null;
  version: number;
  unpublished: Unpublished[];
  never_published: boolean;
};

export type OpenDraft = { draft: Draft; version: number };
export type NewDraft = { title: string; type: WalkthroughType };
export type ApplyEdit = { walkthrough: WalkthroughId; edit: Edit; seen_version: number | null };
/**
 * The draft after a change. `draft` is null where the caller already has it: a text change that was applied exactly as
 * sent. So a keystroke never costs a copy of the whole walkthrough.
 */
export type Applied = { version: number; draft: Draft | null };
export type AddStep = { walkthrough: WalkthroughId; at: number; title: string };
export type StepRef = { walkthrough: WalkthroughId; step: StepId };
export type AddedStep = { version: number; draft: Draft; step: StepId };
/** Offers a walkthrough on a server, or changes how. Without an order it comes last. */
export type AssignServer = {
  walkthrough: WalkthroughId;
  server: string;
  display_order: number | null;
  is_enabled: boolean;
};
export type ExportDraft = { id: WalkthroughId; path: string };
export type PreviewStep = {
  walkthrough: WalkthroughId;
  step: StepId;
  /** The step's title as typed, where it is not saved yet. */
  title: string | null;
  /** The step's texts as typed. */
  fields: FieldsV1 | null;
};
/** The platform's rules that the window shows; they are decided and enforced by the host. */
export type Rules = {
  title_max: number;
  description_max: number;
  step_title_max: number;
  required_fields: { type: WalkthroughType; fields: Field[] }[];
};
export type About = { version: string; library: string; logs: string };

export type Commands = {
  listDrafts(input: ListDrafts): Promise<DraftSummary[]>;
  openDraft(id: WalkthroughId): Promise<OpenDraft>;
  createDraft(input: NewDraft): Promise<OpenDraft>;
  duplicateDraft(id: WalkthroughId): Promise<OpenDraft>;
  trashDrafts(ids: WalkthroughId[]): Promise<void>;
  restoreDrafts(ids: WalkthroughId[]): Promise<void>;
  addExamples(): Promise<WalkthroughId[]>;
  applyEdit(input: ApplyEdit): Promise<Applied>;
  addStep(input: AddStep): Promise<AddedStep>;
  duplicateStep(input: StepRef): Promise<AddedStep>;
  assignServer(input: AssignServer): Promise<Applied>;
  exportDraft(input: ExportDraft): Promise<void>;
  /** Null: there is nothing to undo. */
  undo(id: WalkthroughId): Promise<Applied | null>;
  redo(id: WalkthroughId): Promise<Applied | null>;
  previewStep(input: PreviewStep): Promise<StepPreview>;
  lintDraft(id: WalkthroughId): Promise<Finding[]>;
  listConnections(): Promise<Connection[]>;
  listServers(connection: ConnectionId): Promise<ServerInfo[]>;
  rules(): Promise<Rules>;
  about(): Promise<About>;
  openLogFolder(): Promise<void>;
};

export type What = "draft" | "drafts" | "connections" | "servers";
/** Something was written. `origin` says by whom: `ipc.origin` is this window. */
export type Changed = { what: What; id: string | null; origin: string };

export type Events = {
  changed(listener: (event: Changed) => void): () => void;
  /** The window is about to close; it waits for the answer. */
  closeRequested(listener: () => Promise<void>): () => void;
  filesDropped(listener: (paths: string[]) => void): () => void;
};

/** Native dialogs. They answer null where the person cancels. */
export type Dialogs = {
  openFiles(): Promise<string[] | null>;
  saveFile(name: string): Promise<string | null>;
};

export type Host = { commands: Commands; events: Events; dialogs: Dialogs; origin: string };
