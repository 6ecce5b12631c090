// The matrix: made stale by every edit of a draft, as the list is.

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { type ConnectionId, commands, keys } from "../../ipc";
import { flushAll } from "../../lib/unsaved";

export const matrixKey = [...keys.drafts, "assignments"] as const;

export const matrixOf = (connection: ConnectionId | null) =>
  queryOptions({
    queryKey: [...matrixKey, connection],
    queryFn: async () => {
      await flushAll();
      return commands.readAssignments(connection);
    },
    placeholderData: keepPreviousData,
  });
