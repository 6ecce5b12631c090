import { DndContext, DragOverlay, PointerSensor, useSensor, useSensors } from "@dnd-kit/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type MouseEvent, useEffect, useMemo, useRef, useState } from "react";
import { createPortal } from "react-dom";
import type { StepId } from "../../ipc";
import { useStored } from "../../lib/stored";
import { attempt } from "./attempt";
import { useEditor } from "./editor";
import { focusField } from "./FieldEditor";
import { worstByStep } from "./problems";
import { silent, useStepDrag } from "./step-drag";
import { Carried } from "./steps/Carried";
import { InsertHere } from "./steps/InsertHere";
import { ListRow } from "./steps/ListRow";
import { goToRow, pressInList, release, stepsOf } from "./steps/list-keys";
import { heightOf, type Row } from "./steps/outline";
import { StepFilter } from "./steps/StepFilter";
import { type Asked, StepMenu } from "./steps/StepMenu";
import { ranged, selection, toggled } from "./steps/selection";
import { activeSection, nameSection, renaming, renamingSection, stepFilter } from "./steps/step-actions";
import { useMoves } from "./steps/use-moves";
import { useOpenThreads } from "./steps/use-open-threads";
import { useOutline } from "./steps/use-outline";
import { useQuizSteps } from "./steps/use-quiz-steps";
import styles from "./steps.module.css";
import { strings } from "./strings";
import { moveSteps } from "./structure";
import { stepTitle } from "./ways";

