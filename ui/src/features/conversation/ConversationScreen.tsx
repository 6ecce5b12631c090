// The conversation that an agent would have: turn by turn, with the state beside it and what could happen instead.

import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { asWaymarkError, queries, type WalkthroughId } from "../../ipc";
import { navigate } from "../../lib/route";
import { type Stored, stored } from "../../lib/stored";
import { useActions } from "../../ui/actions";
import { Button } from "../../ui/Button";
import { Failure, Notice } from "../../ui/Notice";
import { isSizes, Panes, type Sizes } from "../../ui/Panes";
import { Screen } from "../../ui/Screen";
import { conversationActions } from "./actions";
import type { Beside } from "./beside";
import { Chat } from "./Chat";
import { Comparison } from "./Comparison";
import { Header } from "./Header";
import { SaveDialog } from "./SaveDialog";
import { SidePane } from "./SidePane";
import { strings } from "./strings";
import { useConversation } from "./use-conversation";

/** A quarter for the state, within reason. */
const initial = (width: number): Sizes => ({
  start: 240,
  end: Math.round(Math.min(Math.max(width * 0.25, 288), 400)),
});
const sizes: Stored<Sizes | null> = stored<Sizes | null>("conversation-panes", null, isSizes);

export function ConversationScreen({ id }: { id: WalkthroughId }) {
  const draft = useQuery(queries.draft(id));
  const conversing = useConversation(id);
  const connections = useQuery(queries.connections()).data;
  const [beside, setBeside] = useState<Beside | null>(null);
  const [isSaving, setIsSaving] = useState(false);
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  const { at, total, script } = conversing;
  const toggle = useCallback((turn: number) => setUnfolded((was) => toggled(was, turn)), []);
  const first = connections?.[0]?.id;
  const compare = useCallback(
    () => (first ? setBeside({ what: "compare", connection: first }) : navigate({ screen: "connections" })),
    [first],
  );
  const actions = useMemo(
    () =>
      conversationActions(id, conversing, {
        closeBeside: beside && (() => setBeside(null)),
        save: () => setIsSaving(true),
        compare,
        toggleWire: () => toggle(at),
      }),
    [id, conversing, beside, compare, toggle, at],
  );
  useActions(actions);
  const listed = useQuery(queries.drafts()).data?.find((known) => known.id === id)?.title;
  const title = draft.data?.draft.walkthrough.title ?? listed ?? (draft.error ? id : "");
  const error = draft.error ? asWaymarkError(draft.error) : conversing.error;
  const isTrashed = draft.data !== undefined && draft.data.draft.trashed_at !== null;
  const isPlayed = !isTrashed && !(error && (total === 0 || draft.error));
  const retry = () => {
    void draft.refetch();
    conversing.retry();
  };
  return (
    <Screen
      label={strings.conversation}
      hasNavigation={false}
      header={
        <Header
          id={id}
          title={title}
          conversing={conversing}
          isIdle={!isPlayed}
          onOther={() => setBeside((was) => (was?.what === "compare" ? was : null))}
          onSave={() => setIsSaving(true)}
        />
      }
      status={isPlayed && total > 0 && !beside && <TurnLine at={at} total={total} />}
      statusEnd={isPlayed && total > 0 && <span>{strings.source(script.profile, conversing.tokens.encoding)}</span>}
    >
      {isTrashed ? (
        <Notice title={strings.trashedTitle} text={strings.trashedText}>
          <Button onClick={() => navigate({ screen: "trash", id })}>{strings.openTrash}</Button>
        </Notice>
      ) : error && !isPlayed ? (
        <Failure error={error} onRetry={retry}>
          {conversing.view.past.length > 0 && <Button onClick={conversing.undo}>{strings.undo}</Button>}
        </Failure>
      ) : (
        <Panes
          sizes={sizes}
          initial={initial}
          start={null}
          middle={{
            label: strings.conversation,
            content: beside ? (
              <Comparison id={id} script={script} beside={beside} onClose={() => setBeside(null)} />
            ) : (
              <Chat id={id} conversing={conversing} unfolded={unfolded} onUnfold={toggle} />
            ),
          }}
          end={{
            label: strings.state,
            content: <SidePane id={id} conversing={conversing} beside={beside} onBeside={setBeside} />,
          }}
        />
      )}
      {isSaving && <SaveDialog id={id} script={script} onClose={() => setIsSaving(false)} />}
    </Screen>
  );
}

function TurnLine({ at, total }: { at: number; total: number }) {
  return (
    <>
      <span role="status">{strings.turnOf(at, total)}</span>
      <span aria-hidden>{strings.keys}</span>
    </>
  );
}

function toggled(set: ReadonlySet<number>, value: number): ReadonlySet<number> {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
}
