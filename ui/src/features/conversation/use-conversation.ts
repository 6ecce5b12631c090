// The conversation that is on the screen, and the ways through it.

import { useQuery } from "@tanstack/react-query";
import { useMemo, useSyncExternalStore } from "react";
import {
  asWaymarkError,
  type Conversation,
  type Move,
  type Profile,
  type Scenario,
  type Script,
  type Turn,
  type WalkthroughId,
} from "../../ipc";
import { begin, branch, openSaved, takeBack, turnAt, type View, views } from "./played";
import { conversationQueries } from "./queries";

const noTurns: readonly Turn[] = [];
const noTokens: Conversation["tokens"] = { encoding: "o200k_base", total: 0, template: 0 };

export function useConversation(id: WalkthroughId) {
  const view = useSyncExternalStore(views.subscribe, () => views.of(id));
  const query = useQuery(conversationQueries.turns(id, view.script));
  const { data } = query;
  const turns = data?.turns ?? noTurns;
  const script = data?.script ?? view.script;
  const total = turns.length;
  const at = turnAt(view, turns);
  const ways = useMemo(() => {
    const set = (next: View) => views.set(id, next);
    return {
      go: (turn: number) => set({ ...view, at: { turn } }),
      choose: (scenario: Scenario, profile: Profile) => set(begin(scenario, profile)),
      open: (saved: Script) => set(openSaved(saved)),
      restart: () => set(begin(view.script.scenario, view.script.profile)),
      instead: (move: Move) => set(branch(view, { script, turns }, move)),
      undo: () => set(takeBack(view)),
    };
  }, [id, view, script, turns]);
  return {
    ...ways,
    view,
    /** With all moves, also those that follow by themselves. */
    script,
    turns,
    total,
    at,
    turn: turns[at - 1] ?? null,
    preface: data?.preface ?? null,
    isFinished: data?.is_finished ?? false,
    /** Of all of it, in every session. */
    tokens: data?.tokens ?? noTokens,
    isPending: query.isPending,
    /** What is shown is of the script before, until the answer is there. */
    isReplaying: query.isPlaceholderData,
    error: query.error ? asWaymarkError(query.error) : null,
    retry: () => void query.refetch(),
  };
}

export type Conversing = ReturnType<typeof useConversation>;
