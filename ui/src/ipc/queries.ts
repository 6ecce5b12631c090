// Server cache: the closed list of what is cached, and under which key.

import { queryOptions } from "@tanstack/react-query";
import { flushAll } from "../lib/unsaved";
import { commands } from "./connect";
import type { ConnectionId, PlanPublish, Source, WalkthroughId, What } from "./types";

export const keys = {
  drafts: ["drafts"] as const,
  trash: ["drafts", "trash"] as const,
  search: ["drafts", "search"] as const,
  draft: (id: WalkthroughId) => ["draft", id] as const,
  findings: (id: WalkthroughId) => ["findings", id] as const,
  connections: ["connections"] as const,
  servers: (connection: ConnectionId) => ["servers", connection] as const,
  rules: ["rules"] as const,
  lintRules: ["lint-rules"] as const,
  snippets: ["snippets"] as const,
  picture: (id: WalkthroughId, name: string) => ["picture", id, name] as const,
  about: ["about"] as const,
  plans: ["plan"] as const,
  keyring: ["keyring"] as const,
  sandbox: ["sandbox"] as const,
};

export const queries = {
  drafts: () =>
    queryOptions({ queryKey: [...keys.drafts, "list"], queryFn: () => commands.listDrafts({ in_trash: false }) }),
  trash: () => queryOptions({ queryKey: keys.trash, queryFn: () => commands.listDrafts({ in_trash: true }) }),
  /** What is written where. An edit makes it stale as it does the list. */
  search: (text: string, matches: number) =>
    queryOptions({
      queryKey: [...keys.search, text, matches],
      queryFn: () => commands.searchLibrary({ text, limit: 1_000, matches_max: matches }),
      gcTime: 30_000,
    }),
  findings: (id: WalkthroughId) => queryOptions({ queryKey: keys.findings(id), queryFn: () => commands.lintDraft(id) }),
  connections: () => queryOptions({ queryKey: keys.connections, queryFn: () => commands.listConnections() }),
  servers: (connection: ConnectionId) =>
    queryOptions({ queryKey: keys.servers(connection), queryFn: () => commands.listServers(connection) }),
  plan: (input: PlanPublish) =>
    queryOptions({
      queryKey: [...keys.plans, input.connection, input.intent.as_draft, input.intent.overwrite, ...input.ids],
      queryFn: async () => {
        await flushAll();
        return commands.planPublish(input);
      },
      // A plan is of its moment: it is shown again while it is fetched anew, and never trusted for longer.
      staleTime: 0,
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
  rules: () =>
    queryOptions({ queryKey: keys.rules, queryFn: () => commands.rules(), staleTime: Number.POSITIVE_INFINITY }),
  lintRules: () =>
    queryOptions({
      queryKey: keys.lintRules,
      queryFn: () => commands.lintRules(),
      staleTime: Number.POSITIVE_INFINITY,
    }),
  snippets: () => queryOptions({ queryKey: keys.snippets, queryFn: () => commands.listSnippets() }),
  /** A picture beside a walkthrough, as a `data:` URL. A file is never written over, so that it need not be read again. */
  picture: (walkthrough: WalkthroughId, name: string) =>
    queryOptions({
      queryKey: keys.picture(walkthrough, name),
      queryFn: () => commands.showAttachment({ walkthrough, name }),
      staleTime: 60_000,
      gcTime: 60_000,
    }),
  about: () =>
    queryOptions({ queryKey: keys.about, queryFn: () => commands.about(), staleTime: Number.POSITIVE_INFINITY }),
};

/** Which keys a write of the host makes stale. */
export function staleKeys(what: What, id: string): readonly (readonly string[])[] {
  switch (what) {
    case "draft":
    case "sync_base":
      return [keys.drafts, keys.findings(id), keys.plans];
    case "connection":
      return [keys.connections, keys.drafts, keys.plans];
    case "servers":
      return [["servers"]];
    case "snippet":
      return [keys.snippets];
    case "revision":
    case "learner":
      return [];
  }
}
