// What becomes of the text: for the agent, for the user, and what is wrong with it. Follows every keystroke.

import { IconCopy } from "@tabler/icons-react";
import { use } from "react";
import { useStored } from "../../lib/stored";
import { IconButton } from "../../ui/Button";
import { EditorParts } from "../../ui/slots";
import { Tabs } from "../../ui/Tabs";
import { tell } from "../../ui/tell";
import { AgentSheet } from "./AgentSheet";
import { previewTab, useEditor } from "./editor";
import { type LivePreview, usePreview } from "./live-preview";
import { ProblemList } from "./ProblemList";
import styles from "./preview.module.css";
import { isProblem } from "./problems";
import { strings } from "./strings";
import { TokenBar } from "./TokenBar";
import { UserView } from "./UserView";

export function PreviewPane({ preview }: { preview: LivePreview | null }) {
  const { findings } = useEditor();
  const [tab, setTab] = useStored(previewTab);
  const { shown, error } = usePreview(preview);
  const parts = use(EditorParts);
  const isOfText = tab === "agent" || tab === "user";
  const found = findings.filter(isProblem).length;
  const problems = found > 0 ? `${strings.problemsTab} ${found}` : strings.problemsTab;
  const copy = () => {
    const text = shown?.agent.map((segment) => segment.text).join("") ?? "";
    void navigator.clipboard.writeText(text).then(() => tell(strings.copied));
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
          ]}
        />
        {tab === "agent" && <IconButton label={strings.copyAgent} icon={IconCopy} disabled={!shown} onClick={copy} />}
      </div>
      {tab === "agent" && shown && <TokenBar tokens={shown.tokens} agent={shown.agent} />}
      <div
        className={styles.scroll}
        role="tabpanel"
        aria-label={strings[tab === "problems" ? "problemsTab" : tab]}
        tabIndex={isOfText ? 0 : -1}
      >
        {error && isOfText && (
          <p className={styles.error} role="alert">
            {strings.previewFailed} {error.message}
          </p>
        )}
        {tab === "problems" ? (
          <ProblemList />
        ) : tab === "quiz" ? (
          parts && <parts.QuizPreview />
        ) : shown === null ? (
          <p className={styles.quiet}>{preview === null && strings.nothingToPreview}</p>
        ) : tab === "agent" ? (
          <AgentSheet agent={shown.agent} />
        ) : (
          <UserView html={shown.user_html} />
        )}
      </div>
    </div>
  );
}
