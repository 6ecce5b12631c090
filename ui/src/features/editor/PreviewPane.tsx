// What becomes of the text: for the agent, for the user, and what is wrong with it. Follows every keystroke.

import { IconCopy, IconMessages } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, type RefObject, use, useEffect, useRef, useState } from "react";
import { reviewQueries } from "../../ipc";
import { fields } from "../../lib/fields";
import { navigate } from "../../lib/route";
import { useStored } from "../../lib/stored";
import { AgentSheet } from "../../ui/AgentSheet";
import { IconButton } from "../../ui/Button";
import { isPressed, useKeysFor } from "../../ui/keymap";
import { asksForMenu, type Point } from "../../ui/Menu";
import { EditorParts } from "../../ui/slots";
import { Tabs } from "../../ui/Tabs";
import { tell } from "../../ui/tell";
import { previewSpecs } from "./action-specs";
import { previewTab, type Tab, useEditor } from "./editor";
import { focusField } from "./FieldEditor";
import { type LivePreview, usePreview } from "./live-preview";
import { type AskedPreview, PreviewMenu } from "./PreviewMenu";
import { ProblemList } from "./ProblemList";
import styles from "./preview.module.css";
import { leavePreview } from "./preview-focus";
import { isProblem } from "./problems";
import { strings } from "./strings";
import { TokenBar } from "./TokenBar";
import { UserView } from "./UserView";

export function PreviewPane({ preview }: { preview: LivePreview | null }) {
  const { findings, walkthrough, step, part, go, goQuiz } = useEditor();
  const { steps } = walkthrough;
  const index = step ? steps.indexOf(step) : -1;
  const panel = useRef<HTMLDivElement>(null);
  const [asked, setAsked] = useState<AskedPreview | null>(null);
  const [tab, setTab] = useStored(previewTab);
  const { shown, error } = usePreview(preview);
  const parts = use(EditorParts);
  const isOfText = tab === "agent" || tab === "user";
  const found = findings.filter(isProblem).length;
  const problems = found > 0 ? `${strings.problemsTab} ${found}` : strings.problemsTab;
  const open = useQuery(reviewQueries.review(walkthrough.id)).data?.open ?? 0;
  const comments = open > 0 ? `${strings.reviewTab} ${open}` : strings.reviewTab;
  const copy = () => {
    const text = shown?.agent.map((segment) => segment.text).join("") ?? "";
    void navigator.clipboard.writeText(text).then(() => tell(strings.copied));
  };
  // Another step is read from its beginning.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each other step is a reason.
  useEffect(() => {
    panel.current?.scrollTo(0, 0);
  }, [step?.id, tab]);
  useFieldInView(panel);
  const ask = (target: EventTarget, at: Point) => {
    const block = target instanceof Element ? target.closest<HTMLElement>("[data-from]") : null;
    const field = fields.find((known) => known === block?.dataset.from) ?? (tab === "user" ? "content_for_user" : null);
    setAsked({ at, field, hasSelection: getSelection()?.isCollapsed === false });
  };
  const press = (event: KeyboardEvent) => {
    if (isOfText && asksForMenu(event)) {
      const { left, top } = event.currentTarget.getBoundingClientRect();
      ask(event.target, { x: left + 24, y: top + 24 });
      event.preventDefault();
      return;
    }
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey)
      return;
    const is = (id: keyof typeof previewSpecs) => isPressed(previewSpecs[id], event.nativeEvent);
    const by = is("preview-next") ? 1 : is("preview-previous") ? -1 : 0;
    const next = by !== 0 && steps[index + by];
    if (next) (part === "quiz" ? goQuiz : go)(next.id);
    else if (is("preview-leave")) leavePreview();
    if (by !== 0 || is("preview-leave")) event.preventDefault();
  };
  return (
    <div className={styles.pane}>
      <div className={styles.bar}>
        <Tabs
          label={strings.preview}
          value={tab}
          onChoose={setTab}
          tabs={[
            { value: "agent", label: strings.agent },
            { value: "user", label: strings.user },
            ...(parts ? [{ value: "quiz" as const, label: strings.quiz }] : []),
            { value: "problems", label: problems },
            ...(parts ? [{ value: "review" as const, label: comments }] : []),
          ]}
        />
        <span className={styles.tools}>
          {tab === "agent" && <IconButton label={strings.copyAgent} icon={IconCopy} disabled={!shown} onClick={copy} />}
          <IconButton
            label={strings.play}
            icon={IconMessages}
            shortcut={useKeysFor("conversation")}
            onClick={() => navigate({ screen: "conversation", id: walkthrough.id })}
          />
        </span>
      </div>
      {tab === "agent" && <TokenBar preview={preview} />}
      <div
        ref={panel}
        className={styles.scroll}
        role="tabpanel"
        aria-label={tabWords[tab]}
        aria-keyshortcuts="ArrowLeft ArrowRight"
        tabIndex={isOfText ? 0 : -1}
        data-preview
        onKeyDown={press}
        onContextMenu={(event) => {
          if (!isOfText) return;
          event.preventDefault();
          ask(event.target, { x: event.clientX, y: event.clientY });
        }}
      >
        {error && isOfText && (
          <p className={styles.error} role="alert">
            {strings.previewFailed} {error.message}
          </p>
        )}
        {tab === "review" ? (
          parts && <parts.Review />
        ) : tab === "problems" ? (
          <ProblemList />
        ) : tab === "quiz" ? (
          parts && <parts.QuizPreview />
        ) : shown === null ? (
          <p className={styles.quiet}>{preview === null && strings.nothingToPreview}</p>
        ) : tab === "agent" ? (
          <AgentSheet agent={shown.agent} onField={focusField} />
        ) : (
          shown.user_html !== null && <UserView html={shown.user_html} />
        )}
      </div>
      {asked && (
        <PreviewMenu
          asked={asked}
          onCopyAll={tab === "agent" && shown ? copy : null}
          onClose={() => {
            setAsked(null);
            panel.current?.focus({ preventScroll: true });
          }}
        />
      )}
      <p className={styles.keys} aria-hidden>
        {index >= 0 && strings.previewKeys(index + 1, steps.length)}
      </p>
    </div>
  );
}

const tabWords: Record<Tab, string> = {
  agent: strings.agent,
  user: strings.user,
  quiz: strings.quiz,
  problems: strings.problemsTab,
  review: strings.reviewTab,
};

/** Whoever goes to a field sees what the agent makes of it. */
function useFieldInView(panel: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const follow = ({ target }: FocusEvent) => {
      const field = target instanceof Element && target.closest<HTMLElement>("[data-field]")?.dataset.field;
      const block = field && panel.current?.querySelector<HTMLElement>(`[data-from="${field}"]`);
      if (!block || !panel.current) return;
      const view = panel.current.getBoundingClientRect();
      const { top, bottom } = block.getBoundingClientRect();
      if (top >= view.top && bottom <= view.bottom) return;
      panel.current.scrollTop += top - view.top - margin;
    };
    document.addEventListener("focusin", follow);
    return () => document.removeEventListener("focusin", follow);
  }, [panel]);
}

/** Pixels above a block that was gone to. */
const margin = 12;
