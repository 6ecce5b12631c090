// One question: what is asked, how it is answered, what is right.

import { IconArrowDown, IconArrowUp, IconTrash } from "@tabler/icons-react";
import type { Question, QuizProblem } from "../../ipc";
import { classNames } from "../../lib/class-names";
import { IconButton } from "../../ui/Button";
import { Select } from "../../ui/Select";
import { AcceptedEditor } from "./AcceptedEditor";
import { Growing } from "./Growing";
import { NumberField } from "./NumberField";
import { OptionsEditor } from "./OptionsEditor";
import { kinds, taskOf } from "./questions";
import styles from "./quiz.module.css";
import { focusLater } from "./rows";
import { strings } from "./strings";

type QuestionCardProps = {
  question: Question;
  index: number;
  count: number;
  problems: readonly QuizProblem[];
  onChange: (question: Question, isWhole?: boolean) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
  onLeave: () => void;
};

export function QuestionCard(props: QuestionCardProps) {
  const { question, index, count, problems, onChange, onMove, onRemove, onLeave } = props;
  const { task } = question;
  const set = (change: Partial<Question>, isWhole?: boolean) => onChange({ ...question, ...change }, isWhole);
  const move = (to: number) => {
    onMove(to);
    focusLater(`[data-question="${to}"] [data-prompt]`);
  };
  return (
    <li
      className={classNames(styles.question, problems.length > 0 && styles.wrong)}
      data-question={index}
      aria-label={strings.question(index + 1)}
      onBlur={onLeave}
    >
      <div className={styles.top}>
        <span className={styles.count}>{index + 1}</span>
        <Select
          isSmall
          label={`${strings.kind}, ${strings.question(index + 1).toLowerCase()}`}
          value={task.kind}
          choices={kinds.map((value) => ({ value, label: strings.kinds[value] }))}
          onChoose={(kind) => set({ task: taskOf(kind, task) }, true)}
        />
        <span className={styles.spring} />
        <NumberField
          label={strings.points}
          value={question.points}
          usual={1}
          onChange={(points) => set({ points: points ?? 1 })}
        />
        <IconButton label={strings.up} icon={IconArrowUp} disabled={index === 0} onClick={() => move(index - 1)} />
        <IconButton
          label={strings.down}
          icon={IconArrowDown}
          disabled={index === count - 1}
          onClick={() => move(index + 1)}
        />
        <IconButton label={strings.remove} icon={IconTrash} onClick={onRemove} />
      </div>
      <Growing
        label={strings.prompt}
        placeholder={strings.promptPlaceholder}
        className={styles.prompt}
        value={question.prompt}
        isPrompt
        slot="prompt"
        onChange={(prompt) => set({ prompt })}
      />
      {"options" in task && <OptionsEditor task={task} onChange={(next, isWhole) => set({ task: next }, isWhole)} />}
      {task.kind === "true_false" && (
        <div className={styles.truth} role="radiogroup" aria-label={strings.rightAnswer}>
          {[true, false].map((answer) => (
            <label key={String(answer)}>
              <input
                type="radio"
                checked={task.answer === answer}
                onChange={() => set({ task: { ...task, answer } }, true)}
              />
              {answer ? strings.yes : strings.no}
            </label>
          ))}
        </div>
      )}
      {task.kind === "short_text" && (
        <AcceptedEditor task={task} onChange={(next, isWhole) => set({ task: next }, isWhole)} />
      )}
      <Growing
        label={strings.explanation}
        placeholder={strings.explanationPlaceholder}
        className={styles.explanation}
        value={question.explanation ?? ""}
        slot="explanation"
        onChange={(text) => set({ explanation: text === "" ? null : text })}
      />
      {problems.map(({ place, fault, message, hint }) => (
        <p key={`${place} ${fault}`} className={styles.problem}>
          {message} {hint}
        </p>
      ))}
    </li>
  );
}
