import { useId } from "react";
import type { LearnerQuestion, QuizAnswer } from "../../ipc";
import styles from "./preview.module.css";
import { strings } from "./strings";

type LearnerAnswerProps = {
  question: LearnerQuestion;
  answer: QuizAnswer | undefined;
  onAnswer: (answer: QuizAnswer) => void;
};

/** Where a learner answers. */
export function LearnerAnswer({ question, answer, onAnswer }: LearnerAnswerProps) {
  const group = useId();
  const { task } = question;
  const prompt = question.prompt.trim() || strings.answer;
  const said = (text: string, index: number) => text.trim() || strings.option(index + 1);
  switch (task.kind) {
    case "single_choice":
      return (
        <div role="radiogroup" aria-label={prompt} className={styles.options}>
          {task.options.map(({ id, text }, index) => (
            <label key={id}>
              <input type="radio" name={group} checked={answer === id} onChange={() => onAnswer(id)} />
              {said(text, index)}
            </label>
          ))}
        </div>
      );
    case "multiple_choice": {
      const chosen = Array.isArray(answer) ? answer : [];
      return (
        <div role="group" aria-label={prompt} className={styles.options}>
          {task.options.map(({ id, text }, index) => (
            <label key={id}>
              <input
                type="checkbox"
                checked={chosen.includes(id)}
                onChange={(event) =>
                  onAnswer(event.target.checked ? [...chosen, id] : chosen.filter((known) => known !== id))
                }
              />
              {said(text, index)}
            </label>
          ))}
        </div>
      );
    }
    case "true_false":
      return (
        <div role="radiogroup" aria-label={prompt} className={styles.options}>
          {[true, false].map((truth) => (
            <label key={String(truth)}>
              <input type="radio" name={group} checked={answer === truth} onChange={() => onAnswer(truth)} />
              {truth ? strings.yes : strings.no}
            </label>
          ))}
        </div>
      );
    case "short_text":
      return (
        <input
          className={styles.text}
          aria-label={prompt}
          placeholder={strings.answer}
          value={typeof answer === "string" ? answer : ""}
          onChange={(event) => onAnswer(event.target.value)}
        />
      );
  }
}
