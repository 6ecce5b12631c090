import { useQuery } from "@tanstack/react-query";
import { commands, type WalkthroughId } from "../../ipc";

/** What may be meant by an unknown word; nothing while it is being looked for. Finding it takes a moment. */
export function useSuggestions(walkthrough: WalkthroughId, word: string | null): readonly string[] | undefined {
  return useQuery({
    queryKey: ["suggestions", walkthrough, word],
    queryFn: () => (word === null ? [] : commands.suggestWords({ walkthrough, word })),
  }).data;
}
