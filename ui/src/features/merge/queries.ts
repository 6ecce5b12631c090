import { queryOptions } from "@tanstack/react-query";
import { commands, keys, type LookMerge } from "../../ipc";
import { flushAll } from "../../lib/unsaved";

/** A draft and what a connection has, joined as far as they can be. Made anew with every change of the draft, as plans are. */
export const mergeQuery = (input: LookMerge) =>
  queryOptions({
    queryKey: [...keys.plans, "merge", input.connection, input.walkthrough],
    queryFn: async () => {
      await flushAll();
      return commands.lookMerge(input);
    },
    staleTime: 0,
    gcTime: 0,
  });
