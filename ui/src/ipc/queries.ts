// Server cache: the closed list of what is cached, and under which key.

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { flushAll } from "../lib/unsaved";
import { commands } from "./connect";
import { takeFirstDrafts } from "./first";
import { whileWanted } from "./task";
import type {
  Certificate,
  CompareVersions,
  ConnectionId,
  PlanPublish,
  Source,
  StepId,
  WalkthroughId,
  What,
} from "./types";

export const keys = {
  drafts: ["drafts"] as const,
  trash: ["drafts", "trash"] as const,
  search: ["drafts", "search"] as const,
  draft: (id: WalkthroughId) => ["draft", id] as const,
  findings: (id: WalkthroughId) => ["findings", id] as const,
  flow: (id: WalkthroughId) => ["flow", id] as const,
  quizzes: (id: WalkthroughId) => ["quizzes", id] as const,
  /** As of the metadata that it is read from: an undo reads anew. */
  quiz: (id: WalkthroughId, step: StepId, metadata: string | null) => ["quiz", id, step, metadata] as const,
  history: (id: WalkthroughId) => ["history", id] as const,
  /** Everything that is played from a walkthrough, and what was saved of it. */
  conversations: (id: WalkthroughId) => ["conversations", id] as const,
  connections: ["connections"] as const,
  servers: (connection: ConnectionId) => ["servers", connection] as const,
  templates: ["templates"] as const,
  rules: ["rules"] as const,
  lintRules: ["lint-rules"] as const,
  /** The library's choices about lint: settings, own words, dictionaries. */
  lintChoices: ["lint-choices"] as const,
  snippets: ["snippets"] as const,
  picture: (id: WalkthroughId, name: string) => ["picture", id, name] as const,
  about: ["about"] as const,
  backups: ["backups"] as const,
  trouble: ["trouble"] as const,
  plans: ["plan"] as const,
  keyring: ["keyring"] as const,
  sandbox: ["sandbox"] as const,
};

const forever = Number.POSITIVE_INFINITY;

