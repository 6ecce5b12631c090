// One row of the list. What it does is looked up when it happens, so that a row is drawn again only when it looks other.

import { type MouseEvent, useEffect, useRef } from "react";
import type { StepId } from "../../../ipc";
import type { Point } from "../../../ui/Menu";
import type { Problems } from "../problems";
import { StepRow } from "../StepRow";
import { type Row, sectionOf } from "./outline";
import { SectionRow } from "./SectionRow";

type Acts = {
  press: (row: Row, event: MouseEvent) => void;
  ask: (row: Row, at: Point) => void;
  rename: (row: Row, name: string | null, isOnward: boolean) => void;
};

type ListRowProps = {
  row: Row;
  top: number;
  total: number;
  hasSections: boolean;
  isActive: boolean;
  isChosen: boolean;
  isRenaming: boolean;
  canMove: boolean;
  problems: ReadonlyMap<StepId, Problems>;
  quizzes: ReadonlySet<StepId>;
  threads: ReadonlyMap<StepId, number>;
  act: Acts;
};

export function ListRow({ row, act, ...look }: ListRowProps) {
  const latest = useRef({ row, act });
  useEffect(() => {
    latest.current = { row, act };
  });
  const press = (event: MouseEvent) => latest.current.act.press(latest.current.row, event);
  const rename = (name: string | null, isOnward = false) =>
    latest.current.act.rename(latest.current.row, name, isOnward);
  const ask = (event: MouseEvent) => {
    event.preventDefault();
    latest.current.act.ask(latest.current.row, { x: event.clientX, y: event.clientY });
  };
  const { top, total, hasSections, isActive, isChosen, isRenaming, canMove, problems, quizzes, threads } = look;
  if (row.kind === "section") {
    const inside = row.steps.reduce((sum, id) => sum + (problems.get(id)?.count ?? 0), 0);
    return (
      <SectionRow
        section={row}
        top={top}
        isActive={isActive}
        isRenaming={isRenaming}
        canMove={canMove}
        problems={inside}
        onPress={press}
        onAsk={ask}
        onRename={rename}
      />
    );
  }
  return (
    <StepRow
      step={row.step}
      number={row.number}
      total={total}
      top={top}
      level={hasSections ? (sectionOf(row.step) === null ? 1 : 2) : null}
      isCurrent={isActive}
      isChosen={isChosen}
      isRenaming={isRenaming}
      canMove={canMove}
      problems={problems.get(row.step.id)}
      hasQuiz={quizzes.has(row.step.id)}
      threads={threads.get(row.step.id) ?? 0}
      onPress={press}
      onAsk={ask}
      onRename={rename}
    />
  );
}
