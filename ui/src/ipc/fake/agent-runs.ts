// Providers and runs in memory. The model behaves: it says what is to be said, asks, and goes on.

import { WaymarkError } from "../errors";
import type { AgentEvent, BeginRun, CheckResult, KeptRun, LiveRun, Provider, StepGiven } from "../types";
import type { Plain } from "./commands";
import type { FakeLibrary } from "./library";

type Names =
  | "listProviders"
  | "saveProvider"
  | "removeProvider"
  | "testProvider"
  | "beginAgentRun"
  | "sayToAgent"
  | "playAgentScript"
  | "lookAtAgentRun"
  | "stopAgentRun"
  | "listAgentRuns"
  | "readAgentRun"
  | "compareAgentRuns"
  | "removeAgentRun";

type State = { providers: Provider[]; live: Map<string, LiveRun>; kept: Map<string, KeptRun> };
const states = new WeakMap<FakeLibrary, State>();

/** The key that this provider takes. */
export const rightKey = "sk-right";

export function agentRunCommands(library: FakeLibrary, hasKeyring: () => boolean): Pick<Plain, Names> {
  const state = states.get(library) ?? { providers: [], live: new Map(), kept: new Map() };
  states.set(library, state);
  const { live, kept } = state;
  const find = (id: string): LiveRun => {
    const run = live.get(id);
    if (!run) throw new WaymarkError("not_found", "This run is over.", "Begin another one.");
    return run;
  };
  const read = (id: string): KeptRun => {
    const run = kept.get(id);
    if (!run) throw new WaymarkError("not_found", `There is no run \`${id}\`.`);
    return run;
  };
  const turn = (id: string, said: string | null) => {
    const seen = find(id);
    const model = new FakeModel(library, seen.run);
    if (said !== null) model.take({ kind: "learner", text: said });
    model.answer();
    kept.set(id, structuredClone(seen.run));
  };
  return {
    listProviders: () => state.providers,
    saveProvider: ({ provider, key, keep }) => {
      if (provider.name.trim() === "")
        throw new WaymarkError("invalid_input", "The provider's name is empty.", "Give it 1 to 60 characters.", "name");
      if (key !== "" && keep === "keyring" && !hasKeyring())
        throw new WaymarkError("keyring_unavailable", "There is no keyring service on this machine.", "Start one.");
      const saved = { ...provider, id: provider.id ?? `prov_${state.providers.length + 1}` };
      state.providers = [...state.providers.filter(({ id }) => id !== saved.id), saved];
      return saved;
    },
    removeProvider: (id) => {
      state.providers = state.providers.filter((known) => known.id !== id);
    },
    testProvider: ({ provider, key }) => {
      if (key !== "" && key !== rightKey)
        throw new WaymarkError("authentication_failed", `\`${provider.name}\` refused the key.`, "Enter another key.");
      return ["large", "small"];
    },
    beginAgentRun: (input) => {
      const id = `run_${live.size + 1}`;
      live.set(id, { run: newRun(id, input, state.providers), ...quiet });
      return id;
    },
    sayToAgent: ({ run, text }) => turn(run, text),
    playAgentScript: ({ run }) => {
      for (let round = 0; round < 20 && find(run).run.summary.ending.how === "open"; round += 1)
        turn(run, round === 0 ? "Hello." : "Done.");
    },
    lookAtAgentRun: (id) => (live.has(id) ? structuredClone(find(id)) : null),
    stopAgentRun: (id) => {
      find(id).is_busy = false;
    },
    listAgentRuns: (id) =>
      [...kept.values()].map(({ summary }) => summary).filter(({ walkthrough }) => walkthrough === id),
    readAgentRun: read,
    compareAgentRuns: ({ left, right }) => {
      const sides = [read(left), read(right)] as const;
      const whole = ({ transcript: { turns } }: KeptRun) => ({ from: 1, to: turns.length });
      const rows = [{ step: null, title: null, left: whole(sides[0]), right: whole(sides[1]) }];
      return { left: sides[0], right: sides[1], rows };
    },
    removeAgentRun: (id) => {
      kept.delete(id);
      live.delete(id);
    },
  };
}

const quiet = { is_busy: false, saying: "", calling: null, waiting_seconds: null };

function newRun(id: string, { walkthrough, provider, model, speaker, profile }: BeginRun, known: Provider[]): KeptRun {
  const name = known.find((one) => one.id === provider)?.name ?? provider;
  if (model.trim() === "") throw new WaymarkError("invalid_input", "No model was named.", "Name one.", "model");
  return {
    summary: {
      id,
      walkthrough,
      at: Date.now(),
      provider: name,
      model,
      speaker,
      profile,
      template: null,
      content_hash: "",
      is_current: true,
      ending: { how: "open" },
      checks: [],
      totals: { replies: 0, calls: 0, usage: { input: 0, output: 0 }, millis: 0 },
      cost: { micros: 48_000, currency: "USD" },
    },
    transcript: { instructions: "You guide a user.", tools: ["start_walkthrough", "get_next_step"], turns: [] },
  };
}

/** Says of every step what is to be said, and forgets to ask in the second. */
class FakeModel {
  constructor(
    readonly library: FakeLibrary,
    readonly run: KeptRun,
  ) {}

  take(event: AgentEvent): void {
    const { turns } = this.run.transcript;
    turns.push({ number: turns.length + 1, at: Date.now(), event });
  }

  answer(): void {
    const { summary, transcript } = this.run;
    const { steps } = this.library.entry(summary.walkthrough).walkthrough;
    const given = transcript.turns.filter(({ event }) => event.kind === "tool").length;
    const next = steps[given];
    const tool = given === 0 ? "start_walkthrough" : "get_next_step";
    const call = `call_${given}`;
    const usage = { input: 1_200, output: 80 };
    this.take({
      kind: "agent",
      text: "",
      calls: [{ id: call, tool, arguments: "{}" }],
      usage,
      millis: 900,
      is_cut: false,
    });
    const fields = next?.content_fields.version === "v1" ? next.content_fields : null;
    const step: StepGiven | null = next
      ? {
          id: next.id,
          number: given + 1,
          title: next.title,
          content_for_user: fields?.content_for_user ?? null,
          operations_for_agent: fields?.operations_for_agent ?? null,
        }
      : null;
    const outcome = next ? "step" : "completed";
    const { walkthrough } = summary;
    this.take({
      kind: "tool",
      call,
      tool,
      text: next?.title ?? "Complete.",
      is_error: false,
      outcome,
      walkthrough,
      step,
    });
    const text = next ? (step?.content_for_user ?? "Nothing to say.") : "That was all.";
    this.take({ kind: "agent", text, calls: [], usage, millis: 1_400, is_cut: false });
    summary.ending = { how: next ? "open" : "finished" };
    summary.totals = {
      replies: summary.totals.replies + 2,
      calls: summary.totals.calls + 1,
      usage: { input: summary.totals.usage.input + 2_400, output: summary.totals.usage.output + 160 },
      millis: summary.totals.millis + 2_300,
    };
    summary.checks = checksOf(transcript.turns.length);
  }
}

function checksOf(turn: number): CheckResult[] {
  const sentence = "In step 1 this was not said as it is written: “Welcome.”";
  return [
    { check: "said_verbatim", outcome: "failed", sentence, places: [{ turn, step: 1, sentence }] },
    { check: "said_first", outcome: "passed", sentence: "The content for the user came first in 1 step.", places: [] },
    { check: "finished", outcome: "does_not_apply", sentence: "The run was left before its end.", places: [] },
  ];
}
