// What was found, and what was replaced lately. An edit makes both stale as it does the list.

import { queryOptions } from "@tanstack/react-query";
import { commands, type FindReplace, keys } from "../../ipc";
import { flushAll } from "../../lib/unsaved";

export const replaceQueries = {
  /** Read anew each time it is shown: what is replaced is exactly what is shown. */
  preview: (input: FindReplace) =>
    queryOptions({
      queryKey: [...keys.drafts, "replace", input],
      queryFn: async () => {
        await flushAll();
        return commands.previewReplace(input);
      },
      staleTime: 0,
      gcTime: 0,
      retry: false,
    }),
  last: () => queryOptions({ queryKey: [...keys.drafts, "replacements"], queryFn: () => commands.listReplacements() }),
};
