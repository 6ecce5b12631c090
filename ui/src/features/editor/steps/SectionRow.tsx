import { useDraggable } from "@dnd-kit/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import type { MouseEvent } from "react";
import { classNames } from "../../../lib/class-names";
import styles from "../steps.module.css";
import { strings } from "../strings";
import type { SectionItem } from "./outline";
import { Rename } from "./Rename";

type SectionRowProps = {
  section: SectionItem;
  top: number;
  isActive: boolean;
  isRenaming: boolean;
  canMove: boolean;
  problems: number;
  onPress: (event: MouseEvent) => void;
  onAsk: (event: MouseEvent) => void;
  onRename: (name: string | null) => void;
};

/** The heading of a section: one press folds it. */
export function SectionRow({ section, top, isActive, isRenaming, ...rest }: SectionRowProps) {
  const { canMove, problems, onPress, onAsk, onRename } = rest;
  const { setNodeRef, listeners, isDragging } = useDraggable({ id: section.key, disabled: isRenaming || !canMove });
  const name = section.name ?? strings.noSection;
  const Mark = section.isFolded ? IconChevronRight : IconChevronDown;
  return (
    <div
      ref={setNodeRef}
      id={`section-${section.steps[0]}`}
      role="treeitem"
      aria-level={1}
      aria-selected={isActive}
      aria-expanded={!section.isFolded}
      tabIndex={-1}
      data-section={section.steps[0]}
      className={classNames(
        styles.section,
        isActive && styles.active,
        section.name === null && styles.unnamed,
        isDragging && styles.dragging,
      )}
      style={{ transform: `translateY(${top}px)` }}
      data-active={isActive || undefined}
      onClick={onPress}
      onContextMenu={onAsk}
      onKeyDown={undefined}
      {...listeners}
    >
      <Mark size={14} stroke={2} aria-hidden />
      {isRenaming ? (
        <Rename label={strings.sectionName} name={section.name ?? ""} onDone={onRename} />
      ) : (
        <span className={styles.sectionName} title={name}>
          <span className="visually-hidden">{strings.section} </span>
          {name}
        </span>
      )}
      {problems > 0 && section.isFolded && <span className={styles.problems}>{problems}</span>}
      <span className={styles.sectionCount}>
        {section.steps.length}
        <span className="visually-hidden"> {strings.stepWord(section.steps.length)}</span>
      </span>
    </div>
  );
}
