// Languages by their names.

const names = new Intl.DisplayNames("en", { type: "language", fallback: "none" });

/** `German (de)`; a code that nobody knows stands for itself. */
export function languageName(code: string): string {
  try {
    const name = names.of(code);
    return name ? `${name} (${code})` : code;
  } catch {
    return code;
  }
}
