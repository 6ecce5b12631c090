import { expect, test } from "vitest";
import type { Move, Script, Turn } from "../../ipc";
import { begin, branch, openSaved, takeBack, turnAt, type View } from "./played";

const next: Move = { move: "next" };

/** Turns by the move that each came from; null in the opening. */
const turnsOf = (...indices: (number | null)[]): Turn[] =>
  indices.map((move_index, index) => ({
    number: index + 1,
    move: next,
    move_index,
    session: 1,
    learner_says: null,
    note: null,
    tool: "get_next_step",
    action: "deliver",
    is_error: false,
    step: { id: `wts_${index}`, number: index + 1, title: "Step" },
    tokens: null,
    state: {
      progress: { percent: 0, completed_steps: 0, total_steps: 9, is_completed: false },
      current_step: null,
      visit: null,
      tokens_so_far: 0,
      template_tokens_so_far: 0,
    },
    detail: null,
  }));
const script = (moves: number, scenario: Script["scenario"] = "first_visit"): Script => ({
  scenario,
  profile: "current",
  moves: Array.from({ length: moves }, () => next),
});
const at = (turn: number): View => ({ ...begin("first_visit", "current"), at: { turn } });

test("a branch keeps what was before it, replaces what came after it, and shows what happens instead", () => {
  const played = { script: script(4), turns: turnsOf(null, 0, 1, 2, 3) };
  const after = branch(at(3), played, { move: "repeat" });
  expect(after.script.moves).toEqual([next, next, { move: "repeat" }]);
  expect(after.replaced).toBe(2);
  expect(turnAt(after, turnsOf(null, 0, 1, 2, 3, 4))).toBe(4);
});

test("turns of one move belong together", () => {
  const played = { script: script(3), turns: turnsOf(null, 0, 1, 1, 2) };
  const after = branch(at(3), played, { move: "status" });
  expect(after.script.moves).toEqual([next, next, { move: "status" }]);
  expect(after.replaced).toBe(1);
});

test("within an opening the conversation becomes one that began as a first visit", () => {
  const played = { script: script(2, "resume"), turns: turnsOf(null, null, null, null, 0, 1) };
  const early = branch(at(2), played, { move: "skip" });
  expect(early.script).toEqual({ scenario: "first_visit", profile: "current", moves: [next, { move: "skip" }] });
  expect(early.replaced).toBe(4);
  const late = branch(at(4), played, { move: "skip" });
  expect(late.script).toEqual({ scenario: "resume", profile: "current", moves: [{ move: "skip" }] });
});

test("branches are taken back one by one, to the turn where each began", () => {
  const turns = turnsOf(null, 0, 1, 2);
  const first = branch(at(2), { script: script(3), turns }, { move: "skip" });
  const second = branch({ ...first, at: { turn: 3 } }, { script: first.script, turns }, { move: "reset" });
  expect(takeBack(second)).toEqual({ ...first, at: { turn: 3 } });
  expect(takeBack(takeBack(second))).toEqual(at(2));
  expect(takeBack(at(2))).toEqual(at(2));
});

test("a turn that is not there any more is the last one", () => {
  expect(turnAt(at(40), turnsOf(null, 0))).toBe(2);
  expect(turnAt(openSaved(script(1)), [])).toBe(1);
});
