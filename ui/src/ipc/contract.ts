// What the window asks of the host: the generated commands, rejecting with a `WaymarkError`, and what the host tells.

import type { commands } from "./generated/host";
import type { Change, CloseRequested, Error as HostError, LinkProgress, Point, Settings, TaskProgress } from "./types";

type Generated = typeof commands;
/** Rust's `()` arrives as null; nobody needs to know. */
// biome-ignore lint/suspicious/noConfusingVoidType: it stands for what a promise of nothing resolves to.
type Nothing<Value> = [Value] extends [null] ? void : Value;
type Asked = {
  [Name in keyof Generated]: (
    ...input: Parameters<Generated[Name]>
  ) => Promise<Nothing<Awaited<ReturnType<Generated[Name]>>>>;
};
/** Everything the host can be asked, but for what this folder asks itself. */
export type Commands = Omit<Asked, "start" | "answerClose">;

export type Events = {
  /** Something was written. `origin` says by whom: `ipc.origin` is this window. */
  changed(listener: (event: Change) => void): () => void;
  /** So much was written that everything is to be read anew. */
  stale(listener: () => void): () => void;
  /** The window is about to close. It closes when the answer is true, and stays when it is false or fails. */
  closeRequested(listener: (event: CloseRequested) => Promise<boolean>): () => void;
  /** Files were dropped somewhere in the window. */
  filesDropped(listener: (paths: string[], at: Point) => void): () => void;
  /** Files are dragged over the window; null once they have left. */
  filesDragged(listener: (at: Point | null) => void): () => void;
  linkProgress(listener: (event: LinkProgress) => void): () => void;
  /** Something was chosen in the native menu: the id of an action. */
  menuChosen(listener: (id: string) => void): () => void;
  taskProgress(listener: (event: TaskProgress) => void): () => void;
};

/** Native dialogs. They answer null where the person cancels. */
export type Dialogs = {
  openFiles(): Promise<string[] | null>;
  /** Files to put beside a walkthrough. */
  openAttachments(): Promise<string[] | null>;
  /** A machine's report about a walkthrough. */
  openReport(): Promise<string | null>;
  saveFile(name: string): Promise<string | null>;
  openFolder(): Promise<string | null>;
};

/** Why there is no library to work with, if there is none. */
export type StartProblem = { error: HostError; folder: string; retry: () => Promise<boolean> };

export type Host = {
  commands: Commands;
  events: Events;
  dialogs: Dialogs;
  /** Closes the window without asking again: what is not saved is lost. */
  close(): Promise<void>;
  origin: string;
  /** Why writes are refused, if they are. */
  readOnly: string | null;
  problem: StartProblem | null;
  /** What the person chose about the window, as it was at the start. */
  settings: Settings;
};
