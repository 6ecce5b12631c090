// The quiz as a learner meets it, scored by the rules that learners meet. Nothing of it is kept.

import { IconCheck, IconX } from "@tabler/icons-react";
import { useState } from "react";
import {
  asWaymarkError,
  commands,
  type KeptAttempt,
  type LearnerQuiz,
  type QuizAnswer,
  type ScoredQuiz,
  type StepId,
  useOpenPart,
} from "../../ipc";
import { classNames } from "../../lib/class-names";
import { navigate } from "../../lib/route";
import { Button } from "../../ui/Button";
import { tellError } from "../../ui/tell";
import { LearnerAnswer } from "./LearnerAnswer";
import styles from "./preview.module.css";
import { strings } from "./strings";
import { useStepQuiz } from "./use-quiz";

export function QuizPreview() {
  const { step } = useOpenPart();
  if (!step) return <p className={styles.empty}>{strings.previewEmpty}</p>;
  return <OfStep key={step.id} step={step.id} />;
}

function OfStep({ step }: { step: StepId }) {
  const { data } = useStepQuiz(step);
  if (!data) return null;
  if (data.unreadable) return <p className={styles.empty}>{strings.unreadable}</p>;
  if (!data.learner) return <NoQuiz step={step} />;
  return <Taken quiz={data.learner} step={step} />;
}

function NoQuiz({ step }: { step: StepId }) {
  const { walkthrough } = useOpenPart();
  return (
    <div className={styles.empty}>
      <p>{strings.previewEmpty}</p>
      <Button onClick={() => navigate({ screen: "editor", id: walkthrough.id, step, part: "quiz" })}>
        {strings.toQuiz}
      </Button>
    </div>
  );
}

function Taken({ quiz, step }: { quiz: LearnerQuiz; step: StepId }) {
  const { walkthrough } = useOpenPart();
  const [answers, setAnswers] = useState<Record<string, QuizAnswer>>({});
  const [scored, setScored] = useState<ScoredQuiz | null>(null);
  const [kept, setKept] = useState<KeptAttempt | null>(null);
  const check = () =>
    commands
      .scoreQuiz({ walkthrough: walkthrough.id, step, answers, kept })
      .then((result) => {
        setScored(result);
        setKept(result.kept);
      })
      .catch((error: unknown) => tellError(asWaymarkError(error)));
  const marked = new Map(scored?.attempt.questions.map((each) => [each.question, each]));
  return (
    <article className={styles.sheet} aria-label={strings.preview}>
      <p className={styles.head}>
        {strings.total(quiz.questions.length, quiz.max_score)} · {strings.passAt(quiz.pass_mark)} ·{" "}
        {quiz.required ? strings.requiredMark : strings.optionalMark}
      </p>
      <ol className={styles.questions}>
        {quiz.questions.map((question, index) => {
          const mark = marked.get(question.id);
          return (
            <li key={question.id || index} className={styles.question}>
              <p className={styles.prompt}>
                <span>{index + 1}</span>
                {question.prompt}
                <em>{strings.worth(question.points)}</em>
              </p>
              <LearnerAnswer
                question={question}
                answer={answers[question.id]}
                onAnswer={(answer) => {
                  setScored(null);
                  setAnswers({ ...answers, [question.id]: answer });
                }}
              />
              {mark && (
                <p className={classNames(styles.mark, mark.is_right ? styles.right : styles.wrong)}>
                  {mark.is_right ? <IconCheck size={15} aria-hidden /> : <IconX size={15} aria-hidden />}
                  <span>
                    {mark.is_right ? strings.isRight : strings.isWrong}
                    {mark.explanation && <span className={styles.explanation}>{mark.explanation}</span>}
                  </span>
                </p>
              )}
            </li>
          );
        })}
      </ol>
      <div className={styles.foot} role="status">
        {scored && (
          <p className={scored.attempt.passed ? styles.right : styles.wrong}>
            <strong>{scored.attempt.passed ? strings.passed : strings.notPassed}</strong>{" "}
            {strings.score(scored.attempt.score, scored.attempt.max_score)}
          </p>
        )}
        {kept && (
          <p className={styles.kept}>
            {strings.kept(kept.score, kept.max_score, kept.attempts)}
            {kept.passed && scored && !scored.attempt.passed && ` · ${strings.keptPassed}`}
          </p>
        )}
      </div>
      {scored ? (
        <Button
          onClick={() => {
            setAnswers({});
            setScored(null);
          }}
        >
          {strings.again}
        </Button>
      ) : (
        <Button disabled={quiz.questions.length === 0} onClick={check}>
          {strings.check}
        </Button>
      )}
    </article>
  );
}
