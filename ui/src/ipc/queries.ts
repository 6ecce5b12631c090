// Server cache: the closed list of what is cached, and under which key.

import { queryOptions } from "@tanstack/react-query";
import { commands } from "./connect";
import type { What } from "./contract";
import type { ConnectionId, WalkthroughId } from "./types";

export const keys = {
  drafts: ["drafts"] as const,
  trash: ["drafts", "trash"] as const,
  draft: (id: WalkthroughId) => ["draft", id] as const,
  findings: (id: WalkthroughId) => ["findings", id] as const,
  connections: ["connections"] as const,
  servers: (connection: ConnectionId) => ["servers", connection] as const,
  rules: ["rules"] as const,
  about: ["about"] as const,
};

export const queries = {
  drafts: () =>
    queryOptions({ queryKey: [...keys.drafts, "list"], queryFn: () => commands.listDrafts({ is_trashed: false }) }),
  trash: () => queryOptions({ queryKey: keys.trash, queryFn: () => commands.listDrafts({ is_trashed: true }) }),
  findings: (id: WalkthroughId) => queryOptions({ queryKey: keys.findings(id), queryFn: () => commands.lintDraft(id) }),
  connections: () => queryOptions({ queryKey: keys.connections, queryFn: () => commands.listConnections() }),
  servers: (connection: ConnectionId) =>
    queryOptions({ queryKey: keys.servers(connection), queryFn: () => commands.listServers(connection) }),
  rules: () =>
    queryOptions({ queryKey: keys.rules, queryFn: () => commands.rules(), staleTime: Number.POSITIVE_INFINITY }),
  about: () =>
    queryOptions({ queryKey: keys.about, queryFn: () => commands.about(), staleTime: Number.POSITIVE_INFINITY }),
};

/** Which keys a write of the host makes stale. */
export function staleKeys(what: What, id: string | null): readonly (readonly string[])[] {
  switch (what) {
    case "draft":
    case "drafts":
      return id === null ? [keys.drafts] : [keys.drafts, keys.findings(id)];
    case "connections":
      return [keys.connections, keys.drafts];
    case "servers":
      return [["servers"]];
  }
}
