// Making and changing questions, never in place. What is right or wrong about them is the host's to say.

import type { Question, QuestionChoice, QuestionTask, Quiz } from "../../ipc";

export type Kind = QuestionTask["kind"];
export const kinds: readonly Kind[] = ["single_choice", "multiple_choice", "true_false", "short_text"];

export const emptyChoice = (text = ""): QuestionChoice => ({ id: "", text, correct: false, extra: [] });

export function taskOf(kind: Kind, from?: QuestionTask): QuestionTask {
  const options = from && "options" in from ? from.options : [emptyChoice(), emptyChoice()];
  switch (kind) {
    case "single_choice":
      return { kind, options: firstRight(options) };
    case "multiple_choice":
      return { kind, options };
    case "true_false":
      return { kind, answer: null };
    case "short_text": {
      const right = options.filter(({ correct, text }) => correct && text !== "").map(({ text }) => text);
      return { kind, accepted: right.length > 0 ? right : [""], case_sensitive: false };
    }
  }
}

/** One answer is asked for: the first that is marked stays. */
function firstRight(options: readonly QuestionChoice[]): QuestionChoice[] {
  const first = options.findIndex(({ correct }) => correct);
  return options.map((option, index) => ({ ...option, correct: index === first }));
}

export const newQuestion = (kind: Kind): Question => ({
  id: "",
  prompt: "",
  points: 1,
  explanation: null,
  task: taskOf(kind),
  extra: [],
});

export const newQuiz = (): Quiz => ({
  id: null,
  required: true,
  pass_mark: null,
  questions: [newQuestion("single_choice")],
  extra: [],
});

export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const next = [...items];
  const [item] = next.splice(from, 1);
  if (item !== undefined) next.splice(to, 0, item);
  return next;
}

export const replaced = <T>(items: readonly T[], at: number, item: T): T[] =>
  items.map((known, index) => (index === at ? item : known));

export const without = <T>(items: readonly T[], at: number): T[] => items.filter((_, index) => index !== at);

export function inserted<T>(items: readonly T[], at: number, item: T): T[] {
  const next = [...items];
  next.splice(at, 0, item);
  return next;
}
