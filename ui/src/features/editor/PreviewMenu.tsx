// What can be done with what is previewed: copy it, and go to where it is written.

import { IconCopy, IconFileText, IconPencil } from "@tabler/icons-react";
import type { Field } from "../../ipc";
import { commands } from "../../ipc";
import { fieldWords } from "../../lib/fields";
import type { Action } from "../../ui/actions";
import { MenuAction, MenuAt, MenuSeparator, type Point } from "../../ui/Menu";
import { attempt } from "./actions";
import { focusField } from "./FieldEditor";
import { strings } from "./strings";

export type AskedPreview = { at: Point; field: Field | null; hasSelection: boolean };

type PreviewMenuProps = { asked: AskedPreview; onCopyAll: (() => void) | null; onClose: () => void };

export function PreviewMenu({ asked: { at, field, hasSelection }, onCopyAll, onClose }: PreviewMenuProps) {
  const copy: Action = {
    id: "copy",
    label: strings.copy,
    shortcut: "Mod+C",
    isEnabled: hasSelection,
    run: () => attempt(async () => void (await commands.editSelection("copy"))),
  };
  const write = field && {
    id: "write",
    label: strings.writeIn(fieldWords[field].lower),
    run: () => setTimeout(() => focusField(field)),
  };
  return (
    <MenuAt at={at} label={strings.preview} onClose={onClose}>
      <MenuAction icon={IconCopy} action={copy} />
      {onCopyAll && (
        <MenuAction icon={IconFileText} action={{ id: "copy-all", label: strings.copyAgent, run: onCopyAll }} />
      )}
      {write && (
        <>
          <MenuSeparator />
          <MenuAction icon={IconPencil} action={write} />
        </>
      )}
    </MenuAt>
  );
}
