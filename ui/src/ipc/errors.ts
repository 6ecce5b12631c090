// The one error that every command rejects with.

import type { Code, TextConflict, Error as Thrown } from "./generated/host";

export class WaymarkError extends Error {
  override readonly name = "WaymarkError";

  constructor(
    readonly code: Code,
    message: string,
    readonly hint: string | null = null,
    readonly field: string | null = null,
    /** The texts that cannot be merged, where that is what happened. */
    readonly conflict: TextConflict | null = null,
  ) {
    super(message);
  }
}

/** Anything thrown, as a `WaymarkError`: what is not one is a bug of ours and says so. */
export function asWaymarkError(thrown: unknown): WaymarkError {
  if (thrown instanceof WaymarkError) return thrown;
  if (isThrown(thrown))
    return new WaymarkError(thrown.code, thrown.message, thrown.hint, thrown.field, thrown.conflict);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new WaymarkError("bug", message, "This is a bug in Waymark. Please report it with the log file.");
}

function isThrown(thrown: unknown): thrown is Thrown {
  return typeof thrown === "object" && thrown !== null && "code" in thrown && "message" in thrown && "hint" in thrown;
}
