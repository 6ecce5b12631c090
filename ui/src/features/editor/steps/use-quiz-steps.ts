import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { queries, type StepId, type WalkthroughId } from "../../../ipc";

/** The steps that ask something. */
export function useQuizSteps(walkthrough: WalkthroughId): ReadonlySet<StepId> {
  const summaries = useQuery(queries.quizzes(walkthrough)).data;
  return useMemo(() => new Set(summaries?.map((quiz) => quiz.step)), [summaries]);
}
