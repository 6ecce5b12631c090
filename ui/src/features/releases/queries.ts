import { queryOptions } from "@tanstack/react-query";
import { commands, keys, whileWanted } from "../../ipc";
import { flushAll } from "../../lib/unsaved";

export const releaseQueries = {
  all: () => queryOptions({ queryKey: [...keys.releases, "list"], queryFn: () => commands.listReleases() }),
  /** What running it would still do. Asks production what became of whatever nobody has heard of. */
  plan: (release: string) =>
    queryOptions({
      queryKey: [...keys.plans, "release", release],
      queryFn: async ({ signal }) => {
        await flushAll();
        return whileWanted(signal, (task) => commands.planRelease({ task, release }));
      },
      staleTime: 0,
      gcTime: 0,
      retry: false,
    }),
};
