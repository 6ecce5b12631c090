import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { reviewQueries, type StepId, type WalkthroughId } from "../../../ipc";

/** How many open threads each step has. */
export function useOpenThreads(walkthrough: WalkthroughId): ReadonlyMap<StepId, number> {
  const threads = useQuery(reviewQueries.review(walkthrough)).data?.threads;
  return useMemo(() => {
    const counts = new Map<StepId, number>();
    for (const { is_resolved, target } of threads ?? [])
      if (!is_resolved && target.step !== null) counts.set(target.step, (counts.get(target.step) ?? 0) + 1);
    return counts;
  }, [threads]);
}
