// Conversations in memory: played by the fake's agent, kept, and compared by lines.

import { WaymarkError } from "../errors";
import type {
  Connection,
  Conversation,
  ConversationSummary,
  Script,
  Turn,
  TurnDifference,
  TurnWindow,
  Walkthrough,
} from "../types";
import { FakeAgent } from "./agent";
import type { Plain } from "./commands";
import { lineDiff } from "./compare";
import { notes, opening, words } from "./conversation-script";
import { earlier } from "./history";
import type { FakeLibrary } from "./library";

type Names =
  | "playConversation"
  | "saveConversation"
  | "listConversations"
  | "removeConversation"
  | "replayConversation"
  | "compareConversation";
type Kept = { summary: ConversationSummary; turns: Turn[] };

const keptOf = new WeakMap<FakeLibrary, Kept[]>();
const everything: TurnWindow = { from: 1, to: Number.MAX_SAFE_INTEGER };

export function conversationCommands(library: FakeLibrary, connections: () => Connection[]): Pick<Plain, Names> {
  const kept = keptOf.get(library) ?? [];
  keptOf.set(library, kept);
  const draft = (id: string) => library.entry(id).walkthrough;
  const find = (id: string) => {
    const known = kept.find(({ summary }) => summary.id === id);
    if (!known) throw new WaymarkError("not_found", `There is no kept conversation \`${id}\`.`);
    return known;
  };
  return {
    playConversation: ({ walkthrough, script, window }) => play(draft(walkthrough), script, window),
    saveConversation: ({ walkthrough, name, script }) => {
      if (name.trim() === "")
        throw new WaymarkError("invalid_input", "The conversation's name is empty.", null, "name");
      const { turns } = play(draft(walkthrough), script, everything);
      const old = kept.findIndex(({ summary }) => summary.walkthrough === walkthrough && summary.name === name.trim());
      if (old >= 0) kept.splice(old, 1);
      const id = `cnv_${kept.length + 1}`;
      const summary = { id, walkthrough, name: name.trim(), script, turns: turns.length, at: Date.now() };
      kept.push({ summary: { ...summary, is_current: true }, turns });
      return { ...summary, is_current: true };
    },
    listConversations: (id) =>
      kept
        .filter(({ summary }) => summary.walkthrough === id)
        .map(({ summary, turns }) => ({
          ...summary,
          is_current: differences(turns, play(draft(id), summary.script, everything).turns).length === 0,
        }))
        .sort((a, b) => a.name.localeCompare(b.name)),
    removeConversation: (id) => void kept.splice(kept.indexOf(find(id)), 1),
    replayConversation: (id) => {
      const { summary, turns } = find(id);
      const now = play(draft(summary.walkthrough), summary.script, everything);
      return { kept: summary, differences: differences(turns, now.turns) };
    },
    compareConversation: ({ walkthrough, script, connection }) => {
      const { changes, walkthrough: mine } = library.entry(walkthrough);
      if (changes === null) {
        const name = connections().find(({ id }) => id === connection)?.name ?? connection;
        throw new WaymarkError("not_found", `\`${mine.title}\` is not in \`${name}\`.`, "Publish it there first.");
      }
      const [production, now] = [play(earlier(mine, changes), script, everything), play(mine, script, everything)];
      return { production, draft: now, differences: differences(production.turns, now.turns) };
    },
  };
}

function play(walkthrough: Walkthrough, script: Script, window: TurnWindow): Conversation {
  const agent = new FakeAgent(walkthrough, script.profile);
  const begun = opening(script.scenario, walkthrough.steps.length);
  const turns = [...begun, ...script.moves].map((move, index): Turn => {
    const isFirst = !agent.hasBegun;
    const answer = agent.make(move);
    const number = index + 1;
    const call = answer && { name: answer.tool, arguments: answer.arguments };
    const text = answer?.segments.map((segment) => segment.text).join("") ?? "";
    const result = { content: [{ type: "text", text }], isError: answer?.isError };
    const wire = (body: object) => (call ? JSON.stringify({ jsonrpc: "2.0", id: number + 1, ...body }, null, 2) : null);
    const isWanted = number >= window.from && number <= window.to;
    return {
      number,
      move,
      move_index: index < begun.length ? null : index - begun.length,
      session: agent.session,
      learner_says: isFirst ? `Hello. Please guide me through “${walkthrough.title}”.` : (words[move.move] ?? null),
      note: notes[move.move] ?? null,
      tool: answer?.tool ?? null,
      action: answer?.action ?? null,
      is_error: answer?.isError ?? false,
      step: answer?.step ?? null,
      tokens: answer?.tokens ?? null,
      state: agent.state,
      detail: isWanted
        ? {
            arguments: call && JSON.stringify(call.arguments),
            request: wire({ method: "tools/call", params: call }),
            response: wire({ result }),
            segments: answer?.segments ?? [],
            user_html: answer?.userHtml || null,
            completed: [...agent.completed],
          }
        : null,
    };
  });
  const { tokens_so_far: total, template_tokens_so_far: template } = agent.state;
  return { preface, turns, is_finished: agent.isFinished, tokens: { encoding: "o200k_base", total, template } };
}

const tool = (name: string, title: string, description: string) => ({ name, title, description });
const preface: Conversation["preface"] = {
  instructions: "Walkthroughs lead a user through a task, one step at a time. Do what each step says.",
  tools: [
    tool(
      "start_walkthrough",
      "Start a walkthrough",
      "Starts a walkthrough or resumes it, and returns the current step.",
    ),
    tool("get_next_step", "Next step", "Completes a step and returns the next one."),
    tool("get_walkthrough_status", "Walkthrough status", "Tells how far the user is."),
    tool("reset_walkthrough_progress", "Clear progress", "Clears all of the user's progress in a walkthrough."),
  ],
  request: '{\n  "jsonrpc": "2.0",\n  "id": 1,\n  "method": "tools/list",\n  "params": {}\n}',
  response: '{\n  "jsonrpc": "2.0",\n  "id": 1,\n  "result": { "tools": [] }\n}',
  tokens: 412,
};

function differences(before: readonly Turn[], after: readonly Turn[]): TurnDifference[] {
  const text = (turn: Turn | undefined) => turn?.detail?.segments.map((segment) => segment.text).join("") ?? "";
  return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => index).flatMap((index) => {
    const [old, now] = [before[index], after[index]];
    const lines = lineDiff(text(old), text(now));
    if (lines.length === 0 && old?.step?.id === now?.step?.id && old?.action === now?.action) return [];
    return [
      {
        before: old?.number ?? null,
        after: now?.number ?? null,
        step_before: old?.step ?? null,
        step_after: now?.step ?? null,
        action_before: old?.action ?? null,
        action_after: now?.action ?? null,
        lines,
      },
    ];
  });
}
