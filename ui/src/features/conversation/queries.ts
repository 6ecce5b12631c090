// What is asked of the host about a conversation.

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import {
  type ConnectionId,
  type Conversation,
  type ConversationId,
  commands,
  keys,
  type Script,
  type TurnDetail,
  type WalkthroughId,
} from "../../ipc";
import { flushAll } from "../../lib/unsaved";

/** What is large (texts, requests, answers) is asked for so many turns at a time. */
const page = 8;
/** A conversation that never ends stops here. */
const movesMax = 1_500;
const roundsMax = 6;
const noDetail = { from: 1, to: 0 };

export const pageOf = (turn: number): number => Math.floor((turn - 1) / page);

/** A conversation with the script that leads to its end. */
export type Played = Conversation & { script: Script };

export const conversationQueries = {
  /** All turns without what is large. */
  turns: (walkthrough: WalkthroughId, script: Script) =>
    queryOptions({
      queryKey: [...keys.conversations(walkthrough), "turns", script],
      queryFn: async ({ client }) => {
        await flushAll();
        const played = await playToEnd(walkthrough, script);
        // What is large is of the same moment.
        void client.invalidateQueries({ queryKey: [...keys.conversations(walkthrough), "details", played.script] });
        return played;
      },
      placeholderData: keepPreviousData,
      staleTime: 0,
      gcTime: 60_000,
    }),
  /** What is large of a few turns, by their numbers. */
  details: (walkthrough: WalkthroughId, script: Script, at: number) =>
    queryOptions({
      queryKey: [...keys.conversations(walkthrough), "details", script, at],
      queryFn: async () => {
        const window = { from: at * page + 1, to: (at + 1) * page };
        const { turns } = await commands.playConversation({ walkthrough, script, window });
        return new Map(
          turns.flatMap(({ number, detail }): [number, TurnDetail][] => (detail ? [[number, detail]] : [])),
        );
      },
      gcTime: 60_000,
    }),
  saved: (walkthrough: WalkthroughId) =>
    queryOptions({
      queryKey: [...keys.conversations(walkthrough), "saved"],
      queryFn: () => commands.listConversations(walkthrough),
    }),
  replay: (walkthrough: WalkthroughId, conversation: ConversationId) =>
    queryOptions({
      queryKey: [...keys.conversations(walkthrough), "replay", conversation],
      queryFn: async () => {
        await flushAll();
        return commands.replayConversation(conversation);
      },
      staleTime: 0,
      gcTime: 60_000,
    }),
  comparison: (walkthrough: WalkthroughId, script: Script, connection: ConnectionId) =>
    queryOptions({
      queryKey: [...keys.conversations(walkthrough), "comparison", connection, script],
      queryFn: async () => {
        await flushAll();
        return commands.compareConversation({ walkthrough, script, connection, window: noDetail });
      },
      staleTime: 0,
      gcTime: 60_000,
    }),
};

/** What a script begins is played to its end, so that it can be gone through as a whole. */
async function playToEnd(walkthrough: WalkthroughId, script: Script): Promise<Played> {
  let { moves } = script;
  for (let round = 1; ; round += 1) {
    const asked = { ...script, moves };
    const played = await commands.playConversation({ walkthrough, script: asked, window: noDetail });
    const last = played.turns.at(-1);
    // A learner who has not begun begins; then each step that is left is done.
    const left = last ? last.state.progress.total_steps - last.state.progress.completed_steps : 1;
    const isEnough = played.is_finished || left <= 0 || round === roundsMax || moves.length + left > movesMax;
    if (isEnough) return { ...played, script: asked };
    moves = [...moves, ...Array.from({ length: left }, () => ({ move: "next" as const }))];
  }
}
