// One field's text. CodeMirror owns it while it is open; the session hears of every change.

import { EditorState, Transaction } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { type Field, readOnly, type StepId } from "../../ipc";
import { fieldWords } from "../../lib/fields";
import { fieldExtensions } from "./codemirror";
import type { DraftSession } from "./session";
import { strings } from "./strings";
import { attachPasted } from "./text/attach";
import { opened } from "./text/open-views";

type FieldEditorProps = { session: DraftSession; step: StepId; field: Field };

export function FieldEditor({ session, step, field }: FieldEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!place.current) return;
    const show = (changes: Parameters<DraftSession["type"]>[2]) =>
      view.dispatch({ changes, annotations: Transaction.remote.of(true), scrollIntoView: false });
    const typed = EditorView.updateListener.of((update) => {
      if (!update.docChanged || update.transactions.some((transaction) => transaction.annotation(Transaction.remote)))
        return;
      session.type(step, field, update.changes, update.state.doc);
    });
    const leave = EditorView.domEventHandlers({
      blur: () => {
        if (session.hasUnsaved) void session.flush().catch(() => undefined);
      },
    });
    const { label } = fieldWords[field];
    const view = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: session.open(step, field, show),
        extensions: [
          fieldExtensions(label, strings.placeholders[field], readOnly !== null, (view, files) =>
            attachPasted(session.read().walkthrough.id, view, files),
          ),
          typed,
          leave,
        ],
      }),
    });
    const closed = opened(field, view);
    return () => {
      closed();
      session.close(step, field, show);
      view.destroy();
    };
  }, [session, step, field]);
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
