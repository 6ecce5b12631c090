// Snippets while writing: put one in, keep what is selected as one.

import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { type Field, type KeptSnippet, queries } from "../../../ipc";
import { newSnippet } from "../../../lib/new-snippet";
import { navigate } from "../../../lib/route";
import { useStored } from "../../../lib/stored";
import type { Action } from "../../../ui/actions";
import { tell } from "../../../ui/tell";
import { activeText, viewOf } from "./open-views";
import { putIn } from "./paste";
import { knownSnippets } from "./snippet-completion";
import { textStrings as strings } from "./strings";

/** Keeps completion as the library has it. */
export function useSnippets(): void {
  const { data } = useQuery(queries.snippets());
  useEffect(() => knownSnippets.write(data ?? []), [data]);
}

function keepSelection(field: Field | undefined): void {
  const view = field === undefined ? activeText()?.view : viewOf(field);
  const { from, to } = view?.state.selection.main ?? { from: 0, to: 0 };
  const text = view?.state.sliceDoc(from, to) ?? "";
  if (text.trim() === "") tell(strings.nothingSelected);
  else newSnippet.write(text);
}

type Insertion = Omit<Action, "run"> & { run: (field?: Field) => void };

/** What a writer can put in by name, for the menu of a field and for the palette. */
export function useInsertions(): readonly Insertion[] {
  const [snippets] = useStored(knownSnippets);
  return useMemo(() => insertions(snippets), [snippets]);
}

function insertions(snippets: readonly KeptSnippet[]): Insertion[] {
  return [
    ...snippets.slice(0, 12).map(
      ({ name, text }): Insertion => ({
        id: `snippet ${name}`,
        label: strings.insertSnippet(name),
        run: (field) => {
          const view = field === undefined ? activeText()?.view : viewOf(field);
          if (!view) return;
          putIn(view, text);
          view.focus();
        },
      }),
    ),
    { id: "save-snippet", label: strings.saveSnippet, run: keepSelection },
    { id: "snippets", label: strings.manageSnippets, run: () => navigate({ screen: "snippets" }) },
  ];
}
