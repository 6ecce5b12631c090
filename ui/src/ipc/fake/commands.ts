// Every command of the host, answered from memory.

import type { Commands } from "../contract";
import { WaymarkError } from "../errors";
import type { Applied, Edit, Walkthrough } from "../types";
import { agentRunCommands } from "./agent-runs";
import type { FakeAgents } from "./agents";
import type { FakeBackups } from "./backups";
import type { FakeBeside } from "./beside";
import { bulkCommands } from "./bulk";
import { conversationCommands } from "./conversations";
import { flowCommands } from "./flow";
import { historyCommands } from "./history";
import type { ImportCommands } from "./import";
import type { FakeLibrary } from "./library";
import { fix, report, silence } from "./lint";
import type { FakeLintChoices } from "./lint-choices";
import { rules } from "./lint-rules";
import type { FakeOutside } from "./outside";
import { ownChoiceCommands } from "./own-choices";
import { previewStep, requiredFields } from "./preview";
import type { FakePublish } from "./publish";
import { quizCommands } from "./quiz";
import type { FakeReleases } from "./releases";
import { reviewCommands } from "./review";
import { fakeSearch } from "./search";
import { stepCommands } from "./steps";
import type { FakeTasks } from "./tasks";
import type { FakeWordings } from "./wordings";

export type Plain = {
  [Name in keyof Commands]: (
    ...input: Parameters<Commands[Name]>
  ) => Awaited<ReturnType<Commands[Name]>> | ReturnType<Commands[Name]>;
};

export type State = {
  agents: FakeAgents;
  tasks: FakeTasks;
  importing: ImportCommands;
  library: FakeLibrary;
  outside: FakeOutside;
  publish: FakePublish;
  releases: FakeReleases;
  beside: FakeBeside;
  wordings: FakeWordings;
  backups: FakeBackups;
  lintChoices: FakeLintChoices;
};

export function plainCommands({
  agents,
  tasks,
  importing,
  library,
  outside,
  publish,
  releases,
  beside,
  wordings,
  backups,
  lintChoices,
}: State): Plain {
  return {
    ...tasks.commands(),
    ...importing,
    ...outside.commands(),
    ...publish.commands(),
    ...releases.commands(),
    ...beside.commands(),
    ...wordings.commands(),
    ...backups.commands(),
    ...lintChoices.commands(),
    ...agents.commands(),
    listDrafts: ({ in_trash = false }) => library.list(in_trash),
    searchLibrary: (input) => fakeSearch(library, input),
    openDraft: (id) => library.open(id),
    createDraft: ({ title, type }) => library.create(title, type),
    duplicateDraft: (id) => library.duplicate(id),
    trashDrafts: (ids) => library.setTrashed(ids, true),
    restoreDrafts: (ids) => library.setTrashed(ids, false),
    ...bulkCommands(library),
    ...historyCommands(library),
    addExamples: () => library.addExamples(),
    applyEdit: ({ walkthrough, edit }) => library.apply(walkthrough, edit),
    ...stepCommands(library),
    ...ownChoiceCommands(library),
    addWord: ({ word, walkthrough }) =>
      walkthrough === null
        ? lintChoices.commands().addWord({ word, walkthrough })
        : ownChoiceCommands(library).makeOwnChoice({ walkthrough, choice: { add_word: word.trim() } }),
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
    undo: (id) => library.travel(id, "undo"),
    redo: (id) => library.travel(id, "redo"),
    takeBack: ({ walkthrough, version }) => takenBack(library, walkthrough, version),
    previewStep: ({ typed: { walkthrough, step, title, fields }, with_user }) => {
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
      return previewStep(draft, index, title ?? draft.steps[index]?.title ?? "", fields ?? saved, with_user);
    },
    ...reviewCommands(library),
    ...conversationCommands(library, () => outside.connections),
    ...agentRunCommands(library, () => outside.hasKeyring),
    ...flowCommands(library),
    ...quizCommands(library),
    lintRules: () => rules,
    checkLinks: () => ({ addresses: 3, asked: 2, known: 1, private: 0, dead: 0, is_stopped: false }),
    suggestWords: () => ["the", "ten"],
    replaceWord: ({ walkthrough, step, field, word, with: meant }) => {
      const draft = library.entry(walkthrough).walkthrough;
      const found = report(draft).findings.find(
        (finding) => finding.subject === word && finding.step_id === step && finding.field === field,
      );
      const edits = [found?.place, ...(found?.others ?? [])].flatMap((place): Edit[] =>
        place ? [{ edit: "splice_field", step, field, splice: { from: place.from, to: place.to, insert: meant } }] : [],
      );
      return found ? library.applyWhole(walkthrough, { edit: "batch", edits: edits.reverse() }) : null;
    },
    lintDraft: (id) => report(library.entry(id).walkthrough),
    lintStep: ({ walkthrough, step, fields }) => {
      const typed = fields ? { version: "v1" as const, ...fields } : null;
      const { steps, ...rest } = library.entry(walkthrough).walkthrough;
      const { findings, silenced } = report({
        ...rest,
        steps: steps.map((known) => (known.id === step && typed ? { ...known, content_fields: typed } : known)),
      });
      const isHere = (finding: { step_id: string | null }) => finding.step_id === step;
      return { findings: findings.filter(isHere), silenced: silenced.filter(isHere) };
    },
    fixFindings: ({ walkthrough, selection }) => {
      const edit = fix(library.entry(walkthrough).walkthrough, selection);
      return edit && library.applyWhole(walkthrough, edit);
    },
    silenceFindings: (input) =>
      library.applyWhole(input.walkthrough, silence(library.entry(input.walkthrough).walkthrough, input.silence)),
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
    saveSettings: ({ zoom }) => {
      // The real host has the web view do it.
      document.documentElement.style.setProperty("zoom", zoom === 100 ? "" : `${zoom}%`);
    },
    showMenu: () => undefined,
    toggleFullScreen: () => undefined,
    showGround: () => undefined,
    editSelection: () => undefined,
  };
}

/** Merging is the host's: here only what nothing came after is taken back. */
function takenBack(library: FakeLibrary, id: string, version: number): Applied {
  const undone = library.entry(id).version === version ? library.travel(id, "undo") : null;
  if (undone) return undone;
  throw new WaymarkError("conflict", "The same place was changed since. Nothing was taken back.");
}
