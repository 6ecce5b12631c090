// What the parts of the editor share: the session, what is shown, and the ways to go elsewhere.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, startTransition, use, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import {
  type Field,
  type Finding,
  keys,
  queries,
  type Report,
  reviewKeys,
  type Step,
  type StepId,
  type Walkthrough,
} from "../../ipc";
import { navigate, type Part } from "../../lib/route";
import { kept, type Stored, stored } from "../../lib/stored";
import { focusField } from "./FieldEditor";
import type { DraftSession } from "./session";

export type Tab = "agent" | "user" | "quiz" | "problems" | "review";

export type Editor = {
  session: DraftSession;
  walkthrough: Walkthrough;
  /** The step that is shown, or null where the details are (or there is no step). */
  step: Step | null;
  isDetails: boolean;
  /** Something else than the text. */
  part: Part | null;
  /** Whether the host has looked for findings at all: until then, none is not “none found”. */
  isChecked: boolean;
  findings: readonly Finding[];
  /** What somebody has looked at and keeps. */
  silenced: readonly Finding[];
  /** Goes to a step, to a field in it, and to a place in that (in UTF-16 units). */
  go: (step: StepId, field?: Field | null, at?: number) => void;
  goDetails: () => void;
  goFlow: (step: StepId | null) => void;
  goQuiz: (step: StepId) => void;
};

const EditorContext = createContext<Editor | null>(null);
export const EditorProvider = EditorContext.Provider;

export function useEditor(): Editor {
  const editor = use(EditorContext);
  if (!editor) throw new Error("BUG: a part of the editor was rendered outside of it.");
  return editor;
}

const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";
const tabs: readonly Tab[] = ["agent", "user", "quiz", "problems", "review"];
const isTab = (value: unknown): value is Tab => tabs.some((tab) => tab === value);
export const previewShown: Stored<boolean> = stored("preview", true, isBoolean);
export const stepsShown: Stored<boolean> = stored("steps", true, isBoolean);
export const previewTab: Stored<Tab> = stored<Tab>("preview-tab", "agent", isTab);

/** The step of each walkthrough that was shown last: whoever was elsewhere comes back to it. */
const lastShown: Stored<ReadonlyMap<string, StepId>> = kept<ReadonlyMap<string, StepId>>(new Map());

const nothingFound: Report = { findings: [], silenced: [] };

export function useMakeEditor(
  session: DraftSession,
  wanted: StepId | null,
  wantsDetails: boolean,
  part: Part | null,
): Editor {
  const walkthrough = useWalkthrough(session);
  const { id, steps } = walkthrough;
  const isSettled = useFreshness(session, walkthrough);
  const report = useQuery({ ...queries.findings(id), enabled: isSettled }).data;
  const { findings, silenced } = report ?? nothingFound;
  const isChecked = report !== undefined;
  const known = (stepId: StepId | null | undefined) => steps.find((one) => one.id === stepId);
  const step = wantsDetails ? null : (known(wanted ?? lastShown.read().get(id)) ?? steps[0] ?? null);
  const shownId = step?.id;
  useEffect(() => {
    if (shownId !== undefined) lastShown.write(new Map(lastShown.read()).set(id, shownId));
  }, [id, shownId]);
  return useMemo(
    () => ({
      session,
      walkthrough,
      step,
      isDetails: wantsDetails,
      part,
      isChecked,
      findings,
      silenced,
      go: (target, field = null, at) => {
        if (session.hasUnsaved) void session.flush().catch(() => undefined);
        navigate({ screen: "editor", id, step: target }, "replace");
        if (field) setTimeout(() => focusField(field, at), 30);
      },
      goDetails: () => navigate({ screen: "editor", id, step: null, isDetails: true }, "replace"),
      goFlow: (target) => navigate({ screen: "editor", id, step: target, part: "flow" }, "replace"),
      goQuiz: (target) => navigate({ screen: "editor", id, step: target, part: "quiz" }, "replace"),
    }),
    [session, walkthrough, step, wantsDetails, part, isChecked, findings, silenced, id],
  );
}

/** What the host says is shown at once. What was typed here and is saved now stands on the screen already: what else shows it
 * is drawn between two keys and never before one. */
function useWalkthrough(session: DraftSession): Walkthrough {
  const news = useSyncExternalStore(session.subscribe, () => session.read().news);
  const [saved, setSaved] = useState({ news, walkthrough: news });
  useEffect(
    () =>
      session.subscribe(() => {
        const { news, walkthrough } = session.read();
        startTransition(() => setSaved((was) => (was.walkthrough === walkthrough ? was : { news, walkthrough })));
      }),
    [session],
  );
  return saved.news === news ? saved.walkthrough : news;
}

/** Findings and the library's list follow what is saved, once it is quiet for a moment: while somebody types, what is wrong with
 * their step is asked for by the step itself. False until the text has come to the screen: hundreds of steps are not read for
 * what is wrong with them before that. */
function useFreshness(session: DraftSession, walkthrough: Walkthrough): boolean {
  const { id } = walkthrough;
  const [isSettled, setIsSettled] = useState(false);
  const client = useQueryClient();
  const metadata = useRef<string>(undefined);
  useEffect(() => {
    const known = walkthrough.steps.map((step) => `${step.id} ${step.metadata}`).join();
    if (metadata.current !== undefined && metadata.current !== known)
      void client.invalidateQueries({ queryKey: keys.quizzes(id) });
    metadata.current = known;
    let timers: ReturnType<typeof setTimeout>[] = [];
    const stop = () => {
      for (const timer of timers) clearTimeout(timer);
    };
    const find = () => {
      void client.invalidateQueries({ queryKey: keys.findings(id) });
      void client.invalidateQueries({ queryKey: reviewKeys.review(id) });
      setIsSettled(true);
    };
    const wait = () => {
      stop();
      timers = [
        setTimeout(find, 500),
        setTimeout(() => void client.invalidateQueries({ queryKey: keys.drafts }), 1_500),
      ];
    };
    wait();
    const typing = session.onTyped(wait);
    return () => {
      typing();
      stop();
      void client.invalidateQueries({ queryKey: keys.drafts, refetchType: "none" });
    };
  }, [session, client, id, walkthrough]);
  return isSettled;
}
