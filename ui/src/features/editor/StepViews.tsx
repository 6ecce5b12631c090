// What can be written of a step: its text, and its quiz.

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { queries } from "../../ipc";
import { Tabs } from "../../ui/Tabs";
import { useEditor } from "./editor";
import styles from "./step-views.module.css";
import { strings } from "./strings";

export function StepViews({ children }: { children: ReactNode }) {
  const { walkthrough, step, part, go, goQuiz } = useEditor();
  const quiz = useQuery(queries.quizzes(walkthrough.id)).data?.find((known) => known.step === step?.id);
  if (!step) return children;
  return (
    <div className={styles.views}>
      <div className={styles.bar}>
        <Tabs
          label={strings.stepViews}
          value={part === "quiz" ? "quiz" : "text"}
          onChoose={(view) => (view === "quiz" ? goQuiz(step.id) : go(step.id))}
          tabs={[
            { value: "text", label: strings.fields },
            { value: "quiz", label: quiz ? strings.quizWith(quiz.questions) : strings.quiz },
          ]}
        />
      </div>
      <div className={styles.shown}>{children}</div>
    </div>
  );
}
