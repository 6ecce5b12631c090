// A host in memory, for tests, for screenshots and for working on the window without Rust.

import { listen } from "../../lib/listen";
import type { Changed, Commands, Host } from "../contract";
import { WaymarkError } from "../errors";
import type { Connection, Walkthrough } from "../types";
import { FakeLibrary } from "./library";
import { lint, previewStep, requiredFields } from "./preview";
import { largeLibrary, sampleLibrary } from "./seeds";

export type FakeOptions = {
  walkthroughs?: Walkthrough[];
  connections?: Connection[];
  now?: () => number;
  /** Commands that fail, until they are taken off the list. */
  failing?: Set<keyof Commands>;
  /** Milliseconds that every command takes. */
  latency?: number;
};

export type FakeHost = Host & {
  failing: Set<keyof Commands>;
  calls: { name: keyof Commands; input: unknown }[];
  emit(event: Changed): void;
  requestClose(): Promise<void>;
  /** Begins again, as if the window had just been opened over this. */
  reset(options?: FakeOptions): void;
  readonly library: FakeLibrary;
};

export const production: Connection = {
  id: "con_prod0001",
  name: "Production",
  host: "db.acme.example",
  port: 5432,
  database: "platform",
  user: "waymark",
  tls: "verify-full",
  ca_file: null,
  organization: "org_acme",
  is_production: true,
  is_pgbouncer: false,
};

export function fakeHost(initial: FakeOptions = {}): FakeHost {
  let options = initial;
  let library = makeLibrary(initial);
  const failing = new Set<keyof Commands>(initial.failing);
  const calls: FakeHost["calls"] = [];
  const listeners = new Set<(event: Changed) => void>();
  const closers = new Set<() => Promise<void>>();

  const run = async (name: keyof Commands, input: never): Promise<unknown> => {
    calls.push({ name, input });
    await new Promise((done) => setTimeout(done, options.latency ?? 0));
    if (failing.has(name)) {
      const hint = "Free some space, then try again.";
      throw new WaymarkError("library_read_only", "The library folder cannot be written.", hint);
    }
    const command = plainCommands(library, options.connections ?? [production])[name] as (input: never) => unknown;
    return command(input);
  };
  const names = Object.keys(plainCommands(library, [])) as (keyof Commands)[];

  return {
    commands: Object.fromEntries(names.map((name) => [name, (input: never) => run(name, input)])) as Commands,
    failing,
    calls,
    get library() {
      return library;
    },
    origin: "window",
    emit: (event) => {
      for (const listener of listeners) listener(event);
    },
    requestClose: async () => {
      await Promise.all([...closers].map((close) => close()));
    },
    reset: (next = {}) => {
      options = next;
      library = makeLibrary(next);
      failing.clear();
      for (const name of next.failing ?? []) failing.add(name);
      calls.length = 0;
    },
    events: {
      changed: (listener) => listen(listeners, listener),
      closeRequested: (listener) => listen(closers, listener),
      filesDropped: () => () => undefined,
    },
    dialogs: { openFiles: async () => null, saveFile: async () => null },
  };
}

function makeLibrary({ walkthroughs, now = Date.now }: FakeOptions): FakeLibrary {
  return new FakeLibrary(walkthroughs ?? sampleLibrary(now()), now);
}

/** The host for a plain browser: `?fake=empty`, `many`, `broken` or `slow` show those states. */
export function browserHost(search: string): FakeHost {
  const state = new URLSearchParams(search).get("fake");
  const host = fakeHost({
    latency: state === "slow" ? 4_000 : 2,
    failing: new Set(state === "broken" ? ["listDrafts", "openDraft", "applyEdit"] : []),
    ...(state === "empty" ? { walkthroughs: [], connections: [] } : {}),
    ...(state === "many" ? { walkthroughs: largeLibrary(Date.now()) } : {}),
  });
  Object.assign(globalThis, { waymarkFake: host });
  return host;
}

type Plain = {
  [Name in keyof Commands]: (...input: Parameters<Commands[Name]>) => Awaited<ReturnType<Commands[Name]>>;
};

function plainCommands(library: FakeLibrary, connections: Connection[]): Plain {
  return {
    listDrafts: ({ is_trashed }) => library.list(is_trashed),
    openDraft: (id) => library.open(id),
    createDraft: ({ title, type }) => library.create(title, type),
    duplicateDraft: (id) => library.duplicate(id),
    trashDrafts: (ids) => library.setTrashed(ids, true),
    restoreDrafts: (ids) => library.setTrashed(ids, false),
    addExamples: () => library.addExamples(),
    applyEdit: ({ walkthrough, edit }) => library.apply(walkthrough, edit),
    addStep: ({ walkthrough, at, title }) => library.addStep(walkthrough, at, title),
    duplicateStep: ({ walkthrough, step }) => {
      const steps = library.entry(walkthrough).walkthrough.steps;
      const index = steps.findIndex((known) => known.id === step);
      return library.addStep(walkthrough, index + 1, `${steps[index]?.title ?? "Step"} (copy)`, step);
    },
    assignServer: ({ walkthrough, server, display_order, is_enabled }) => {
      const known = library
        .entry(walkthrough)
        .walkthrough.assignments.find((assignment) => assignment.server === server);
      const id = known?.id ?? `msw_${server}`;
      const assignment = {
        id,
        server,
        display_order: display_order ?? known?.display_order ?? 1,
        is_enabled,
        created_at: null,
      };
      return library.apply(walkthrough, { edit: "assign", assignment });
    },
    exportDraft: () => undefined,
    undo: (id) => library.travel(id, "undo"),
    redo: (id) => library.travel(id, "redo"),
    previewStep: ({ walkthrough, step, title, fields }) => {
      const draft = library.entry(walkthrough).walkthrough;
      const index = draft.steps.findIndex((known) => known.id === step);
      const content = draft.steps[index]?.content_fields;
      const none = {
        introduction_for_agent: null,
        context_for_agent: null,
        content_for_user: null,
        operations_for_agent: null,
      };
      const saved = content?.version === "v1" ? content : none;
      return previewStep(draft, index, title ?? draft.steps[index]?.title ?? "", fields ?? saved);
    },
    lintDraft: (id) => lint(library.entry(id).walkthrough),
    listConnections: () => connections,
    listServers: () => [
      { slug: "cli", name: "Command line help" },
      { slug: "docs", name: "Documentation" },
      { slug: "support", name: "Support desk" },
    ],
    rules: () => ({
      title_max: 100,
      description_max: 500,
      step_title_max: 200,
      required_fields: Object.entries(requiredFields).map(([type, fields]) => ({
        type: type as Walkthrough["type"],
        fields,
      })),
    }),
    about: () => ({ version: "0.1.0", library: "~/.local/share/waymark", logs: "~/.local/share/waymark/logs" }),
    openLogFolder: () => undefined,
  };
}
