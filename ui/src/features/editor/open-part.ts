// What parts of other features get of the editor.

import { useMemo } from "react";
import type { OpenPart } from "../../ipc";
import type { Editor } from "./editor";

export function useMakePart(editor: Editor): OpenPart {
  const { session, walkthrough, step, findings, go, goFlow, goQuiz } = editor;
  return useMemo(
    () => ({
      walkthrough,
      step,
      findings,
      edit: (edit) => session.edit(edit),
      write: (run) => session.write(run),
      typed: session.typed,
      openStep: (id) => go(id),
      openPlace: go,
      openQuiz: goQuiz,
      openFlow: goFlow,
    }),
    [session, walkthrough, step, findings, go, goFlow, goQuiz],
  );
}
