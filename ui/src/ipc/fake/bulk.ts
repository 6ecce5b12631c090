// Changes to several walkthroughs, and find and replace, good enough to look at. The real ones are Rust's.

import type { Commands } from "../contract";
import { WaymarkError } from "../errors";
import type {
  BulkChange,
  BulkSummary,
  Edit,
  FoundPlace,
  Occurrence,
  Part,
  ReplacePattern,
  Walkthrough,
} from "../types";
import { assignmentCommands } from "./assignments";
import type { Plain } from "./commands";
import type { FakeLibrary } from "./library";

const fields = ["introduction_for_agent", "context_for_agent", "content_for_user", "operations_for_agent"] as const;

type BulkCommands = Pick<
  Commands,
  | "applyBulk"
  | "undoBulk"
  | "listReplacements"
  | "lastBulk"
  | "previewReplace"
  | "runReplace"
  | "chooseExportFolder"
  | "exportDrafts"
  | "readAssignments"
  | "arrangeAssignments"
>;

type Done = { summary: BulkSummary; ids: string[]; isTrash: boolean };
const done = new WeakMap<FakeLibrary, Done[]>();

export function bulkCommands(library: FakeLibrary): Pick<Plain, keyof BulkCommands> {
  const known = done.get(library) ?? [];
  done.set(library, known);
  const note = (kind: string, label: string, ids: string[]) => {
    const id = `bulk_${known.length + 1}`;
    const summary = { id, kind, label, at: Date.now(), undone_at: null, walkthroughs: ids.length, snippets: 0 };
    known.unshift({ summary, ids, isTrash: kind === "trash" });
    return id;
  };
  return {
    ...assignmentCommands(library, note),
    applyBulk: ({ ids, change }) => {
      const changed = ids.filter((id) => {
        if (change === "trash") {
          library.setTrashed([id], true);
          return true;
        }
        const edit = editOf(library.entry(id).walkthrough, change);
        if (edit) library.apply(id, edit);
        return edit !== null;
      });
      const kind = change === "trash" ? change : (Object.keys(change)[0] ?? "");
      const id = changed.length > 0 ? note(kind, kind, changed) : null;
      return { id, changed, unchanged: ids.length - changed.length };
    },
    undoBulk: (id) => {
      const one = known.find(({ summary }) => summary.id === id);
      if (!one) throw new WaymarkError("not_found", `There is no change \`${id}\`.`, null);
      for (const draft of one.ids) {
        if (one.isTrash) library.setTrashed([draft], false);
        else library.travel(draft, "undo");
      }
      one.summary.undone_at = Date.now();
      return { undone: one.ids.length, merged: [], kept: [], snippets: 0, kept_snippets: [] };
    },
    lastBulk: () => known.find(({ summary }) => summary.undone_at === null)?.summary ?? null,
    listReplacements: () => known.flatMap(({ summary }) => (summary.kind === "replace" ? [{ ...summary }] : [])),
    previewReplace: ({ pattern = {}, parts = [] }) => {
      const found = library
        .walkthroughs()
        .map((walkthrough) => ({ walkthrough, places: findIn(walkthrough, pattern, parts) }))
        .filter(({ places }) => places.length > 0)
        .map(({ walkthrough: { id, title, type }, places }) => {
          const occurrences_total = places.reduce((sum, place) => sum + place.occurrences_total, 0);
          return { id, title, type, version: library.entry(id).version, places, occurrences_total };
        });
      found.sort((a, b) => a.title.localeCompare(b.title));
      const occurrences_total = found.reduce((sum, one) => sum + one.occurrences_total, 0);
      return { walkthroughs: found, snippets: [], occurrences_total, notes: [] };
    },
    runReplace: ({ pattern, parts, choices }) => {
      const walkthroughs = choices.flatMap(({ id, left_out }) => {
        const { walkthrough } = library.entry(id);
        const edits: Edit[] = [];
        let replaced = 0;
        let index = 0;
        for (const { step, part, text } of textsOf(walkthrough, parts)) {
          let count = 0;
          const next = text.replace(finder(pattern), (whole) => {
            const isLeft = left_out.includes(index);
            index += 1;
            if (isLeft) return whole;
            count += 1;
            return pattern.replace ?? "";
          });
          replaced += count;
          if (count > 0) edits.push(editOfText(step?.id ?? null, part, next));
        }
        if (edits.length === 0) return [];
        library.apply(id, { edit: "batch", edits });
        return [{ id, title: walkthrough.title, replaced }];
      });
      const replaced = walkthroughs.reduce((sum, one) => sum + one.replaced, 0);
      const label = `Replaced \`${pattern.find}\` with \`${pattern.replace}\``;
      const ids = walkthroughs.map(({ id }) => id);
      const change = ids.length > 0 ? note("replace", label, ids) : null;
      return { change, replaced, walkthroughs, snippets: [], skipped: [], skipped_snippets: [] };
    },
    chooseExportFolder: () => "/home/writer/exports",
    exportDrafts: ({ ids, folder }) => ({ folder, files: ids.map((id) => `${id}.json`), attachments: 0 }),
  };
}

