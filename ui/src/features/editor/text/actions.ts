// What can be done in the texts of a step, for the palette, the sheet of keys and the keyboard.

import { useMemo } from "react";
import { type Action, useActions } from "../../../ui/actions";
import { toggleAlone } from "./alone";
import { commentHere } from "./comment";
import { openFind } from "./find";
import { formatActions } from "./formats";
import { goToProblem } from "./problem-keys";
import { useInsertions } from "./snippet-actions";
import { textStrings as strings } from "./strings";

const always: readonly Action[] = [
  ...formatActions,
  { id: "find-in-step", label: strings.find, shortcut: "Mod+F", run: () => openFind(false) },
  { id: "replace-in-step", label: strings.replace, shortcut: "Mod+H", run: () => openFind(true) },
  { id: "next-problem", label: strings.nextProblem, shortcut: "F8", run: () => goToProblem(1) },
  { id: "previous-problem", label: strings.previousProblem, shortcut: "Shift+F8", run: () => goToProblem(-1) },
  { id: "comment", label: strings.comment, shortcut: "Mod+Alt+M", run: commentHere },
  { id: "write-alone", label: strings.alone, shortcut: "Mod+Shift+Enter", run: () => toggleAlone() },
];

/** Offers them while texts are on the screen. */
export function useTextActions(): void {
  const insertions = useInsertions();
  useActions(
    useMemo(
      () => [...always, ...insertions.map(({ run, ...action }) => ({ ...action, run: () => run() }))],
      [insertions],
    ),
  );
}
