// Releases in memory: a run that tells how far it is and can be stopped, and one that was interrupted.

import type { Commands } from "../contract";
import { WaymarkError } from "../errors";
import type { Plan, Release, ReleaseItem } from "../types";
import type { Plain } from "./commands";
import type { FakeLibrary } from "./library";
import type { FakePublish } from "./publish";
import { type FakeTasks, passed } from "./tasks";

type ReleaseCommands = Pick<
  Commands,
  | "listReleases"
  | "createRelease"
  | "planRelease"
  | "runRelease"
  | "removeRelease"
  | "listPublishes"
  | "planGhosts"
  | "cleanGhosts"
>;

export class FakeReleases {
  #releases: Release[] = [];
  #hasGhosts = true;

  constructor(
    private readonly library: () => FakeLibrary,
    private readonly tasks: FakeTasks,
    private readonly publish: Pick<FakePublish, "planFor">,
    private readonly now: () => number,
    private readonly pace: number,
  ) {}

  commands(): Pick<Plain, keyof ReleaseCommands> {
    return {
      listReleases: () => this.#releases.map((release) => ({ ...release, items: [...release.items] })),
      createRelease: ({ name, walkthroughs, connection, as_draft, overwrite }) => {
        if (this.#releases.some((known) => known.name === name))
          throw new WaymarkError(
            "invalid_input",
            `Another release has the name \`${name}\`.`,
            "Choose another.",
            "name",
          );
        const release: Release = {
          id: `rel_${this.#releases.length + 1}`,
          name,
          connection,
          status: as_draft ? "draft" : "published",
          overwrite,
          created_at: this.now(),
          begun_at: null,
          finished_at: null,
          items: walkthroughs.map((id) => this.#item(id)),
        };
        this.#releases = [release, ...this.#releases];
        return release;
      },
      planRelease: ({ release: id }) => {
        const release = this.#find(id);
        const ids = release.items.filter(({ state }) => state !== "done").map(({ walkthrough }) => walkthrough);
        return { release, changed: [], plan: ids.length > 0 ? this.#plan(release, ids) : null };
      },
      runRelease: ({ task, run }) => this.#run(task, run.release),
      removeRelease: (id) => {
        this.#releases = this.#releases.filter((known) => known.id !== id);
      },
      listPublishes: ({ walkthrough, connection }) => [
        {
          walkthrough,
          connection: connection ?? "con_prod0001",
          version: { kind: "draft" },
          status: "published",
          revision: 17,
          content_hash: "9f3c5a1e".repeat(8),
          author: "writer",
          at: this.now() - 86_400_000,
        },
      ],
      planGhosts: ({ walkthrough }) => ({
        walkthrough,
        title: this.library().entry(walkthrough).walkthrough.title,
        ghosts: this.#hasGhosts ? [{ step: "wts_gone0001", learners: 3 }] : [],
        learners: this.#hasGhosts ? 3 : 0,
        digest: "0123".repeat(16),
      }),
      cleanGhosts: ({ plan: { walkthrough }, digest }) => {
        this.#hasGhosts = false;
        return { walkthrough, title: "", ghosts: [], learners: 3, digest };
      },
    };
  }

  #plan({ connection, overwrite, status }: Release, ids: string[]): Plan {
    const intent = { status, overwrite };
    return this.publish.planFor({ ids, connection, version: { kind: "draft" }, intent });
  }

  #item(id: string): ReleaseItem {
    const { title } = this.library().entry(id).walkthrough;
    return { walkthrough: id, title, digest: "0".repeat(64), state: "open", revision: null, problem: null, at: null };
  }

  #find(id: string): Release {
    const found = this.#releases.find((known) => known.id === id);
    if (!found) throw new WaymarkError("not_found", `There is no release \`${id}\`.`);
    return found;
  }

  async #run(task: number, id: string): Promise<Release> {
    const release = this.#find(id);
    release.begun_at ??= this.now();
    const left = release.items.filter(({ state }) => state !== "done");
    for (const [index, item] of left.entries()) {
      await passed(this.pace);
      if (this.tasks.isStopped(task)) break;
      Object.assign(item, { state: "done", revision: 18, at: this.now() });
      this.tasks.tell({ task, done: index + 1, total: left.length, last: item.title });
    }
    if (release.items.every(({ state }) => state === "done")) release.finished_at = this.now();
    return { ...release };
  }
}
