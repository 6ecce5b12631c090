// The quiz of the step that is open: as the host reads it, as it is typed, and how it is saved.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import {
  commands,
  keys,
  type Quiz,
  queries,
  type Settled,
  type StepId,
  type StepQuiz,
  type Typed,
  useOpenPart,
  useTyped,
  type Walkthrough,
  type WalkthroughId,
} from "../../ipc";

export function useStepQuiz(step: StepId): { data: StepQuiz | undefined; error: Error | null; refetch: () => void } {
  const { walkthrough } = useOpenPart();
  const metadata = walkthrough.steps.find(({ id }) => id === step)?.metadata ?? null;
  const { data, error, refetch } = useQuery(queries.quiz(walkthrough.id, step, metadata));
  return { data, error, refetch: () => void refetch() };
}

export function useTypedQuiz(step: StepId, saved: Quiz | null): Typed<Quiz | null> {
  const { typed } = useOpenPart();
  const client = useQueryClient();
  const way = {
    key: `quiz ${step}`,
    send: (quiz: Quiz | null, walkthrough: WalkthroughId, seen_version: number) =>
      commands.saveQuiz({ walkthrough, step, quiz, seen_version }),
    settle: async ({ id, steps }: Walkthrough) => {
      // What is saved is known before what was typed is let go, so that nothing old is shown or written in between.
      const fresh = await commands.readQuiz({ walkthrough: id, step });
      const metadata = steps.find((known) => known.id === step)?.metadata ?? null;
      client.setQueryData(keys.quiz(id, step, metadata), fresh);
      void client.invalidateQueries({ queryKey: keys.quizzes(id) });
      return fresh.quiz && { into: adopting(fresh.quiz) };
    },
  };
  return useTyped<Quiz | null>(typed, way, saved);
}

/** What was typed while a save was under way gets the ids that the save minted, place by place. */
function adopting(saved: Quiz): Settled<Quiz | null>["into"] {
  return (typed) =>
    typed && {
      ...typed,
      questions: typed.questions.map((question, index) =>
        question.id === "" && saved.questions.length === typed.questions.length
          ? { ...question, id: saved.questions[index]?.id ?? "" }
          : question,
      ),
    };
}
