// The quiz of the step that is open: as the host reads it, as it is typed, and how it is saved.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { commands, keys, type Quiz, queries, type StepId, type StepQuiz, useOpenPart } from "../../ipc";
import { type Typed, useTyped } from "./use-typed";

export function useStepQuiz(step: StepId): { data: StepQuiz | undefined; error: Error | null; refetch: () => void } {
  const { walkthrough } = useOpenPart();
  const metadata = walkthrough.steps.find(({ id }) => id === step)?.metadata ?? null;
  const { data, error, refetch } = useQuery(queries.quiz(walkthrough.id, step, metadata));
  return { data, error, refetch: () => void refetch() };
}

export function useTypedQuiz(step: StepId, saved: Quiz | null): Typed<Quiz | null> {
  const { walkthrough, write } = useOpenPart();
  const client = useQueryClient();
  const { id } = walkthrough;
  const save = useCallback(
    async (quiz: Quiz | null) => {
      await write((draft) => commands.saveQuiz({ walkthrough: draft, step, quiz }));
      const fresh = await commands.readQuiz({ walkthrough: id, step });
      const metadata = await freshMetadata(id, step);
      client.setQueryData(keys.quiz(id, step, metadata), fresh);
      void client.invalidateQueries({ queryKey: keys.quizzes(id) });
      return fresh.quiz ? adopting(fresh.quiz) : null;
    },
    [client, id, step, write],
  );
  return useTyped(saved, save);
}

async function freshMetadata(id: string, step: StepId): Promise<string | null> {
  const { draft } = await commands.openDraft(id);
  return draft.walkthrough.steps.find((known) => known.id === step)?.metadata ?? null;
}

/** What was typed while a save was under way gets the ids that the save minted, place by place. */
function adopting(saved: Quiz): (typed: Quiz | null) => Quiz | null {
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
