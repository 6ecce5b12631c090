import { useDraggable } from "@dnd-kit/core";
import { IconHelpHexagon, IconMessage } from "@tabler/icons-react";
import { type MouseEvent, memo } from "react";
import type { Step } from "../../ipc";
import { classNames } from "../../lib/class-names";
import { fields, fieldWords } from "../../lib/fields";
import { showWhole } from "../../lib/whole";
import { FieldMark } from "../../ui/FieldMark";
import type { Problems } from "./problems";
import { Rename } from "./steps/Rename";
import styles from "./steps.module.css";
import { strings } from "./strings";
import { hasText } from "./texts";

type StepRowProps = {
  step: Step;
  number: number;
  total: number;
  top: number;
  /** The level in the tree where there are sections; null in a plain list. */
  level: 1 | 2 | null;
  isCurrent: boolean;
  isChosen: boolean;
  isRenaming: boolean;
  canMove: boolean;
  problems: Problems | undefined;
  hasQuiz: boolean;
  /** Comments that are open on it. */
  threads: number;
  onPress: (event: MouseEvent) => void;
  onAsk: (event: MouseEvent) => void;
  onRename: (title: string | null, isOnward: boolean) => void;
};

export const StepRow = memo(
  function StepRow(props: StepRowProps) {
    const { step, number, total, top, level, isCurrent, isChosen, isRenaming, problems, hasQuiz, threads } = props;
    const { setNodeRef, listeners, isDragging } = useDraggable({ id: step.id, disabled: isRenaming || !props.canMove });
    const kind = level === null ? { role: "option" } : { role: "treeitem", "aria-level": level };
    const renaming = isRenaming ? { onRename: props.onRename } : {};
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: it has the role of an option or of a tree item.
      // biome-ignore lint/a11y/useAriaPropsSupportedByRole: it has the role of an option or of a tree item.
      <div
        ref={setNodeRef}
        id={`step-${step.id}`}
        {...kind}
        aria-selected={isChosen}
        aria-posinset={number}
        aria-setsize={total}
        tabIndex={-1}
        data-step={step.id}
        className={classNames(
          styles.row,
          isChosen && styles.chosen,
          isCurrent && styles.current,
          isDragging && styles.dragging,
        )}
        style={{ transform: `translateY(${top}px)` }}
        data-active={isCurrent || undefined}
        onClick={props.onPress}
        onContextMenu={props.onAsk}
        onKeyDown={undefined}
        {...listeners}
      >
        <StepCard step={step} number={number} problems={problems} hasQuiz={hasQuiz} threads={threads} {...renaming} />
      </div>
    );
  },
  (a, b) =>
    a.step === b.step &&
    a.number === b.number &&
    a.total === b.total &&
    a.top === b.top &&
    a.level === b.level &&
    a.isCurrent === b.isCurrent &&
    a.isChosen === b.isChosen &&
    a.canMove === b.canMove &&
    a.isRenaming === b.isRenaming &&
    a.hasQuiz === b.hasQuiz &&
    a.threads === b.threads &&
    a.problems?.count === b.problems?.count &&
    a.problems?.worst === b.problems?.worst,
);

type StepCardProps = {
  step: Step;
  number: number;
  problems: Problems | undefined;
  hasQuiz: boolean;
  threads: number;
  onRename?: (title: string | null, isOnward: boolean) => void;
};

export function StepCard({ step, number, problems, hasQuiz, threads, onRename }: StepCardProps) {
  const filled = fields.filter((field) => hasText(step, field)).map((field) => fieldWords[field].lower);
  return (
    <>
      <span className={styles.number}>{number}</span>
      {onRename ? (
        <Rename label={strings.stepTitle} name={step.title} onDone={onRename} />
      ) : (
        <span className={styles.title} data-step-title onPointerEnter={showWhole}>
          {step.title}
        </span>
      )}
      {threads > 0 && (
        <span className={styles.threads} title={strings.openThreads(threads)}>
          <IconMessage size={13} stroke={1.75} aria-hidden />
          <span aria-hidden>{threads}</span>
          <span className="visually-hidden"> {strings.openThreads(threads)}</span>
        </span>
      )}
      {problems && (
        <span
          className={classNames(styles.problems, problems.worst === "error" && styles.error)}
          title={strings.problems(problems.count)}
        >
          {problems.count}
          <span className="visually-hidden"> {strings.problemWord(problems.count)}</span>
        </span>
      )}
      <span className={styles.marks}>
        {fields.map((field) => (
          <FieldMark key={field} field={field} isFilled={hasText(step, field)} />
        ))}
        <span className="visually-hidden">{strings.withText(filled.join(", "))}</span>
        {hasQuiz && (
          <span className={styles.quiz} title={strings.hasQuiz}>
            <IconHelpHexagon size={13} stroke={1.75} aria-hidden />
            <span className="visually-hidden">, {strings.hasQuiz}</span>
          </span>
        )}
      </span>
    </>
  );
}
