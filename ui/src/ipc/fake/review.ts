// A review in memory: the host's rules, as far as the window shows them.

import { WaymarkError } from "../errors";
import type { Review, ReviewDecision, ReviewThread, Walkthrough } from "../types";
import type { Plain } from "./commands";
import type { FakeLibrary } from "./library";

type Names =
  | "readReview"
  | "addComment"
  | "replyToThread"
  | "changeComment"
  | "resolveThread"
  | "decideReview"
  | "reviewAuthor"
  | "setReviewAuthor"
  | "chooseAuditFile"
  | "importAudit"
  | "exportBundle";
type Kept = { threads: ReviewThread[]; decisions: ReviewDecision[] };
type Memory = { author: string | null; kept: Map<string, Kept>; minted: number };

const memories = new WeakMap<FakeLibrary, Memory>();

export function reviewCommands(library: FakeLibrary): Pick<Plain, Names> {
  const memory = memories.get(library) ?? { author: null, kept: new Map(), minted: 0 };
  memories.set(library, memory);
  const keptOf = (id: string): Kept => {
    const kept = memory.kept.get(id) ?? { threads: [], decisions: [] };
    memory.kept.set(id, kept);
    return kept;
  };
  const name = () => memory.author ?? "writer";
  const mint = (prefix: string) => {
    memory.minted += 1;
    return `${prefix}_${memory.minted}`;
  };
  const said = (text: string) => {
    const at = Date.now();
    return { author: name(), at, changed_at: at, text, target: null, turn: null, audit: null };
  };
  const read = (id: string): Review => {
    const { threads, decisions } = keptOf(id);
    const { walkthrough } = library.entry(id);
    const content_hash = hashOf(walkthrough);
    const shown = threads.map((thread) => ({ ...thread, spot: spotOf(walkthrough, thread) }));
    const last = decisions[0] ?? null;
    const isVoid = last?.state === "approved" && last.content_hash !== content_hash;
    return {
      content_hash,
      standing: isVoid
        ? { state: "in_review", decision: null, void: last }
        : { state: last?.state ?? "draft", decision: last, void: null },
      decisions,
      threads: shown,
      open: shown.filter(({ is_resolved }) => !is_resolved).length,
    };
  };
  const threadOf = (walkthrough: string, id: string) => {
    const thread = keptOf(walkthrough).threads.find((known) => known.id === id);
    if (!thread) throw new WaymarkError("not_found", `There is no comment \`${id}\` on this walkthrough.`);
    return thread;
  };
  return {
    readReview: read,
    addComment: ({ walkthrough, step, field, selection, text, turn }) => {
      const id = mint("cmt");
      const { steps } = library.entry(walkthrough).walkthrough;
      const anchor = selection && { ...selection, quote: selection.quote ?? "", prefix: "", suffix: "" };
      const title = steps.find((known) => known.id === step)?.title ?? null;
      const target = { step, step_title: title, field, anchor };
      keptOf(walkthrough).threads.push({
        id,
        target,
        spot: { number: null, title: null, from: null, to: null, is_outdated: false },
        is_resolved: false,
        resolution: null,
        comments: [{ ...said(text), id, thread: id, target, turn }],
      });
      return read(walkthrough);
    },
    replyToThread: ({ walkthrough, thread, text }) => {
      threadOf(walkthrough, thread).comments.push({ ...said(text), id: mint("cmt"), thread });
      return read(walkthrough);
    },
    changeComment: ({ walkthrough, comment, text }) => {
      for (const thread of keptOf(walkthrough).threads)
        thread.comments = thread.comments.map((known) =>
          known.id === comment ? { ...known, text, changed_at: known.at + 1 } : known,
        );
      return read(walkthrough);
    },
    resolveThread: ({ walkthrough, thread, is_resolved }) => {
      const known = threadOf(walkthrough, thread);
      known.is_resolved = is_resolved;
      known.resolution = { id: mint("rve"), thread, is_resolved, author: name(), at: Date.now() };
      return read(walkthrough);
    },
    decideReview: ({ walkthrough, state, note, seen_hash }) => {
      const content_hash = hashOf(library.entry(walkthrough).walkthrough);
      if (seen_hash !== null && seen_hash !== content_hash)
        throw new WaymarkError("conflict", "The content has changed since you looked at it. Nothing was decided.");
      const decision = { id: mint("rve"), state, author: name(), at: Date.now(), content_hash, note };
      keptOf(walkthrough).decisions.unshift(decision);
      return read(walkthrough);
    },
    reviewAuthor: () => ({ name: name(), is_chosen: memory.author !== null }),
    setReviewAuthor: (given) => {
      if (given.trim() === "") throw new WaymarkError("invalid_input", "Your name is empty.", null, "name");
      memory.author = given.trim();
      return { name: memory.author, is_chosen: true };
    },
    chooseAuditFile: () => "/home/writer/report.json",
    importAudit: ({ walkthrough }) => {
      const id = "cmt_audit";
      const { threads } = keptOf(walkthrough);
      if (threads.some((known) => known.id === id)) return { findings: 1, added: 0, unplaced: 0 };
      const step = library.entry(walkthrough).walkthrough.steps[0] ?? null;
      const target = { step: step?.id ?? null, step_title: step?.title ?? null, field: null, anchor: null };
      const audit = {
        step_number: 1,
        step_title: step?.title ?? null,
        gap_type: "prerequisite" as const,
        severity: "critical" as const,
        description: "Nothing says which version is needed.",
        suggested_fix: "Name the version.",
      };
      const comment = { ...said(audit.description), id, thread: id, author: "Audit", target, audit };
      const spot = { number: null, title: null, from: null, to: null, is_outdated: false };
      threads.push({ id, target, spot, is_resolved: false, resolution: null, comments: [comment] });
      return { findings: 1, added: 1, unplaced: 0 };
    },
    exportBundle: ({ path }) => ({ path, files: null, attachments: 0 }),
  };
}

/** Enough to tell two contents apart. */
function hashOf({ title, description, steps }: Walkthrough): string {
  let hash = 0;
  for (const character of JSON.stringify([title, description, steps]))
    hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 2_147_483_647;
  return hash.toString(16).padStart(12, "0");
}

function spotOf({ steps }: Walkthrough, { target }: ReviewThread): ReviewThread["spot"] {
  const nowhere = { number: null, title: null, from: null, to: null };
  if (target.step === null) return { ...nowhere, is_outdated: false };
  const index = steps.findIndex(({ id }) => id === target.step);
  const step = steps[index];
  if (!step) return { ...nowhere, is_outdated: true };
  const here = { ...nowhere, number: index + 1, title: step.title };
  if (target.anchor === null || target.field === null) return { ...here, is_outdated: false };
  const text = step.content_fields.version === "v1" ? (step.content_fields[target.field] ?? "") : "";
  const from = text.indexOf(target.anchor.quote);
  if (from < 0) return { ...here, is_outdated: true };
  return { ...here, from, to: from + target.anchor.quote.length, is_outdated: false };
}
