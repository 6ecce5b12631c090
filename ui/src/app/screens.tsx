// Which screen belongs to which route. All but the library load when they are first needed.

import { type ComponentType, lazy, type ReactNode, Suspense } from "react";
import { LibraryScreen } from "../features/library/LibraryScreen";
import { PublishButton } from "../features/publish/PublishButton";
import { hrefTo, type Route } from "../lib/route";
import { Notice } from "../ui/Notice";
import { Screen } from "../ui/Screen";
import { EditorParts, PublishSlot } from "../ui/slots";
import { strings } from "./strings";

const loadEditor = () => import("../features/editor/EditorScreen");
const EditorScreen = lazy(() => loadEditor().then(({ EditorScreen }) => ({ default: EditorScreen })));
const TrashScreen = lazy(() => import("../features/trash/TrashScreen").then((m) => ({ default: m.TrashScreen })));
const ConnectionsScreen = lazy(() =>
  import("../features/connections/ConnectionsScreen").then((m) => ({ default: m.ConnectionsScreen })),
);
const AgentsScreen = lazy(() => import("../features/agents/AgentsScreen").then((m) => ({ default: m.AgentsScreen })));
const PublishScreen = lazy(() =>
  import("../features/publish/PublishScreen").then((m) => ({ default: m.PublishScreen })),
);
const AssignmentsScreen = lazy(() =>
  import("../features/assignments/AssignmentsScreen").then((m) => ({ default: m.AssignmentsScreen })),
);
const ReleasesScreen = lazy(() =>
  import("../features/releases/ReleasesScreen").then((m) => ({ default: m.ReleasesScreen })),
);
const ReleaseScreen = lazy(() =>
  import("../features/releases/ReleaseScreen").then((m) => ({ default: m.ReleaseScreen })),
);
const MergeScreen = lazy(() => import("../features/merge/MergeScreen").then((m) => ({ default: m.MergeScreen })));
const HistoryScreen = lazy(() =>
  import("../features/history/HistoryScreen").then((m) => ({ default: m.HistoryScreen })),
);
const ConversationScreen = lazy(() =>
  import("../features/conversation/ConversationScreen").then((m) => ({ default: m.ConversationScreen })),
);
const AgentRunsScreen = lazy(() =>
  import("../features/agent-runs/AgentRunsScreen").then((m) => ({ default: m.AgentRunsScreen })),
);
const ImportScreen = lazy(() => import("../features/import/ImportScreen").then((m) => ({ default: m.ImportScreen })));
const SnippetsScreen = lazy(() =>
  import("../features/snippets/SnippetsScreen").then((m) => ({ default: m.SnippetsScreen })),
);
const WordingsScreen = lazy(() =>
  import("../features/wordings/WordingsScreen").then((m) => ({ default: m.WordingsScreen })),
);
const ReplaceScreen = lazy(() =>
  import("../features/replace/ReplaceScreen").then((m) => ({ default: m.ReplaceScreen })),
);
const SettingsScreen = lazy(() =>
  import("../features/settings/SettingsScreen").then((m) => ({ default: m.SettingsScreen })),
);

const FlowPart = lazy(() => import("../features/flow/FlowPart").then((m) => ({ default: m.FlowPart })));
const QuizPart = lazy(() => import("../features/quiz/QuizPart").then((m) => ({ default: m.QuizPart })));
const QuizPreview = lazy(() => import("../features/quiz/QuizPreview").then((m) => ({ default: m.QuizPreview })));
const ReviewPane = lazy(() => import("../features/review/ReviewPane").then((m) => ({ default: m.ReviewPane })));
const CertificatePart = lazy(() =>
  import("../features/quiz/CertificatePart").then((m) => ({ default: m.CertificatePart })),
);
const loading = (Part: ComponentType) => () => (
  <Suspense fallback={null}>
    <Part />
  </Suspense>
);
const editorParts = {
  Flow: loading(FlowPart),
  Quiz: loading(QuizPart),
  QuizPreview: loading(QuizPreview),
  Review: loading(ReviewPane),
  Certificate: loading(CertificatePart),
};

// The editor is what comes next: it is fetched while the person looks at the library.
setTimeout(() => void loadEditor(), 1_200);

export function screenOf(route: Route): ReactNode {
  switch (route.screen) {
    case "library":
      return <LibraryScreen />;
    case "editor":
      return (
        <PublishSlot value={PublishButton}>
          <EditorParts value={editorParts}>
            <EditorScreen
              key={route.id}
              id={route.id}
              step={route.step}
              isDetails={route.isDetails ?? false}
              part={route.part ?? null}
              place={route.field ? { field: route.field, at: route.at } : null}
              slot={route.slot ? { name: route.slot, at: route.at } : null}
            />
          </EditorParts>
        </PublishSlot>
      );
    case "conversation":
      return <ConversationScreen key={route.id} id={route.id} />;
    case "agent-runs":
      return <AgentRunsScreen key={route.id} id={route.id} run={route.run ?? null} other={route.other ?? null} />;
    case "trash":
      return <TrashScreen />;
    case "publish":
      return <PublishScreen key={hrefTo(route)} ids={route.id.split(",")} aim={route.aim ?? null} />;
    case "assignments":
      return <AssignmentsScreen key={route.connection} connection={route.connection} />;
    case "releases":
      return route.id === undefined ? <ReleasesScreen /> : <ReleaseScreen key={route.id} id={route.id} />;
    case "merge":
      return <MergeScreen key={route.id} walkthrough={route.id} connection={route.connection} />;
    case "history":
      return (
        <HistoryScreen
          key={`${route.id} ${route.step}`}
          id={route.id}
          step={route.step}
          revision={route.revision ?? null}
          other={route.other ?? null}
        />
      );
    case "import":
      return <ImportScreen />;
    case "connections":
      return <ConnectionsScreen />;
    case "agents":
      return <AgentsScreen />;
    case "snippets":
      return <SnippetsScreen key={route.name} name={route.name ?? null} />;
    case "wordings":
      return <WordingsScreen />;
    case "replace":
      return <ReplaceScreen />;
    case "settings":
      return <SettingsScreen section={route.section ?? "appearance"} rule={route.rule ?? ""} />;
    default:
      return <NothingHere />;
  }
}

function NothingHere() {
  return (
    <Screen header={null} label={strings.unknownTitle}>
      <Notice title={strings.unknownTitle} text={strings.unknownText}>
        <a href={hrefTo({ screen: "library" })}>{strings.toLibrary}</a>
      </Notice>
    </Screen>
  );
}