function editOf({ tags, status, assignments }: Walkthrough, change: Exclude<BulkChange, "trash">): Edit | null {
  const { add_tags: added, remove_tags: removed, set_status: stage, assign, unassign } = change;
  if (added) {
    const missing = added.filter((tag) => !tags.includes(tag));
    return missing.length > 0 ? { edit: "set_tags", tags: [...tags, ...missing] } : null;
  }
  if (removed) {
    const left = tags.filter((tag) => !removed.includes(tag));
    return left.length < tags.length ? { edit: "set_tags", tags: left } : null;
  }
  if (stage) return stage === status ? null : { edit: "set_status", status: stage };
  const server = assign ?? unassign ?? "";
  const isThere = assignments.some((known) => known.server === server);
  if (unassign !== undefined) return isThere ? { edit: "unassign", server } : null;
  const assignment = { id: `msw_${server}`, server, display_order: 1, is_enabled: true, created_at: null };
  return isThere ? null : { edit: "assign", assignment };
}

type Text = { step: { id: string; number: number; title: string } | null; part: Part; text: string };

function textsOf(walkthrough: Walkthrough, parts: readonly Part[]): Text[] {
  const { title, description, steps } = walkthrough;
  const own: Text[] = [
    { step: null, part: "title", text: title },
    { step: null, part: "description", text: description ?? "" },
  ];
  const ofSteps = steps.flatMap(({ id, title, content_fields: content }, index): Text[] => {
    const step = { id, number: index + 1, title };
    const text = (field: (typeof fields)[number]) => (content.version === "v1" ? (content[field] ?? "") : "");
    return [{ step, part: "title", text: title }, ...fields.map((field) => ({ step, part: field, text: text(field) }))];
  });
  return [...own, ...ofSteps].filter(({ part }) => parts.length === 0 || parts.includes(part));
}

function editOfText(step: string | null, part: Part, text: string): Edit {
  if (step === null) return part === "title" ? { edit: "set_title", title: text } : { edit: "set_description", description: text }; // biome-ignore format: one thing.
  if (part === "title") return { edit: "rename_step", step, title: text };
  const field = fields.find((known) => known === part) ?? "content_for_user";
  return { edit: "set_field", step, field, text };
}

function finder({ find = "", is_regex, is_case_sensitive, is_whole_word }: ReplacePattern): RegExp {
  if (find === "") throw new WaymarkError("invalid_input", "There is nothing to look for.", "Type a text.", "find");
  const inner = is_regex ? find : find.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  try {
    return new RegExp(is_whole_word ? `\\b(?:${inner})\\b` : inner, is_case_sensitive ? "gm" : "gim");
  } catch {
    throw new WaymarkError("invalid_input", "This is no regular expression: unclosed group.", null, "find");
  }
}

function findIn(walkthrough: Walkthrough, pattern: ReplacePattern, parts: readonly Part[]): FoundPlace[] {
  let index = 0;
  return textsOf(walkthrough, parts).flatMap(({ step, part, text }) => {
    const occurrences: Occurrence[] = [...text.matchAll(finder(pattern))].map((found) => {
      const start = text.lastIndexOf("\n", found.index) + 1;
      const behind = found.index + found[0].length;
      const end = text.indexOf("\n", behind);
      index += 1;
      return {
        index: index - 1,
        line: text.slice(0, found.index).split("\n").length,
        before: text.slice(Math.max(start, found.index - 60), found.index),
        found: found[0],
        becomes: pattern.replace ?? "",
        after: text.slice(behind, end < 0 ? behind + 60 : Math.min(end, behind + 60)),
      };
    });
    return occurrences.length > 0 ? [{ step, part, slot: null, occurrences, occurrences_total: occurrences.length, refusal: null }] : []; // biome-ignore format: one thing.
  });
}
