import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import type { Quiz, QuizProblem } from "../../ipc";
import { showWhole } from "../../lib/whole";
import { IconButton } from "../../ui/Button";
import { Checkbox } from "../../ui/Checkbox";
import { NumberField } from "./NumberField";
import styles from "./quiz.module.css";
import { strings } from "./strings";

type QuizSettingsProps = {
  title: string;
  quiz: Quiz;
  problems: readonly QuizProblem[];
  onChange: (change: Partial<Quiz>, isWhole?: boolean) => void;
  onRemove: () => void;
};

/** What holds for the quiz as a whole. */
export function QuizSettings({ title, quiz, problems, onChange, onRemove }: QuizSettingsProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const whole = problems.filter(({ question }) => question === null);
  return (
    <header className={styles.head}>
      <div className={styles.heading}>
        <h2 onPointerEnter={showWhole}>{title}</h2>
        <IconButton label={strings.removeQuiz} icon={IconTrash} onClick={onRemove} />
      </div>
      <p className={styles.about}>{strings.about}</p>
      <div className={styles.settings}>
        <Checkbox
          label={strings.required}
          about={strings.requiredAbout}
          isOn={quiz.required}
          onSwitch={(required) => onChange({ required }, true)}
        />
        <NumberField
          label={strings.passMark}
          unit={strings.percent}
          value={quiz.pass_mark}
          usual={70}
          onProblem={(isProblem) => setProblem(isProblem ? strings.passMarkProblem : null)}
          onChange={(pass_mark) => onChange({ pass_mark })}
        />
      </div>
      {problem && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
      {whole.map(({ place, message, hint }) => (
        <p key={place} className={styles.problem}>
          {message} {hint}
        </p>
      ))}
    </header>
  );
}
