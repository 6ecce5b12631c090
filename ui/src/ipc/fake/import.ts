// Files in memory: what importing them would do, and doing it.

import { WaymarkError } from "../errors";
import type { ImportItem, ImportPreview } from "../types";
import type { Plain } from "./commands";
import type { FakeLibrary } from "./library";

type ImportCommands = Pick<Plain, "previewImport" | "runImport">;

export function importCommands(files: Record<string, ImportItem>, library: () => FakeLibrary): ImportCommands {
  return {
    previewImport: (source): ImportPreview => ({
      items:
        source.text !== undefined
          ? [readText(source.text)]
          : (source.paths ?? []).map((path) => files[path] ?? unreadable(path)),
    }),
    runImport: ({ run: { source, on_clash } }) => {
      const items =
        source.text !== undefined ? [readText(source.text)] : (source.paths ?? []).map((path) => files[path]);
      const found = items.flatMap((item) => (item?.found ? [item.found] : []));
      const walkthroughs = found.map(({ title, type, steps, warnings, clash }) => {
        if (clash && on_clash === "skip")
          return { id: clash.with, title, steps, warnings, outcome: "skipped" as const };
        if (clash && on_clash === "update")
          return { id: clash.with, title, steps, warnings, outcome: "updated" as const };
        const name = clash ? `${title} (2)` : title;
        const { draft } = library().create(name, type);
        return {
          id: draft.walkthrough.id,
          title: name,
          steps,
          warnings,
          outcome: clash ? ("copied" as const) : ("created" as const),
        };
      });
      return { walkthroughs, failed: [], left: 0 };
    },
  };
}

function readText(text: string): ImportItem {
  try {
    const { title = "Pasted walkthrough", steps = [] } = JSON.parse(text).walkthrough ?? {};
    const found = { title, type: "course" as const, steps: steps.length, warnings: [], attachments: 0, clash: null };
    return { file: "", found, error: null };
  } catch {
    const error = new WaymarkError(
      "invalid_input",
      "The text is not valid JSON: `expected value` at line 1, column 1.",
      "Correct the JSON at that line and column.",
    );
    return { file: "", found: null, error: plainError(error) };
  }
}

function unreadable(file: string): ImportItem {
  const error = new WaymarkError("not_found", `There is no file \`${file}\`.`, "Choose it again.");
  return { file, found: null, error: plainError(error) };
}

export const plainError = ({ code, message, hint, field, conflict }: WaymarkError) => ({
  code,
  message,
  hint,
  field,
  conflict,
});
