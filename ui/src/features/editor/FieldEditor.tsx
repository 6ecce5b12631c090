// One field's text. CodeMirror owns it while it is open; the session hears of every change.

import { EditorView } from "@codemirror/view";
import { useLayoutEffect, useRef } from "react";
import type { Field, StepId } from "../../ipc";
import type { DraftSession } from "./session";
import { FieldView } from "./text/field-view";

type FieldEditorProps = { session: DraftSession; step: StepId; field: Field };

export function FieldEditor({ session, step, field }: FieldEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const open = useRef<FieldView | null>(null);
  const shown = useRef(step);
  useLayoutEffect(() => {
    if (!place.current) return;
    const view = new FieldView(place.current, session, shown.current, field);
    open.current = view;
    return () => view.close();
  }, [session, field]);
  useLayoutEffect(() => {
    shown.current = step;
    open.current?.turnTo(step);
  }, [step]);
  return <div ref={place} data-field={field} />;
}

/** Puts the cursor into a field of the step that is shown, and to a place in it. */
export function focusField(field: Field, at?: number): void {
  const content = document.querySelector<HTMLElement>(`[data-field="${field}"] .cm-content`);
  content?.focus();
  const view = content && EditorView.findFromDOM(content);
  if (view && at !== undefined)
    view.dispatch({ selection: { anchor: Math.min(at, view.state.doc.length) }, scrollIntoView: true });
}
