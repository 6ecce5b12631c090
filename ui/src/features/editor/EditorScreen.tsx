// The editor: steps, the text of one step, and what an agent makes of it.

import { use, useEffect, useMemo } from "react";
import { commentedOn, OpenPartProvider } from "../../ipc";
import type { Part } from "../../lib/route";
import { type Stored, stored, useStored } from "../../lib/stored";
import { useActions } from "../../ui/actions";
import { Failure } from "../../ui/Notice";
import { isSizes, Panes, type Sizes } from "../../ui/Panes";
import { Screen } from "../../ui/Screen";
import { EditorParts } from "../../ui/slots";
import { editorActions } from "./actions";
import { DetailsPage } from "./DetailsPage";
import { EditorProvider, previewShown, previewTab, stepsShown, useMakeEditor } from "./editor";
import { FieldsPane } from "./FieldsPane";
import { Header } from "./Header";
import { historyActions } from "./history-actions";
import { useLivePreview } from "./live-preview";
import { NoSteps } from "./NoSteps";
import { useMakePart } from "./open-part";
import { PreviewPane } from "./PreviewPane";
import { partActions } from "./part-actions";
import { SnapshotDialog } from "./SnapshotDialog";
import { StatusEnd, StatusStart } from "./Status";
import { StepsPane } from "./StepsPane";
import { StepViews } from "./StepViews";
import type { DraftSession } from "./session";
import { strings } from "./strings";
import { TrashBar } from "./TrashBar";
import { showReview } from "./text/comment";
import styles from "./trash-bar.module.css";
import { usePlace, useSlot, type Wanted, type WantedSlot } from "./use-place";
import { useSession } from "./use-session";
import { useWholeActions } from "./whole-actions";

/** A fifth for the steps, a third for the preview, within reason. */
const initial = (width: number): Sizes => ({
  start: Math.round(Math.min(Math.max(width * 0.2, 236), 300)),
  end: Math.round(Math.min(Math.max(width * 0.31, 340), 560)),
});
const sizes: Stored<Sizes | null> = stored<Sizes | null>("editor-panes", null, isSizes);

type EditorScreenProps = {
  id: string;
  step: string | null;
  isDetails: boolean;
  part: Part | null;
  place: Wanted | null;
  /** A text that is in no field. */
  slot: WantedSlot | null;
};

export function EditorScreen({ id, ...shown }: EditorScreenProps) {
  const opened = useSession(id);
  if (opened.kind === "open") return <OpenEditor session={opened.session} {...shown} />;
  return (
    <Screen label={strings.fields} header={null} hasNavigation={opened.kind === "failed"}>
      {opened.kind === "failed" && <Failure error={opened.error} onRetry={opened.retry} />}
    </Screen>
  );
}

type OpenEditorProps = Omit<EditorScreenProps, "id"> & { session: DraftSession };

function OpenEditor({ session, step, isDetails, part, place, slot }: OpenEditorProps) {
  const editor = useMakeEditor(session, step, isDetails, part);
  const open = useMakePart(editor);
  const parts = use(EditorParts);
  usePlace(editor.step?.id, place);
  useSlot(slot);
  const [hasPreview] = useStored(previewShown);
  const [hasSteps] = useStored(stepsShown);
  const actions = useMemo(() => editorActions(editor), [editor]);
  useActions(actions);
  useActions(useMemo(() => historyActions(editor), [editor]));
  useActions(useMemo(() => partActions(editor), [editor]));
  const { id, title } = editor.walkthrough;
  const { duplicate, trash } = useWholeActions({ session, id, title });
  useActions(useMemo(() => [duplicate, trash], [duplicate, trash]));
  useWindowTitle(editor.walkthrough.title);
  const previewed = editor.step?.id ?? editor.walkthrough.steps[0]?.id ?? null;
  const preview = useLivePreview(session, previewed);
  useBegunComment(id);
  const isFlow = part === "flow" && parts !== null;
  const middle = isFlow ? (
    <parts.Flow />
  ) : editor.isDetails ? (
    <DetailsPage />
  ) : editor.step ? (
    <StepViews>{part === "quiz" && parts ? <parts.Quiz /> : <FieldsPane preview={preview} />}</StepViews>
  ) : (
    <NoSteps />
  );
  return (
    <EditorProvider value={editor}>
      <OpenPartProvider value={open}>
        <Screen
          label={editor.walkthrough.title}
          hasNavigation={false}
          header={<Header />}
          status={<StatusStart onProblems={() => previewTab.write("problems")} />}
          statusEnd={<StatusEnd preview={preview} />}
        >
          <div className={styles.page}>
            <TrashBar session={session} />
            <div className={styles.rest}>
              <Panes
                sizes={sizes}
                initial={initial}
                start={hasSteps ? { label: strings.steps, content: <StepsPane /> } : null}
                middle={{ label: isFlow ? strings.flow : strings.fields, content: middle }}
                end={
                  hasPreview && !isFlow ? { label: strings.preview, content: <PreviewPane preview={preview} /> } : null
                }
              />
            </div>
          </div>
        </Screen>
        <SnapshotDialog session={session} />
      </OpenPartProvider>
    </EditorProvider>
  );
}

/** Whoever began a comment elsewhere, on a turn of a conversation, writes it here. */
function useBegunComment(id: string): void {
  useEffect(() => {
    if (commentedOn.read()?.walkthrough === id) showReview();
  }, [id]);
}

function useWindowTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} – Waymark`;
    return () => {
      document.title = "Waymark";
    };
  }, [title]);
}
