import { DndContext, DragOverlay, PointerSensor, useSensor, useSensors } from "@dnd-kit/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import type { Step } from "../../ipc";
import { useStored } from "../../lib/stored";
import { attempt, deleteStep, moveStep, renaming } from "./actions";
import { useEditor } from "./editor";
import { worstByStep } from "./problems";
import { StepCard, StepRow } from "./StepRow";
import { rowHeight, useStepDrag } from "./step-drag";
import styles from "./steps.module.css";
import { strings } from "./strings";

/** The list says itself what moved, in words and not in ids. */
const nothing = () => undefined;
const silent = {
  announcements: { onDragStart: nothing, onDragOver: nothing, onDragEnd: nothing, onDragCancel: nothing },
  screenReaderInstructions: { draggable: "" },
};

/** A list box: one stop for Tab, arrows choose, and only the rows in view exist. */
export function StepList() {
  const editor = useEditor();
  const { walkthrough, step, go, findings, session } = editor;
  const { steps } = walkthrough;
  const [renamed, setRenamed] = useStored(renaming);
  const list = useRef<HTMLDivElement>(null);
  const drag = useStepDrag(list, steps, (id, to) => moveStep(editor, id, to));
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 5 } }));
  const said = useMoves(steps, step?.id ?? null);
  const problems = useMemo(() => worstByStep(findings), [findings]);
  const current = step ? steps.indexOf(step) : -1;
  const rows = useVirtualizer({
    count: steps.length,
    getScrollElement: () => list.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => steps[index]?.id ?? index,
    overscan: 8,
  });
  useEffect(() => {
    if (current >= 0) rows.scrollToIndex(current);
  }, [rows, current]);

  const press = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return;
    const targets: Record<string, number> = {
      ArrowUp: current - 1,
      ArrowDown: current + 1,
      Home: 0,
      End: steps.length - 1,
    };
    const target = steps[Math.min(targets[event.key] ?? -1, steps.length - 1)];
    if (target) go(target.id);
    else if (event.key === "Delete" && step) deleteStep(editor, step.id);
    else if (event.key === "Enter" && step) setRenamed(step.id);
    else return;
    event.preventDefault();
  };
  const rename = (id: string, title: string | null) => {
    setRenamed(null);
    list.current?.focus();
    if (title !== null) attempt(() => session.edit({ edit: "rename_step", step: id, title }));
  };
  const shown = drag.dragged ? steps.findIndex(({ id }) => id === drag.dragged) : -1;
  const dragged = steps[shown];
  return (
    <DndContext sensors={sensors} accessibility={silent} {...drag.handlers}>
      <p className="visually-hidden" role="status">
        {said}
      </p>
      <div
        ref={list}
        className={styles.list}
        role="listbox"
        aria-label={strings.steps}
        aria-activedescendant={step ? `step-${step.id}` : undefined}
        tabIndex={0}
        data-pane-focus
        onKeyDown={press}
      >
        <div role="presentation" style={{ height: rows.getTotalSize(), position: "relative" }}>
          {rows.getVirtualItems().map((item) => {
            const row = steps[item.index];
            if (!row) return null;
            return (
              <StepRow
                key={item.key}
                step={row}
                number={item.index + 1}
                total={steps.length}
                top={item.start}
                isCurrent={item.index === current}
                isRenaming={renamed === row.id}
                problems={problems.get(row.id)}
                onChoose={() => go(row.id)}
                onRename={(title) => rename(row.id, title)}
              />
            );
          })}
          {drag.gap !== null && <div className={styles.gap} style={{ top: drag.gap * rowHeight }} />}
        </div>
      </div>
      <DragOverlay dropAnimation={null}>
        {dragged && (
          <div className={styles.overlay}>
            <StepCard step={dragged} number={shown + 1} problems={problems.get(dragged.id)} />
          </div>
        )}
      </DragOverlay>
    </DndContext>
  );
}

/** What to say when the current step has another place than before. */
function useMoves(steps: readonly Step[], current: string | null): string {
  const [said, setSaid] = useState("");
  const before = useRef<{ id: string | null; index: number; count: number }>({ id: null, index: -1, count: 0 });
  useEffect(() => {
    const index = steps.findIndex(({ id }) => id === current);
    const was = before.current;
    before.current = { id: current, index, count: steps.length };
    const step = steps[index];
    if (step && was.id === current && was.index !== index && was.count === steps.length) {
      setSaid(strings.moved(step.title, index + 1));
    }
  }, [steps, current]);
  return said;
}
