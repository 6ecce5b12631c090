// What is cached of wordings.

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { commands } from "./connect";
import { keys } from "./queries";
import type { LookAtWording } from "./types";

export const wordingQueries = {
  list: () => queryOptions({ queryKey: [...keys.wordings, "list"], queryFn: () => commands.listWordings() }),
  choices: () =>
    queryOptions({ queryKey: [...keys.wordings, "choices"], queryFn: () => commands.listWordingChoices() }),
  /** What the program knows, which never changes while it runs. */
  names: () =>
    queryOptions({
      queryKey: ["wording-names"],
      queryFn: () => commands.listWordingNames(),
      staleTime: Number.POSITIVE_INFINITY,
    }),
  /** What a wording makes of a step, as the draft is now. */
  look: (input: LookAtWording) =>
    queryOptions({
      queryKey: [...keys.wordings, "look", input],
      queryFn: () => commands.lookAtWording(input),
      placeholderData: keepPreviousData,
      staleTime: 0,
      gcTime: 10_000,
    }),
};
