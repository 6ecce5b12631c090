// A host in memory, for tests, for screenshots and for working on the window without Rust.

import { listen } from "../../lib/listen";
import { contrasts, initialSettings, type Settings, themes } from "../../lib/settings";
import type { Commands, Host } from "../contract";
import { WaymarkError } from "../errors";
import type { Change, CloseRequested, Point, TaskProgress, Walkthrough } from "../types";
import { type AgentOptions, FakeAgents } from "./agents";
import { type BackupOptions, FakeBackups, troubleOf } from "./backups";
import { FakeBeside } from "./beside";
import { plainCommands, type State } from "./commands";
import { importCommands } from "./import";
import { FakeLibrary } from "./library";
import { FakeLintChoices } from "./lint-choices";
import { FakeOutside, type OutsideOptions } from "./outside";
import { production } from "./production";
import { FakePublish, type PublishOptions } from "./publish";
import { FakeReleases } from "./releases";
import { largeLibrary, sampleLibrary } from "./seeds";
import { FakeTasks } from "./tasks";
import { FakeWordings } from "./wordings";

export type FakeOptions = OutsideOptions &
  BackupOptions &
  Pick<AgentOptions, "calls"> & {
    walkthroughs?: Walkthrough[];
    publish?: PublishOptions;
    now?: () => number;
    /** Commands that fail, until they are taken off the list. */
    failing?: Set<keyof Commands>;
    /** Milliseconds that every command takes. */
    latency?: number;
    settings?: Partial<Settings>;
  };

export type FakeHost = Host & {
  failing: Set<keyof Commands>;
  calls: { name: keyof Commands; input: unknown }[];
  emit(event: Change): void;
  /** Asks the window to close; gives whether it may. */
  requestClose(event?: CloseRequested): Promise<boolean>;
  drop(paths: string[], at?: Point): void;
  drag(at: Point | null): void;
  /** Chooses something in the native menu. */
  choose(id: string): void;
  /** Begins again, as if the window had just been opened over this. */
  reset(options?: FakeOptions): void;
  readonly library: FakeLibrary;
  readonly agents: FakeAgents;
};

export function fakeHost(initial: FakeOptions = {}): FakeHost {
  let options = initial;
  const progress = new Set<(event: TaskProgress) => void>();
  const drops = new Set<(paths: string[], at: Point) => void>();
  const drags = new Set<(at: Point | null) => void>();
  const choosers = new Set<(id: string) => void>();
  const make = (made: FakeOptions): State => {
    const outside = new FakeOutside(made, [production]);
    const tasks = new FakeTasks((event) => {
      for (const listener of progress) listener(event);
    });
    const now = made.now ?? Date.now;
    const publish = new FakePublish(
      () => state.library,
      () => outside.connections,
      now,
      made.publish ?? {},
      tasks,
    );
    return {
      agents: new FakeAgents(made, now),
      tasks,
      importing: importCommands(made, () => state.library, tasks),
      library: makeLibrary(made),
      outside,
      publish,
      releases: new FakeReleases(() => state.library, tasks, publish, now, made.publish?.pace ?? 250),
      beside: new FakeBeside(),
      wordings: new FakeWordings(() => state.library),
      backups: new FakeBackups(made, now),
      lintChoices: new FakeLintChoices(),
    };
  };
  let state = make(initial);
  const failing = new Set<keyof Commands>(initial.failing);
  const calls: FakeHost["calls"] = [];
  const listeners = new Set<(event: Change) => void>();
  const closers = new Set<(event: CloseRequested) => Promise<boolean>>();

  const run = async (name: keyof Commands, input: never): Promise<unknown> => {
    calls.push({ name, input });
    await new Promise((done) => setTimeout(done, options.latency ?? 0));
    if (failing.has(name)) {
      const hint = "Free some space, then try again.";
      throw new WaymarkError("library_read_only", "The library folder cannot be written.", hint);
    }
    const command = plainCommands(state)[name] as (input: never) => unknown;
    return command(input);
  };
  const names = Object.keys(plainCommands(state)) as (keyof Commands)[];

  return {
    commands: Object.fromEntries(names.map((name) => [name, (input: never) => run(name, input)])) as Commands,
    failing,
    calls,
    get library() {
      return state.library;
    },
    get agents() {
      return state.agents;
    },
    origin: "window",
    emit: (event) => {
      for (const listener of listeners) listener(event);
    },
    requestClose: async (event = { is_publishing: false }) => {
      const answers = await Promise.all([...closers].map((close) => close(event).catch(() => false)));
      return answers.every(Boolean);
    },
    drop: (paths, at = { x: 0, y: 0 }) => {
      for (const listener of drops) listener(paths, at);
    },
    drag: (at) => {
      for (const listener of drags) listener(at);
    },
    choose: (id) => {
      for (const listener of choosers) listener(id);
    },
    reset: (next = {}) => {
      options = next;
      state = make(next);
      failing.clear();
      for (const name of next.failing ?? []) failing.add(name);
      calls.length = 0;
    },
    events: {
      changed: (listener) => listen(listeners, listener),
      closeRequested: (listener) => listen(closers, listener),
      filesDropped: (listener) => listen(drops, listener),
      filesDragged: (listener) => listen(drags, listener),
      linkProgress: () => () => undefined,
      menuChosen: (listener) => listen(choosers, listener),
      taskProgress: (listener) => listen(progress, listener),
      stale: () => () => undefined,
    },
    readOnly: initial.readOnly ?? null,
    problem: initial.problem ?? null,
    settings: { ...initialSettings, ...initial.settings },
    close: async () => undefined,
    dialogs: {
      openFiles: async () => {
        const paths = Object.keys(options.files ?? {});
        return paths.length > 0 ? paths : null;
      },
      openReport: async () => "/home/writer/report.json",
      openAttachments: async () => ["/home/writer/Screen Shot.png"],
      saveFile: async (name) => `/home/writer/${name}`,
      openFolder: async () => "/home/writer/exports",
    },
  };
}

function makeLibrary({ walkthroughs, now = Date.now }: FakeOptions): FakeLibrary {
  return new FakeLibrary(walkthroughs ?? sampleLibrary(now()), now);
}

/** The host for a plain browser: `?fake=empty`, `many`, `broken`, `slow`, `conflict`, `damaged`, `newer` or `gone` show those states; `theme` and `contrast` the looks. */
export function browserHost(search: string): FakeHost {
  const asked = new URLSearchParams(search);
  const state = asked.get("fake");
  const theme = themes.find((known) => known === asked.get("theme")) ?? initialSettings.theme;
  const contrast = contrasts.find((known) => known === asked.get("contrast")) ?? initialSettings.contrast;
  const host = fakeHost({
    settings: { theme, contrast },
    latency: state === "slow" ? 4_000 : 2,
    failing: new Set(state === "broken" ? ["listDrafts", "openDraft", "applyEdit"] : []),
    ...(state === "empty" ? { walkthroughs: [], connections: [] } : {}),
    ...troubleOf(state),
    ...(state === "conflict" ? { publish: { conflict: true } } : {}),
    ...(state === "many" ? { walkthroughs: largeLibrary(Date.now()) } : {}),
  });
  Object.assign(globalThis, { waymarkFake: host });
  return host;
}
