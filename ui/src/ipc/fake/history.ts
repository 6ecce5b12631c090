// The history in memory: moments that were made up, those that a test keeps, and a plain comparison by lines.

import { WaymarkError } from "../errors";
import type { RestoreRevision, RevisionSummary, Step, Version, Walkthrough, WalkthroughId } from "../types";
import type { Plain } from "./commands";
import { compared, withoutAgent } from "./compare";
import type { FakeLibrary } from "./library";

type Revision = { summary: RevisionSummary; walkthrough: Walkthrough };
type HistoryCommands = Pick<Plain, "listHistory" | "saveSnapshot" | "compareVersions" | "restoreRevision">;

const histories = new WeakMap<FakeLibrary, FakeHistory>();

/** The history of a library is as old as the library. */
export function historyCommands(library: FakeLibrary): HistoryCommands {
  const history = histories.get(library) ?? new FakeHistory(library, Date.now);
  histories.set(library, history);
  return history.commands();
}

class FakeHistory {
  readonly #kept = new Map<WalkthroughId, Revision[]>();

  constructor(
    private readonly library: FakeLibrary,
    private readonly now: () => number,
  ) {}

  commands(): HistoryCommands {
    return {
      listHistory: ({ walkthrough }) => this.#of(walkthrough).map(({ summary }) => summary),
      saveSnapshot: ({ walkthrough, name }) => {
        const present = this.library.entry(walkthrough).walkthrough;
        return this.#keep(present, "snapshot", name.trim() || null, this.now()).summary;
      },
      compareVersions: ({ walkthrough, before, after, step }) => {
        const all = compared(this.#version(walkthrough, before), this.#version(walkthrough, after));
        if (step) return { details: [], assignments: [], steps: all.steps.filter(({ id }) => id === step) };
        return all.steps.length <= 100 ? all : { ...all, steps: all.steps.map(withoutAgent) };
      },
      restoreRevision: (input) => this.#restore(input),
    };
  }

  #of(id: WalkthroughId): Revision[] {
    const known = this.#kept.get(id);
    if (known) return known;
    this.#kept.set(id, []);
    this.#seed(this.library.entry(id).walkthrough);
    return this.#of(id);
  }

  #version(id: WalkthroughId, version: Version): Walkthrough {
    if (version === "draft") return this.library.entry(id).walkthrough;
    const found = this.#of(id).find(({ summary }) => summary.id === version.revision);
    if (!found) throw new WaymarkError("not_found", `There is no revision \`${version.revision}\`.`);
    return found.walkthrough;
  }

  #keep(walkthrough: Walkthrough, reason: RevisionSummary["reason"], name: string | null, at: number): Revision {
    const all = this.#kept.get(walkthrough.id) ?? this.#of(walkthrough.id);
    const summary: RevisionSummary = {
      id: `rev_${walkthrough.id}_${all.length + 1}`,
      walkthrough: walkthrough.id,
      number: all.length + 1,
      reason,
      name,
      author: reason === "published" ? "waymark" : null,
      connection: reason === "published" ? "con_staging" : null,
      remote_revision: reason === "published" ? 17 : null,
      content_hash: "9f3c5a1e".repeat(8),
      changes: 1 + (all.length % 3),
      at,
    };
    const revision = { summary, walkthrough };
    all.unshift(revision);
    return revision;
  }

  /** A week of work on the first steps. */
  #seed(walkthrough: Walkthrough): void {
    if (walkthrough.steps.length < 3) return;
    const hour = 3_600_000;
    const now = this.now();
    this.#keep(earlier(walkthrough, 3), "first", null, now - 150 * hour);
    this.#keep(earlier(walkthrough, 2), "snapshot", "Before the review", now - 50 * hour);
    this.#keep(earlier(walkthrough, 2), "published", null, now - 49 * hour);
    this.#keep(earlier(walkthrough, 1), "pause", null, now - 24 * hour);
    this.#keep(earlier(walkthrough, 1), "working", null, now - 2 * hour);
  }

  #restore({ walkthrough: id, revision, part }: RestoreRevision) {
    const old = this.#version(id, { revision });
    const present = this.library.entry(id).walkthrough;
    this.#keep(present, "before_restore", null, this.now());
    const step = "step" in part ? old.steps.find((known) => known.id === part.step) : undefined;
    const steps = present.steps.map((known) => (known.id === step?.id ? restored(known, step, part) : known));
    return this.library.become(id, part.part === "all" ? old : { ...present, steps });
  }
}

function restored(now: Step, old: Step, part: RestoreRevision["part"]): Step {
  if (part.part !== "field") return old;
  if (now.content_fields.version !== "v1" || old.content_fields.version !== "v1") return now;
  return { ...now, content_fields: { ...now.content_fields, [part.field]: old.content_fields[part.field] } };
}

/** The walkthrough as it may have been: the first `count` steps said something else. */
export function earlier(walkthrough: Walkthrough, count: number): Walkthrough {
  const steps = walkthrough.steps.map((step, index) => {
    if (index >= count || step.content_fields.version !== "v1") return step;
    const text = `${(step.content_fields.content_for_user ?? "")
      .split("\n")
      .slice(0, 1 + index)
      .join("\n")}\nSay when you are ready.`;
    return { ...step, content_fields: { ...step.content_fields, content_for_user: text } };
  });
  return { ...walkthrough, steps };
}
