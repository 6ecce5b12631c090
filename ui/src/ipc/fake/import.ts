// Files in memory: what importing them would do, and doing it.

import { WaymarkError } from "../errors";
import type { ImportedOne, ImportItem, ImportPreview, OnClash, RunImport } from "../types";
import type { Plain } from "./commands";
import type { FakeLibrary } from "./library";
import { type FakeTasks, passed } from "./tasks";

type Found = NonNullable<ImportItem["found"]>;
export type ImportCommands = Pick<Plain, "previewImport" | "runImport">;

export type ImportOptions = {
  /** What stands in files, by path. A text that is no item is not readable. */
  files?: Record<string, ImportItem>;
  /** Milliseconds that each file takes. */
  importPace?: number;
};

export function importCommands(
  { files = {}, importPace = 0 }: ImportOptions,
  library: () => FakeLibrary,
  tasks: FakeTasks,
): ImportCommands {
  const itemsOf = ({ text, paths }: RunImport["source"]): ImportItem[] =>
    text !== undefined ? [readText(text)] : (paths ?? []).map((path) => files[path] ?? unreadable(path));
  return {
    previewImport: (source): ImportPreview => ({ items: itemsOf(source) }),
    runImport: async ({ task, run: { source, on_clash } }) => {
      const items = itemsOf(source);
      const walkthroughs: ImportedOne[] = [];
      let done = 0;
      for (const { found } of items) {
        if (importPace > 0) await passed(importPace);
        if (tasks.isStopped(task)) break;
        if (found) walkthroughs.push(brought(found, on_clash, library()));
        done += 1;
        tasks.tell({ task, done, total: items.length, last: found?.title ?? "" });
      }
      return { walkthroughs, failed: [], left: items.length - done };
    },
  };
}

function brought(found: Found, onClash: OnClash | null, library: FakeLibrary): ImportedOne {
  const { title, type, steps, warnings, clash } = found;
  if (clash && onClash === "skip")
    return { id: clash.with, title, steps, warnings, outcome: "skipped", review: null, is_other_text_left: false };
  if (clash && onClash === "update")
    return { id: clash.with, title, steps, warnings, outcome: "updated", review: null, is_other_text_left: false };
  if (clash && onClash === "review")
    return { id: clash.with, title, steps, warnings, outcome: "reviewed", review: null, is_other_text_left: false };
  const name = clash ? `${title} (2)` : title;
  const { draft } = library.create(name, type);
  return {
    id: draft.walkthrough.id,
    title: name,
    steps,
    warnings,
    outcome: clash ? "copied" : "created",
    review: null,
    is_other_text_left: false,
  };
}

function readText(text: string): ImportItem {
  try {
    const { title = "Pasted walkthrough", steps = [] } = JSON.parse(text).walkthrough ?? {};
    const found = {
      title,
      type: "course" as const,
      steps: steps.length,
      warnings: [],
      attachments: 0,
      review: null,
      clash: null,
    };
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
