// What importing files would do.

import { queryOptions } from "@tanstack/react-query";
import { commands } from "./connect";
import type { Source } from "./types";

export const importQueries = {
  /** What importing would do; read anew each time, because files change. */
  preview: (source: Source | null) =>
    queryOptions({
      queryKey: ["import", source],
      queryFn: () => commands.previewImport(source ?? { paths: [] }),
      staleTime: 0,
      gcTime: 0,
    }),
};
