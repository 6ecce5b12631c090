// How a text is formatted: one list for the bar, the palette and the keys.

import type { StateCommand } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import {
  type Icon,
  IconBlockquote,
  IconBold,
  IconCode,
  IconH1,
  IconH2,
  IconH3,
  IconItalic,
  IconLink,
  IconList,
  IconListCheck,
  IconListNumbers,
  IconSourceCode,
  IconStrikethrough,
  IconTable,
} from "@tabler/icons-react";
import type { Action } from "../../../ui/actions";
import { codeBlock } from "./code-block";
import { bulletList, heading, orderedList, quote, taskList } from "./lines";
import { link } from "./link";
import { bold, code, italic, strike } from "./marks";
import { activeText } from "./open-views";
import { textStrings as strings } from "./strings";
import { insertTable } from "./table-keys";

export type Format = { id: string; label: string; shortcut?: string; icon: Icon; command: StateCommand };

/** In the bar itself. */
export const often: readonly Format[] = [
  { id: "bold", label: strings.bold, shortcut: "Mod+B", icon: IconBold, command: bold },
  { id: "italic", label: strings.italic, shortcut: "Mod+I", icon: IconItalic, command: italic },
  { id: "code", label: strings.code, shortcut: "Mod+E", icon: IconCode, command: code },
  { id: "link", label: strings.link, shortcut: "Mod+K", icon: IconLink, command: link },
  { id: "bullet-list", label: strings.bulletList, shortcut: "Mod+Shift+8", icon: IconList, command: bulletList },
  {
    id: "ordered-list",
    label: strings.orderedList,
    shortcut: "Mod+Shift+7",
    icon: IconListNumbers,
    command: orderedList,
  },
];

/** In the menu beside it. */
export const seldom: readonly (readonly Format[])[] = [
  [
    { id: "heading-1", label: strings.heading(1), shortcut: "Mod+Alt+1", icon: IconH1, command: heading(1) },
    { id: "heading-2", label: strings.heading(2), shortcut: "Mod+Alt+2", icon: IconH2, command: heading(2) },
    { id: "heading-3", label: strings.heading(3), shortcut: "Mod+Alt+3", icon: IconH3, command: heading(3) },
  ],
  [
    { id: "task-list", label: strings.taskList, shortcut: "Mod+Shift+9", icon: IconListCheck, command: taskList },
    { id: "quote", label: strings.quote, shortcut: "Mod+Shift+Q", icon: IconBlockquote, command: quote },
    { id: "code-block", label: strings.codeBlock, shortcut: "Mod+Shift+E", icon: IconSourceCode, command: codeBlock },
    { id: "table", label: strings.table, shortcut: "Mod+Alt+T", icon: IconTable, command: insertTable },
    { id: "strike", label: strings.strike, shortcut: "Mod+Shift+X", icon: IconStrikethrough, command: strike },
  ],
];

const formats: readonly Format[] = [...often, ...seldom.flat()];

/** Runs a command in a text and gives it the focus. */
export function runIn(view: EditorView | undefined, command: StateCommand): void {
  if (!view || view.state.readOnly) return;
  command({ state: view.state, dispatch: (transaction) => view.dispatch(transaction) });
  view.focus();
}

/** For the palette and the keys: in the text with the focus. */
export const formatActions: readonly Action[] = formats.map(({ id, label, shortcut, command }) => ({
  id,
  label,
  ...(shortcut ? { shortcut } : {}),
  run: () => runIn(activeText()?.view, command),
}));