/** One stop for Tab, arrows choose, and only the rows in view exist. With sections it is a tree, without a list box. */
export function StepList() {
  const editor = useEditor();
  const { walkthrough, step, part, goFlow, goQuiz, findings, session } = editor;
  // Another step of the same part: the flow stays the flow.
  const go = part === "flow" ? goFlow : part === "quiz" ? goQuiz : (id: StepId) => editor.go(id);
  const { steps } = walkthrough;
  const view = useOutline(editor);
  const { rows, active, filter } = view;
  const [renamed, setRenamed] = useStored(renaming);
  const [renamedSection, setRenamedSection] = useStored(renamingSection);
  const [asked, setAsked] = useState<Asked | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 5 } }));
  const said = useMoves(steps, step?.id ?? null, view.chosen.size);
  const problems = useMemo(() => worstByStep(findings), [findings]);
  const quizzes = useQuizSteps(walkthrough.id);
  const threads = useOpenThreads(walkthrough.id);
  const drag = useStepDrag({
    list,
    rows,
    take: (key) => {
      const row = rows.find((known) => known.key === key);
      if (row?.kind === "section") return { ids: row.steps, section: { name: row.name } };
      return { ids: view.chosen.has(key) ? steps.filter(({ id }) => view.chosen.has(id)).map(({ id }) => id) : [key] };
    },
    onDrop: ({ ids, section }, drop) => {
      const target = { to: "place", at: drop.at, section: section ? section.name : drop.section } as const;
      attempt(() => moveSteps(session, [...ids], target));
    },
  });
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => list.current,
    estimateSize: (index) => heightOf(rows[index]),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 3,
    // The chosen step does not touch the rim.
    scrollPaddingStart: 8,
    scrollPaddingEnd: 12,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of other heights are measured anew.
  useEffect(() => virtual.measure(), [virtual, rows]);
  useEffect(() => {
    if (active >= 0) virtual.scrollToIndex(active);
  }, [virtual, active]);

  const press = (row: Row, event: MouseEvent) => {
    list.current?.focus();
    if (row.kind === "section") {
      goToRow(row, go);
      view.setFolded(row.name, !row.isFolded);
    } else if (event.shiftKey) {
      const from = selection.read().anchor ?? step?.id ?? null;
      activeSection.write(null);
      selection.write({ ids: ranged(stepsOf(rows), from, row.step.id), anchor: from });
      go(row.step.id);
    } else if (event.ctrlKey || event.metaKey) {
      const next = toggled([...view.chosen], row.step.id);
      activeSection.write(null);
      selection.write({ ids: next.ids, anchor: row.step.id });
      go(next.current);
    } else goToRow(row, go);
  };
  const ask = (row: Row | undefined, at: Asked["at"]) => {
    if (!row) return;
    if (row.kind === "section" || !view.chosen.has(row.step.id)) goToRow(row, go);
    setAsked({ at, section: row.kind === "section" ? (row.steps[0] ?? null) : null });
  };
  const askHere = () => {
    const box = list.current?.querySelector("[data-active]")?.getBoundingClientRect();
    if (box) ask(rows[active], { x: box.left + 24, y: box.bottom - 8 });
  };
  const rename = (row: Row, name: string | null, isOnward: boolean) => {
    setRenamed(null);
    setRenamedSection(null);
    list.current?.focus();
    if (name !== null && row.kind === "step") session.typed.type(stepTitle(session, row.step.id), name, true);
    if (name !== null && row.kind === "section" && row.steps[0]) nameSection(editor, row.steps[0], name);
    if (isOnward && row.kind === "step") focusField("introduction_for_agent");
  };
  const shown = rows.find((row) => row.key === drag.dragged?.key);
  const activeRow = rows[active];
  return (
    <DndContext sensors={sensors} accessibility={silent} {...drag.handlers}>
      <p className="visually-hidden" role="status">
        {said}
      </p>
      {filter !== null && (
        <StepFilter
          text={filter}
          found={rows.length}
          all={steps.length}
          onText={(text) => {
            stepFilter.write(text);
            if (text === null) list.current?.focus();
          }}
          onList={(by) => {
            goToRow(rows[active < 0 ? 0 : Math.min(Math.max(active + by, 0), rows.length - 1)], go);
            list.current?.focus();
          }}
        />
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it has the role of a list box or of a tree. */}
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: it has the role of a list box or of a tree. */}
      <div
        ref={list}
        className={styles.list}
        role={view.hasSections ? "tree" : "listbox"}
        aria-label={strings.steps}
        aria-multiselectable
        aria-activedescendant={activeRow && idOf(activeRow)}
        tabIndex={0}
        data-pane-focus
        onKeyUp={release}
        onBlur={release}
        onKeyDown={(event) => {
          if (event.target !== event.currentTarget) return;
          const keys = { editor, outline: view, go, ask: askHere, filter: () => stepFilter.write("") };
          if (pressInList(event, keys)) event.preventDefault();
        }}
      >
        <div role="presentation" style={{ height: virtual.getTotalSize(), position: "relative" }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return (
              row && (
                <ListRow
                  key={item.key}
                  row={row}
                  top={item.start}
                  total={steps.length}
                  hasSections={view.hasSections}
                  isActive={item.index === active}
                  isChosen={row.kind === "step" && view.chosen.has(row.step.id)}
                  isRenaming={row.kind === "step" ? renamed === row.step.id : renamedSection === row.steps[0]}
                  canMove={filter === null}
                  problems={problems}
                  quizzes={quizzes}
                  threads={threads}
                  act={{ press, ask, rename }}
                />
              )
            );
          })}
          {drag.gap && <div className={styles.gap} style={{ top: drag.gap.top }} />}
        </div>
        {filter !== null && rows.length === 0 && <p className={styles.nothing}>{strings.filterNothing}</p>}
      </div>
      {filter === null && !drag.dragged && <InsertHere list={list} rows={rows} editor={editor} />}
      {asked && (
        <StepMenu
          editor={editor}
          asked={asked}
          onClose={() => {
            setAsked(null);
            list.current?.focus();
          }}
        />
      )}
      {createPortal(
        <DragOverlay dropAnimation={null}>
          {shown && <Carried row={shown} count={drag.dragged?.ids.length ?? 1} />}
        </DragOverlay>,
        document.body,
      )}
    </DndContext>
  );
}

const idOf = (row: Row): string => (row.kind === "step" ? `step-${row.step.id}` : `section-${row.steps[0]}`);
