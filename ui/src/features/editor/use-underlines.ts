// Keeps the lines under one field's text as lint found them, once what was linted is what stands there.

import type { EditorView } from "@codemirror/view";
import { useQuery } from "@tanstack/react-query";
import { type RefObject, useEffect, useMemo } from "react";
import { type Field, queries, type Rule, type StepId } from "../../ipc";
import { attempt } from "./actions";
import { useEditor } from "./editor";
import { fixSelected, selectionOf } from "./mending";
import { underline } from "./underlines";

const noRules: readonly Rule[] = [];

export function useUnderlines(editor: RefObject<EditorView | null>, step: StepId, field: Field): void {
  const { findings, session } = useEditor();
  const rules = useQuery(queries.lintRules()).data ?? noRules;
  const here = useMemo(
    () => findings.filter((finding) => finding.step_id === step && finding.field === field),
    [findings, step, field],
  );
  useEffect(() => {
    let isShown = false;
    const show = () => {
      const view = editor.current;
      // What is typed since moves the lines that are there; new ones would stand in the wrong place.
      if (isShown || !view || session.hasUnsaved) return;
      isShown = true;
      view.dispatch(
        underline(view.state, here, rules, (finding) =>
          attempt(() => fixSelected(session, selectionOf(finding), finding.fix?.label ?? "")),
        ),
      );
    };
    show();
    return session.subscribe(show);
  }, [editor, session, here, rules]);
}
