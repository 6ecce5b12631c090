import {
  IconArrowDown,
  IconArrowUp,
  IconCopy,
  IconFolderOff,
  IconFolderPlus,
  IconListCheck,
  IconPencil,
  IconRowInsertBottom,
  IconRowInsertTop,
  IconTrash,
} from "@tabler/icons-react";
import type { StepId } from "../../../ipc";
import type { Action } from "../../../ui/actions";
import { MenuAction, MenuAt, MenuSeparator, type Point } from "../../../ui/Menu";
import { attempt } from "../attempt";
import type { Editor } from "../editor";
import { strings } from "../strings";
import { sectionOf } from "./outline";
import { selection } from "./selection";
import {
  chosenSteps,
  insertStep,
  moveSection,
  nameSection,
  renamingSection,
  sectionFrom,
  stepActions,
} from "./step-actions";

export type Asked = { at: Point; section: StepId | null };

/** What can be done with the chosen steps, or with the section whose heading was asked. */
export function StepMenu({ editor, asked, onClose }: { editor: Editor; asked: Asked; onClose: () => void }) {
  return (
    <MenuAt at={asked.at} label={asked.section ? strings.sectionMenu : strings.stepMenu} onClose={onClose}>
      {asked.section ? <OfSection editor={editor} first={asked.section} /> : <OfSteps editor={editor} />}
    </MenuAt>
  );
}

function OfSteps({ editor }: { editor: Editor }) {
  const { steps } = editor.walkthrough;
  const ids = chosenSteps(editor);
  const index = steps.findIndex(({ id }) => id === ids[0]);
  const step = steps[index];
  const known = new Map(stepActions(editor).map((action) => [action.id, action]));
  const action = (id: string, label?: string): Action => {
    const found = known.get(id);
    if (!found) throw new Error(`BUG: the menu names the action ${id}, which is none.`);
    return label ? { ...found, label } : found;
  };
  const above: Action = { id: "insert-above", label: strings.insertAbove, run: () => insertStep(editor, index) };
  return (
    <>
      <MenuAction action={above} icon={IconRowInsertTop} />
      <MenuAction action={action("insert-step")} icon={IconRowInsertBottom} />
      <MenuSeparator />
      {ids.length === 1 && <MenuAction action={action("rename-step")} icon={IconPencil} />}
      <MenuAction action={action("duplicate-step", strings.copySteps(ids.length))} icon={IconCopy} />
      <MenuAction action={action("move-up")} icon={IconArrowUp} />
      <MenuAction action={action("move-down")} icon={IconArrowDown} />
      <MenuSeparator />
      <MenuAction action={action("group-steps", strings.groupOf(ids.length))} icon={IconFolderPlus} />
      {step && sectionOf(step) !== null && <MenuAction action={action("ungroup-steps")} icon={IconFolderOff} />}
      <MenuSeparator />
      <MenuAction action={action("delete-step", strings.removeSteps(ids.length))} icon={IconTrash} isDangerous />
    </>
  );
}

function OfSection({ editor, first }: { editor: Editor; first: StepId }) {
  const { steps } = editor.walkthrough;
  const step = steps.find(({ id }) => id === first);
  const name = step ? sectionOf(step) : null;
  const choose = () => {
    selection.write({ ids: new Set(sectionFrom(steps, first)), anchor: first });
    editor.go(first);
  };
  const action = (id: string, label: string, run: () => void): Action => ({ id, label, run });
  const rename = () => attempt(async () => renamingSection.write(first));
  return (
    <>
      <MenuAction action={action("rename", strings.renameSection, rename)} icon={IconPencil} />
      <MenuAction action={action("choose", strings.chooseSection, choose)} icon={IconListCheck} />
      <MenuAction
        action={action("up", strings.moveSectionUp, () => moveSection(editor, first, true))}
        icon={IconArrowUp}
      />
      <MenuAction
        action={action("down", strings.moveSectionDown, () => moveSection(editor, first, false))}
        icon={IconArrowDown}
      />
      <MenuSeparator />
      <MenuAction
        action={{
          ...action("remove", strings.removeSection, () => nameSection(editor, first, null)),
          isEnabled: name !== null,
        }}
        icon={IconFolderOff}
      />
    </>
  );
}
