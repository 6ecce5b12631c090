// The quiz of a step, as its author writes it.

import { IconHelpHexagon, IconPlus } from "@tabler/icons-react";
import { type Quiz, type Step, type StepQuiz, type Typed, useOpenPart } from "../../ipc";
import { Button } from "../../ui/Button";
import { Failure, Notice } from "../../ui/Notice";
import { Words } from "../../ui/Words";
import { QuestionCard } from "./QuestionCard";
import { QuizSettings } from "./QuizSettings";
import { inserted, type Kind, kinds, moved, newQuestion, newQuiz, replaced, without } from "./questions";
import styles from "./quiz.module.css";
import { focusLater } from "./rows";
import { strings } from "./strings";
import { useStepQuiz, useTypedQuiz } from "./use-quiz";

export function QuizPart() {
  const { step } = useOpenPart();
  return step && <QuizOfStep key={step.id} step={step} />;
}

function QuizOfStep({ step }: { step: Step }) {
  const { data, error, refetch } = useStepQuiz(step.id);
  // Beside the query, so that what was typed and what the host has of it are never shown from two moments.
  const typed = useTypedQuiz(step.id, data?.quiz ?? null);
  if (error) return <Failure error={error} onRetry={refetch} />;
  return (
    <div className={styles.scroll} data-scroll>
      <div className={styles.page}>{data && <Authored step={step} read={data} typed={typed} />}</div>
    </div>
  );
}

function Authored({ step, read, typed }: { step: Step; read: StepQuiz; typed: Typed<Quiz | null> }) {
  if (read.unreadable) return <Unreadable {...read.unreadable} />;
  const quiz = typed.value;
  if (!quiz) {
    return (
      <Notice title={strings.noQuiz} text={strings.noQuizText}>
        <Button
          variant="primary"
          icon={IconHelpHexagon}
          onClick={() => {
            typed.change(newQuiz(), true);
            focusLater("[data-prompt]");
          }}
        >
          {strings.addQuiz}
        </Button>
      </Notice>
    );
  }
  const set = (change: Partial<Quiz>, isWhole?: boolean) => typed.change({ ...quiz, ...change }, isWhole);
  const setQuestions = (questions: Quiz["questions"], isWhole?: boolean) => set({ questions }, isWhole);
  const add = (kind: Kind) => {
    setQuestions(inserted(quiz.questions, quiz.questions.length, newQuestion(kind)), true);
    focusLater(`[data-question="${quiz.questions.length}"] [data-prompt]`);
  };
  return (
    <>
      <QuizSettings
        title={step.title}
        quiz={quiz}
        problems={read.problems}
        onChange={set}
        onRemove={() => typed.change(null, true)}
      />
      {typed.error && (
        <p className={styles.refused} role="alert">
          <Words>{`${typed.error.message} ${typed.error.hint ?? ""}`}</Words>
        </p>
      )}
      <ol className={styles.questions}>
        {quiz.questions.map((question, index) => (
          <QuestionCard
            // biome-ignore lint/suspicious/noArrayIndexKey: a question is its place; its id comes with the first save.
            key={index}
            question={question}
            index={index}
            count={quiz.questions.length}
            problems={read.problems.filter((problem) => problem.question === index)}
            onChange={(next, isWhole) => setQuestions(replaced(quiz.questions, index, next), isWhole)}
            onMove={(to) => setQuestions(moved(quiz.questions, index, to), true)}
            onRemove={() => setQuestions(without(quiz.questions, index), true)}
            onLeave={typed.flush}
          />
        ))}
      </ol>
      <div className={styles.add} role="group" aria-label={strings.addQuestion}>
        {kinds.map((kind) => (
          <Button key={kind} icon={IconPlus} onClick={() => add(kind)}>
            {strings.kinds[kind]}
          </Button>
        ))}
      </div>
      <p className={styles.keys}>{strings.keys}</p>
    </>
  );
}

function Unreadable({ message, json }: { message: string; json: string }) {
  return (
    <>
      <p className={styles.refused}>{strings.unreadable}</p>
      <p className={styles.refused}>
        <Words>{message}</Words>
      </p>
      <pre className={styles.json}>{json}</pre>
    </>
  );
}
