import { useDraggable } from "@dnd-kit/core";
import { type KeyboardEvent, memo, useEffect, useRef } from "react";
import type { Step } from "../../ipc";
import { classNames } from "../../lib/class-names";
import { fields, fieldWords } from "../../lib/fields";
import { FieldMark } from "../../ui/FieldMark";
import type { Problems } from "./problems";
import styles from "./steps.module.css";
import { strings } from "./strings";
import { hasText } from "./texts";

type StepRowProps = {
  step: Step;
  number: number;
  total: number;
  top: number;
  isCurrent: boolean;
  isRenaming: boolean;
  problems: Problems | undefined;
  onChoose: () => void;
  onRename: (title: string | null) => void;
};

export const StepRow = memo(
  function StepRow(props: StepRowProps) {
    const { step, number, total, top, isCurrent, isRenaming, problems, onChoose, onRename } = props;
    const { setNodeRef, listeners, isDragging } = useDraggable({ id: step.id, disabled: isRenaming });
    return (
      <div
        ref={setNodeRef}
        id={`step-${step.id}`}
        role="option"
        aria-selected={isCurrent}
        aria-posinset={number}
        aria-setsize={total}
        tabIndex={-1}
        data-step={step.id}
        className={classNames(styles.row, isCurrent && styles.current, isDragging && styles.dragging)}
        style={{ transform: `translateY(${top}px)` }}
        onClick={onChoose}
        onKeyDown={undefined}
        {...listeners}
      >
        <StepCard step={step} number={number} problems={problems} {...(isRenaming ? { onRename } : {})} />
      </div>
    );
  },
  (a, b) =>
    a.step === b.step &&
    a.number === b.number &&
    a.total === b.total &&
    a.top === b.top &&
    a.isCurrent === b.isCurrent &&
    a.isRenaming === b.isRenaming &&
    a.problems?.count === b.problems?.count &&
    a.problems?.worst === b.problems?.worst,
);

type StepCardProps = {
  step: Step;
  number: number;
  problems: Problems | undefined;
  onRename?: (title: string | null) => void;
};

export function StepCard({ step, number, problems, onRename }: StepCardProps) {
  const filled = fields.filter((field) => hasText(step, field)).map((field) => fieldWords[field].lower);
  return (
    <>
      <span className={styles.number}>{number}</span>
      {onRename ? (
        <Rename title={step.title} onDone={onRename} />
      ) : (
        <span className={styles.title} title={step.title}>
          {step.title}
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
      </span>
    </>
  );
}

function Rename({ title, onDone }: { title: string; onDone: (title: string | null) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const finish = (wanted: string | null) => {
    if (isDone.current) return;
    isDone.current = true;
    const next = wanted?.trim() ?? "";
    onDone(next === "" || next === title ? null : next);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter") finish(event.currentTarget.value);
    else if (event.key === "Escape") finish(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <input
      ref={input}
      className={styles.rename}
      aria-label={strings.stepTitle}
      defaultValue={title}
      onKeyDown={press}
      onBlur={(event) => finish(event.currentTarget.value)}
      onPointerDown={(event) => event.stopPropagation()}
    />
  );
}