export const queries = {
  drafts: () =>
    queryOptions({
      queryKey: [...keys.drafts, "list"],
      queryFn: () => commands.listDrafts({ in_trash: false }),
      initialData: takeFirstDrafts,
    }),
  trash: () => queryOptions({ queryKey: keys.trash, queryFn: () => commands.listDrafts({ in_trash: true }) }),
  /** What is written where. An edit makes it stale as it does the list. */
  search: (text: string, matches: number) =>
    queryOptions({
      queryKey: [...keys.search, text, matches],
      queryFn: () => commands.searchLibrary({ text, limit: 1_000, matches_max: matches }),
      gcTime: 30_000,
    }),
  /** As saved. The editor has its own. */
  draft: (id: WalkthroughId) =>
    queryOptions({ queryKey: [...keys.history(id), "draft"], queryFn: () => commands.openDraft(id), staleTime: 0 }),
  findings: (id: WalkthroughId) => queryOptions({ queryKey: keys.findings(id), queryFn: () => commands.lintDraft(id) }),
  flow: (id: WalkthroughId) => queryOptions({ queryKey: keys.flow(id), queryFn: () => commands.readFlow(id) }),
  quizzes: (id: WalkthroughId) => queryOptions({ queryKey: keys.quizzes(id), queryFn: () => commands.listQuizzes(id) }),
  quiz: (walkthrough: WalkthroughId, step: StepId, metadata: string | null) =>
    queryOptions({
      queryKey: keys.quiz(walkthrough, step, metadata),
      queryFn: () => commands.readQuiz({ walkthrough, step }),
      placeholderData: keepPreviousData,
      gcTime: 30_000,
    }),
  /** As saved with this metadata, or as typed. */
  certificate: (walkthrough: WalkthroughId, metadata: string | null, title: string, certificate: Certificate | null) =>
    queryOptions({
      queryKey: ["certificate", walkthrough, metadata, title, certificate],
      queryFn: () => commands.previewCertificate({ walkthrough, certificate }),
      gcTime: 30_000,
    }),
  history: (walkthrough: WalkthroughId, step: StepId | null) =>
    queryOptions({
      queryKey: [...keys.history(walkthrough), "list", step],
      queryFn: async () => {
        await flushAll();
        return commands.listHistory({ walkthrough, step });
      },
      staleTime: 0,
    }),
  comparison: (input: CompareVersions) =>
    queryOptions({
      queryKey: [...keys.history(input.walkthrough), "comparison", input],
      queryFn: () => commands.compareVersions(input),
      placeholderData: keepPreviousData,
      staleTime: 0,
      gcTime: 60_000,
    }),
  connections: () => queryOptions({ queryKey: keys.connections, queryFn: () => commands.listConnections() }),
  servers: (connection: ConnectionId) =>
    queryOptions({ queryKey: keys.servers(connection), queryFn: () => commands.listServers(connection) }),
  plan: (input: PlanPublish) =>
    queryOptions({
      queryKey: [...keys.plans, input.connection, input.version, input.intent, ...input.ids],
      queryFn: async ({ signal }) => {
        await flushAll();
        return whileWanted(signal, (task) => commands.planPublish({ task, plan: input }));
      },
      // A plan is of its moment: it is shown again while it is fetched anew, and never trusted for longer.
      staleTime: 0,
      gcTime: 60_000,
    }),
  /** The same as far as it is known without asking anybody: a locked keyring stays locked. */
  peek: (input: PlanPublish) =>
    queryOptions({
      queryKey: [...keys.plans, "peek", input.connection, ...input.ids],
      queryFn: async () => {
        await flushAll();
        return commands.peekPublish(input);
      },
      staleTime: forever,
      gcTime: 60_000,
    }),
  /** What importing would do; read anew each time, because files change. */
  importPreview: (source: Source | null) =>
    queryOptions({
      queryKey: ["import", source],
      queryFn: () => commands.previewImport(source ?? { paths: [] }),
      staleTime: 0,
      gcTime: 0,
    }),
  keyring: () => queryOptions({ queryKey: keys.keyring, queryFn: () => commands.keyringStatus() }),
  sandbox: () => queryOptions({ queryKey: keys.sandbox, queryFn: () => commands.sandboxStatus(), staleTime: 2_000 }),
  templates: () => queryOptions({ queryKey: keys.templates, queryFn: () => commands.listTemplates() }),
  rules: () => queryOptions({ queryKey: keys.rules, queryFn: () => commands.rules(), staleTime: forever }),
  lintRules: () => queryOptions({ queryKey: keys.lintRules, queryFn: () => commands.lintRules(), staleTime: forever }),
  lintSettings: () =>
    queryOptions({ queryKey: [...keys.lintChoices, "settings"], queryFn: () => commands.lintSettings() }),
  words: () => queryOptions({ queryKey: [...keys.lintChoices, "words"], queryFn: () => commands.listWords() }),
  languages: () =>
    queryOptions({ queryKey: [...keys.lintChoices, "languages"], queryFn: () => commands.listLanguages() }),
  snippets: () => queryOptions({ queryKey: keys.snippets, queryFn: () => commands.listSnippets() }),
  /** A picture beside a walkthrough, as a `data:` URL. A file is never written over, so that it need not be read again. */
  picture: (walkthrough: WalkthroughId, name: string) =>
    queryOptions({
      queryKey: keys.picture(walkthrough, name),
      queryFn: () => commands.showAttachment({ walkthrough, name }),
      staleTime: 60_000,
      gcTime: 60_000,
    }),
  backups: () => queryOptions({ queryKey: keys.backups, queryFn: () => commands.listBackups(), staleTime: 0 }),
  backupDifference: (name: string) =>
    queryOptions({
      queryKey: [...keys.backups, "difference", name],
      queryFn: async () => {
        await flushAll();
        return commands.compareBackup(name);
      },
      staleTime: 0,
      gcTime: 0,
    }),
  /** What keeps the library from being written. Nobody announces it, so it is looked at now and then. */
  libraryTrouble: () =>
    queryOptions({
      queryKey: keys.trouble,
      queryFn: () => commands.libraryTrouble(),
      refetchInterval: 7_000,
      staleTime: 0,
    }),
  about: () => queryOptions({ queryKey: keys.about, queryFn: () => commands.about(), staleTime: forever }),
};

/** Which keys a write of the host makes stale. */
export function staleKeys(what: What, id: string): readonly (readonly string[])[] {
  switch (what) {
    case "draft":
    case "sync_base":
      return [keys.drafts, keys.findings(id), keys.quizzes(id), keys.plans, keys.history(id), keys.conversations(id)];
    case "connection":
      return [keys.connections, keys.drafts, keys.plans];
    case "servers":
      return [["servers"]];
    case "snippet":
      return [keys.snippets];
    case "lint":
      // Budgets are counted with the tokenizer, and so are problems and conversations.
      return [["findings"], keys.lintChoices, keys.drafts, ["conversations"]];
    case "template":
      return [keys.templates];
    case "revision":
      return [keys.history(id)];
    case "conversation":
      return [keys.conversations(id)];
    case "learner":
      return [["calls"]];
  }
}
