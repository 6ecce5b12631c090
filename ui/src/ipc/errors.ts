// The one error that every command rejects with.

export type Code =
  | "invalid_input"
  | "not_found"
  | "conflict"
  | "refused"
  | "cancelled"
  | "unreachable"
  | "authentication_failed"
  | "permission_denied"
  | "schema_mismatch"
  | "keyring_unavailable"
  | "keyring_locked"
  | "library_read_only"
  | "library_damaged"
  | "environment_missing"
  | "outcome_unknown"
  | "bug";

export class WaymarkError extends Error {
  override readonly name = "WaymarkError";

  constructor(
    readonly code: Code,
    message: string,
    readonly hint: string | null = null,
    readonly field: string | null = null,
  ) {
    super(message);
  }
}

/** Anything thrown, as a `WaymarkError`: what is not one is a bug of ours and says so. */
export function asWaymarkError(thrown: unknown): WaymarkError {
  if (thrown instanceof WaymarkError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new WaymarkError("bug", message, "This is a bug in Waymark. Please report it with the log file.");
}
