// The library in memory: drafts with versions and an undo journal, and what a test may break.

import { WaymarkError } from "../errors";
import type {
  AddedStep,
  AddedSteps,
  Applied,
  DraftSummary,
  Edit,
  OpenDraft,
  StepId,
  Template,
  Walkthrough,
  WalkthroughId,
} from "../types";
import { changeBetween } from "./changes";
import { applyEdit, checkLine, insertSteps } from "./edits";
import { exampleLibrary, makeStep, makeWalkthrough } from "./seeds";
import { inSection, sectionOf } from "./structure";
import { summarize } from "./summary";

export type Entry = {
  walkthrough: Walkthrough;
  version: number;
  trashedAt: number | null;
  changes: number | null;
  /** Whether production is another than it was when both were last in sync. */
  isChangedThere: boolean;
  past: Walkthrough[];
  future: Walkthrough[];
};

export class FakeLibrary {
  readonly #entries = new Map<WalkthroughId, Entry>();
  /** People's own templates. */
  readonly templates: (Template & { walkthrough: Walkthrough })[] = [];
  #minted = 0;

  constructor(
    walkthroughs: Walkthrough[],
    private readonly now: () => number,
  ) {
    for (const walkthrough of walkthroughs) this.#insert(walkthrough);
  }

  list(isTrashed: boolean): DraftSummary[] {
    return [...this.#entries.values()]
      .filter((entry) => (entry.trashedAt !== null) === isTrashed)
      .map(summarize)
      .sort((a, b) => b.updated_at - a.updated_at);
  }

  /** Those that are not in the trash, or those that are. */
  walkthroughs(isTrashed = false): Walkthrough[] {
    const meant = [...this.#entries.values()].filter(({ trashedAt }) => (trashedAt !== null) === isTrashed);
    return meant.map((entry) => entry.walkthrough);
  }

  open(id: WalkthroughId): OpenDraft {
    const { walkthrough, trashedAt, version } = this.entry(id);
    return { draft: { walkthrough, trashed_at: trashedAt }, version, ...this.#travels(id) };
  }

  entry(id: WalkthroughId): Entry {
    const entry = this.#entries.get(id);
    if (!entry) throw new WaymarkError("not_found", `There is no walkthrough \`${id}\`.`, "It may have been deleted.");
    return entry;
  }

  create(title: string, type: Walkthrough["type"]): OpenDraft {
    checkLine(title, "A walkthrough's title", 100);
    if ([...this.#entries.values()].some((entry) => entry.walkthrough.title === title)) {
      throw new WaymarkError(
        "invalid_input",
        `There is already a walkthrough \`${title}\`.`,
        "Choose another title.",
        "title",
      );
    }
    const id = this.#mint("wt_");
    this.#insert(makeWalkthrough({ id, title, type, steps: [], editedAt: this.now() }));
    return this.open(id);
  }

  duplicate(id: WalkthroughId): OpenDraft {
    const { walkthrough } = this.entry(id);
    const copy = this.#mint("wt_");
    this.#insert({
      ...walkthrough,
      id: copy,
      title: `${walkthrough.title} (copy)`,
      status: "draft",
      updated_at: this.now(),
    });
    return this.open(copy);
  }

  setTrashed(ids: WalkthroughId[], isTrashed: boolean): void {
    for (const id of ids) this.entry(id).trashedAt = isTrashed ? this.now() : null;
  }

  addExamples(): WalkthroughId[] {
    const examples = exampleLibrary(this.now());
    for (const example of examples) this.#insert(example);
    return examples.map((example) => example.id);
  }

  apply(id: WalkthroughId, edit: Edit): Applied {
    const isText =
      edit.edit === "splice_field" ||
      (edit.edit === "batch" && edit.edits.every((part) => part.edit === "splice_field"));
    const applied = this.become(id, applyEdit(this.entry(id).walkthrough, edit));
    return isText ? { ...applied, change: null } : applied;
  }

  /** For an edit that the window does not know before it is answered. */
  applyWhole(id: WalkthroughId, edit: Edit): Applied {
    return this.become(id, applyEdit(this.entry(id).walkthrough, edit));
  }

  /** A new state of a walkthrough, which can be taken back. */
  become(id: WalkthroughId, walkthrough: Walkthrough): Applied {
    const { walkthrough: before, version, trashedAt } = this.entry(id);
    if (trashedAt !== null)
      throw new WaymarkError("refused", `\`${before.title}\` is in the trash.`, null, "trashed_at");
    if (walkthrough === before) return this.#applied(id, before, version);
    this.#replace(id, walkthrough);
    return this.#applied(id, before, version);
  }

  addStep(id: WalkthroughId, at: number, title: string): AddedStep {
    const { walkthrough } = this.entry(id);
    checkLine(title, "A step's title", 200);
    const step = this.#mint("wts_");
    const above = walkthrough.steps[Math.min(at, walkthrough.steps.length) - 1];
    const made = inSection(makeStep(step, at, { title }), above ? sectionOf(above) : null);
    return { step, applied: this.become(id, insertSteps(walkthrough, [made], at)) };
  }

  duplicateSteps(id: WalkthroughId, ids: StepId[]): AddedSteps {
    const { walkthrough } = this.entry(id);
    const originals = walkthrough.steps.filter((step) => ids.includes(step.id));
    const copies = originals.map((step) => ({ ...step, id: this.#mint("wts_"), title: `${step.title} (copy)` }));
    const at = walkthrough.steps.findLastIndex((step) => ids.includes(step.id)) + 1;
    return { steps: copies.map((step) => step.id), applied: this.become(id, insertSteps(walkthrough, copies, at)) };
  }

  travel(id: WalkthroughId, direction: "undo" | "redo"): Applied | null {
    const entry = this.entry(id);
    const [from, to] = direction === "undo" ? [entry.past, entry.future] : [entry.future, entry.past];
    const target = from.pop();
    if (!target) return null;
    const before = entry.walkthrough;
    to.push(before);
    entry.walkthrough = target;
    entry.version += 1;
    return this.#applied(id, before, entry.version - 1);
  }

  #applied(id: WalkthroughId, before: Walkthrough, from_version: number): Applied {
    const { walkthrough, version } = this.entry(id);
    const change = changeBetween(before, walkthrough);
    return { version, from_version, change, rebased: null, ...this.#travels(id) };
  }

  #travels(id: WalkthroughId): { can_undo: boolean; can_redo: boolean } {
    const { past, future } = this.entry(id);
    return { can_undo: past.length > 0, can_redo: future.length > 0 };
  }

  #replace(id: WalkthroughId, walkthrough: Walkthrough): Entry {
    const entry = this.entry(id);
    entry.past.push(entry.walkthrough);
    entry.future.length = 0;
    entry.walkthrough = { ...walkthrough, updated_at: this.now() };
    entry.version += 1;
    if (entry.changes !== null) entry.changes += 1;
    return entry;
  }

  #insert(walkthrough: Walkthrough): void {
    const changes =
      walkthrough.status === "draft"
        ? null
        : walkthrough.type === "quickstart" && walkthrough.status === "published"
          ? 3
          : 0;
    const isChangedThere = walkthrough.type === "integration" && changes !== null;
    const states = { version: 1, trashedAt: null, changes, isChangedThere };
    this.#entries.set(walkthrough.id, { walkthrough, ...states, past: [], future: [] });
  }

  #mint(prefix: string): string {
    this.#minted += 1;
    return `${prefix}new${String(this.#minted).padStart(5, "0")}`;
  }
}
