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

/** What is written often, whether or not there is a dictionary for it. */
export const usualLanguages: readonly string[] = [
  ...["ar", "cs", "da", "de", "en", "es", "fi", "fr", "he", "hi", "hu", "id", "it", "ja", "ko", "nb", "nl", "pl"],
  ...["pt", "pt-BR", "ro", "ru", "sv", "tr", "uk", "vi", "zh"],
];
