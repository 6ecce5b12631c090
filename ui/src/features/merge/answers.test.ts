import { expect, test } from "vitest";
import type { MergeConflict } from "../../ipc";
import { answersTo, counted, keyOf, nextOpen } from "./answers";

const conflict = (hunk: number, mine = "m"): MergeConflict => ({
  place: { place: "description", hunk },
  number: null,
  step_title: null,
  base: "b",
  mine,
  theirs: "t",
  mine_lines: [],
  theirs_lines: [],
  can_write: true,
});
const all = [conflict(0), conflict(1), conflict(2)];

test("the next open conflict is found around the end, and any where none is open", () => {
  const answers = { [keyOf(conflict(1))]: "mine" as const };
  expect([0, 1, 2].map((from) => nextOpen(all, answers, from, 1))).toEqual([2, 2, 0]);
  expect([0, 1, 2].map((from) => nextOpen(all, answers, from, -1))).toEqual([2, 0, 0]);
  const done = Object.fromEntries(all.map((one) => [keyOf(one), "theirs" as const]));
  expect(nextOpen(all, done, 2, 1)).toBe(0);
  expect(nextOpen([], {}, 0, 1)).toBe(0);
});

test("an answer stays with what it is about, and not with another version of it", () => {
  const answers = { [keyOf(conflict(0))]: { text: "both" }, [keyOf(conflict(1))]: "theirs" as const };
  expect(counted(all, answers)).toEqual({ open: 1, mine: 0, theirs: 1, text: 1 });
  expect(counted([conflict(0, "other"), conflict(1)], answers)).toEqual({ open: 1, mine: 0, theirs: 1, text: 0 });
  expect(answersTo(all, answers)).toEqual([
    { place: conflict(0).place, take: { text: "both" } },
    { place: conflict(1).place, take: "theirs" },
  ]);
});
