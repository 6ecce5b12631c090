// A merge under way: what is in conflict now, what was answered, and carrying it out.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asWaymarkError, commands, keys, type LookMerge, type MergeTake, type MergeView } from "../../ipc";
import { navigate } from "../../lib/route";
import { flushAll } from "../../lib/unsaved";
import { tell, tellError } from "../../ui/tell";
import { type Answers, answersTo } from "./answers";
import { mergeQuery } from "./queries";
import { strings } from "./strings";

export function useMerge(input: LookMerge) {
  const client = useQueryClient();
  // Read anew whenever the draft is written: answers stay where the conflict is still the same.
  const query = useQuery(mergeQuery(input));
  const [answers, setAnswers] = useState<Answers>({});
  const [isMerging, setIsMerging] = useState(false);

  const refresh = () => {
    void client.invalidateQueries({ queryKey: keys.drafts });
    void client.invalidateQueries({ queryKey: keys.draft(input.walkthrough) });
    void client.invalidateQueries({ queryKey: keys.history(input.walkthrough) });
    return client.invalidateQueries({ queryKey: keys.plans });
  };
  const undo = () => {
    commands.undo(input.walkthrough).then(refresh, (error: unknown) => tellError(asWaymarkError(error)));
  };
  const answer = (key: string, take: MergeTake | null) => {
    const { [key]: _, ...others } = answers;
    setAnswers(take === null ? others : { ...others, [key]: take });
  };
  const take = async ({ conflicts, digest, title }: MergeView) => {
    setIsMerging(true);
    try {
      await flushAll();
      await commands.takeMerge({ merge: input, digest, answers: answersTo(conflicts, answers) });
      tell(strings.merged(title), { label: strings.undo, run: undo });
      navigate({ screen: "publish", id: input.walkthrough }, "replace");
    } catch (failure) {
      const error = asWaymarkError(failure);
      tellError(error.code === "conflict" ? { message: strings.changedSince } : error);
    }
    setIsMerging(false);
    await refresh();
  };
  return { query, answers, answer, take, isMerging };
}
