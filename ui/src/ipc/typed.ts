// What is typed into a line or a form, until the host has it. The open draft keeps it; a component only shows it, so that
// what could not be saved is found again where it was typed, however often somebody goes elsewhere.

import { useSyncExternalStore } from "react";
import type { WaymarkError } from "./errors";
import type { Applied, Walkthrough } from "./types";

/** One thing that is typed: where it belongs, and how it gets to the host. */
export interface Way<T> {
  /** Its name within the walkthrough. What is typed is found under it. */
  key: string;
  /** Sends it. `seen` is the version on which it was typed. */
  send(value: T, walkthrough: Walkthrough["id"], seen: number): Promise<Applied | null>;
  /** Called when the host has it, before it is let go. */
  settle?(saved: Walkthrough): Promise<Settled<T> | null>;
}

export interface Settled<T> {
  /** Puts what only the host knows (ids) into what was typed meanwhile. */
  into(typed: T): T;
}

export type Typing = {
  readonly value: unknown;
  /** Why the host does not have it, if that is known. */
  readonly error: WaymarkError | null;
};

/** Where everything that is typed into one walkthrough is kept and saved. */
export type TypedValues = {
  read: (key: string) => Typing | null;
  subscribe: (listener: () => void) => () => void;
  /** `isWhole`: saved at once, because it is a change of its own and not a letter of many. */
  type: (way: Way<unknown>, value: unknown, isWhole?: boolean) => void;
  flush: () => Promise<void>;
  /** Forgets what was typed: the host's value stands. */
  drop: (key: string) => void;
};

export type Typed<T> = {
  value: T;
  error: WaymarkError | null;
  change: (value: T, isWhole?: boolean) => void;
  /** It is left: what was typed is saved now. */
  flush: () => void;
  drop: () => void;
};

export function useTyped<T>(values: TypedValues, way: Way<T>, saved: T): Typed<T> {
  const typing = useSyncExternalStore(values.subscribe, () => values.read(way.key));
  return {
    // Only this way writes under its key.
    value: typing ? (typing.value as T) : saved,
    error: typing?.error ?? null,
    change: (value, isWhole) => values.type(way, value, isWhole),
    // What goes wrong is told beside the input and in the status.
    flush: () => void values.flush().catch(() => undefined),
    drop: () => values.drop(way.key),
  };
}

/** What stands below an input that was refused. */
export function problemOf(error: WaymarkError | null): string | null {
  return error && [error.message, error.hint].filter(Boolean).join(" ");
}
