// Which conversation is played and how far one has stepped. Whoever leaves and comes back finds both.

import type { Move, Profile, Scenario, Script, Turn } from "../../ipc";
import { kept, type Stored } from "../../lib/stored";

/** A turn by its number from 1, or the first one of a move, whichever that will be. */
type Place = { turn: number } | { move: number };

export type View = {
  script: Script;
  at: Place;
  /** How many turns the last branch took the place of; null where nothing was replaced. */
  replaced: number | null;
  /** What was played before each branch, oldest first. */
  past: readonly Omit<View, "past">[];
};

/** As many branches can be taken back. */
const pastMax = 50;

export const begin = (scenario: Scenario, profile: Profile): View => ({
  script: { scenario, profile, moves: [] },
  at: { turn: 1 },
  replaced: null,
  past: [],
});

export const openSaved = (script: Script): View => ({ script, at: { turn: 1 }, replaced: null, past: [] });

const first = begin("first_visit", "current");
const all: Stored<ReadonlyMap<string, View>> = kept<ReadonlyMap<string, View>>(new Map());

export const views = {
  of: (id: string): View => all.read().get(id) ?? first,
  set: (id: string, next: View): void => all.write(new Map(all.read()).set(id, next)),
  subscribe: all.subscribe,
};

/** The number of the turn that is shown. */
export function turnAt({ at }: View, turns: readonly Turn[]): number {
  const wanted = "turn" in at ? at.turn : (turns.find((turn) => turn.move_index === at.move)?.number ?? turns.length);
  return Math.min(Math.max(wanted, 1), Math.max(turns.length, 1));
}

/** Something else after this turn: what came next is replaced, and the first that happens instead is shown. */
export function branch(from: View, played: { script: Script; turns: readonly Turn[] }, move: Move): View {
  const { turns } = played;
  const number = turnAt(from, turns);
  const { script, end } = until(played, number);
  const { past, ...before } = from;
  return {
    script: { ...script, moves: [...script.moves, move] },
    at: { move: script.moves.length },
    replaced: turns.length - end,
    past: [...past.slice(1 - pastMax), { ...before, at: { turn: number } }],
  };
}

export function takeBack(from: View): View {
  const last = from.past.at(-1);
  return last ? { ...last, past: from.past.slice(0, -1) } : from;
}

/** The script up to a turn, and the last turn that it gives: a move may make several, which belong together. */
function until(played: { script: Script; turns: readonly Turn[] }, number: number): { script: Script; end: number } {
  const { script, turns } = played;
  const move = turns[number - 1]?.move_index ?? null;
  const last = turns.findLast(({ move_index }) => move_index === move)?.number ?? number;
  if (move === null && number < last) return withinOpening(played, number);
  return { script: { ...script, moves: script.moves.slice(0, (move ?? -1) + 1) }, end: last };
}

/** Every opening begins as a first visit does, and goes on with moves that can be made as well. */
function withinOpening({ script, turns }: { script: Script; turns: readonly Turn[] }, number: number) {
  const begun = turns.findIndex(({ step }) => step !== null) + 1;
  const scenario: Scenario = script.scenario === "several" ? "several" : "first_visit";
  const moves = turns.slice(begun, number).map(({ move }) => move);
  return { script: { ...script, scenario, moves }, end: Math.max(number, begun) };
}
