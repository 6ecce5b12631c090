// The template. CodeMirror owns its text while it is open; the screen hears of every change.

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { EditorState } from "@codemirror/state";
import { EditorView, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { useEffect, useLayoutEffect, useRef } from "react";
import type { WordingNames, WordingProblem } from "../../ipc";
import { strings } from "./strings";
import { rangeOf, templateLanguage, underline } from "./template-language";
import styles from "./wordings.module.css";

type TemplateEditorProps = {
  text: string;
  isReadOnly: boolean;
  names: WordingNames;
  problems: readonly WordingProblem[];
  onType: (text: string) => void;
  /** Takes the way to lead the cursor to a problem. */
  onOpen: (show: (problem: WordingProblem) => void) => void;
};

/** Another wording is another editor: whoever renders this gives it a key. */
export function TemplateEditor({ text, isReadOnly, names, problems, onType, onOpen }: TemplateEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const typed = useRef(onType);
  const opened = useRef(onOpen);
  const first = useRef(text);
  typed.current = onType;
  useLayoutEffect(() => {
    if (!place.current) return;
    const editor = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: first.current,
        extensions: [
          EditorState.lineSeparator.of("\n"),
          EditorView.clipboardInputFilter.of((pasted) => pasted.replace(/\r\n?/g, "\n")),
          EditorState.readOnly.of(isReadOnly),
          EditorView.contentAttributes.of({ "aria-label": strings.template, "aria-readonly": String(isReadOnly) }),
          EditorView.lineWrapping,
          lineNumbers(),
          highlightSpecialChars(),
          history(),
          templateLanguage(names),
          keymap.of([...defaultKeymap, ...historyKeymap]),
          EditorView.updateListener.of(({ docChanged, state }) => {
            if (docChanged) typed.current(state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    opened.current((problem) => {
      editor.focus();
      editor.dispatch({ selection: { anchor: rangeOf(editor.state.doc, problem).from }, scrollIntoView: true });
    });
    return () => editor.destroy();
  }, [isReadOnly, names]);
  useEffect(() => {
    const editor = view.current;
    if (editor) editor.dispatch(underline(editor.state, problems));
  }, [problems]);
  return <div ref={place} className={styles.template} />;
}
