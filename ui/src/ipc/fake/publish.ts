// Publishing in memory: a plan made from what is in the library, and a run that tells how far it is.

import type { Commands } from "../contract";
import { WaymarkError } from "../errors";
import type { Connection, LookMerge, MergeView, Plan, PlanPublish, PublishOutcome, WalkthroughPlan } from "../types";
import type { Plain } from "./commands";
import { plainError } from "./import";
import type { FakeLibrary } from "./library";
import { mergeOf, taken } from "./merge";
import { conflicting, planOf } from "./plan";
import { type FakeTasks, passed } from "./tasks";

export type PublishOptions = {
  /** Changes the plan before the window sees it. */
  plan?: (plan: WalkthroughPlan) => WalkthroughPlan;
  /** Production changed since the last sync. */
  conflict?: boolean;
  /** The keyring is locked until somebody plans with a click. */
  isLocked?: boolean;
  /** Milliseconds that planning takes. */
  planPace?: number;
  /** Planning fails so. */
  planError?: WaymarkError;
  /** Publishing ends so for each walkthrough. */
  publishError?: WaymarkError;
  /** Milliseconds that each walkthrough takes. */
  pace?: number;
};

type PublishCommands = Pick<
  Commands,
  "planPublish" | "peekPublish" | "runPublish" | "pull" | "lookMerge" | "takeMerge"
>;

export class FakePublish {
  #isUnlocked = false;
  /** In sync since they were merged. */
  readonly #merged = new Set<string>();

  constructor(
    private readonly library: () => FakeLibrary,
    private readonly connections: () => Connection[],
    private readonly now: () => number,
    private readonly options: PublishOptions,
    private readonly tasks: FakeTasks,
  ) {}

  commands(): Pick<Plain, keyof PublishCommands> {
    return {
      planPublish: async ({ plan }) => {
        this.#isUnlocked = true;
        if (this.options.planPace) await passed(this.options.planPace);
        return this.#plan(plan);
      },
      peekPublish: (input) => {
        if (this.options.isLocked && !this.#isUnlocked)
          throw new WaymarkError("keyring_locked", "The keyring is locked.", "Unlock it.");
        return this.#plan(input);
      },
      runPublish: ({ task, run }) => this.#run(task, run.plan),
      pull: () => [],
      lookMerge: (input) => this.#look(input),
      takeMerge: (input) => {
        const view = this.#look(input.merge);
        if (view.digest !== input.digest) throw new WaymarkError("conflict", "The draft changed meanwhile.");
        this.#merged.add(input.merge.walkthrough);
        return this.library().become(
          input.merge.walkthrough,
          taken(this.library().entry(input.merge.walkthrough).walkthrough, input),
        );
      },
    };
  }

  #look(input: LookMerge): MergeView {
    const { planError, conflict } = this.options;
    if (planError) throw planError;
    const { walkthrough, version } = this.library().entry(input.walkthrough);
    const hasNews = (conflict ?? false) && !this.#merged.has(walkthrough.id);
    const view = mergeOf(walkthrough, input.connection, hasNews, this.now());
    return { ...view, digest: `${version}`.padStart(64, "0") };
  }

  /** What publishing these would do. */
  planFor(input: PlanPublish): Plan {
    return this.#plan(input);
  }

  #plan({ ids, connection, intent }: PlanPublish): Plan {
    const { planError, conflict } = this.options;
    if (planError) throw planError;
    const to = this.connections().find((known) => known.id === connection);
    const change = this.options.plan ?? ((plan) => plan);
    const settle = (plan: WalkthroughPlan) =>
      conflict && !intent.overwrite && !this.#merged.has(plan.id) ? conflicting(plan) : plan;
    const isProduction = (to?.is_production && to.asks_before_publish) ?? false;
    const walkthroughs = ids.map((id) =>
      settle(change(planOf(this.library().entry(id).walkthrough, isProduction, this.now()))),
    );
    return { connection, made_at: this.now(), digest: "9f3c5a1e".repeat(8), walkthroughs };
  }

  async #run(task: number, { ids }: PlanPublish): Promise<PublishOutcome[]> {
    const { publishError, pace = 250 } = this.options;
    const ended: PublishOutcome[] = [];
    for (const id of ids) {
      const { title } = this.library().entry(id).walkthrough;
      await passed(pace);
      const stop = new WaymarkError("cancelled", `\`${title}\` was not published: you stopped it before.`);
      const error = this.tasks.isStopped(task) ? stop : publishError;
      const published = error ? null : { id, revision: 18, content_hash: "9f3c5a1e".repeat(8) };
      ended.push({ id, title, published, is_deleted: false, error: error ? plainError(error) : null });
      this.tasks.tell({ task, done: ended.length, total: ids.length, last: title });
    }
    return ended;
  }
}
