import { expect, test } from "vitest";
import { changeBetween } from "./text-change";

function apply(before: string, after: string): string {
  const change = changeBetween(before, after);
  return change ? before.slice(0, change.from) + change.insert + before.slice(change.to) : before;
}

test("a change makes the one text the other", () => {
  const parts = ["", "a", "ab", "aba", "🥟", "a🥟b", "🥟🥠", "\n", "ä\r\n", "aaaa", "aaa"];
  for (const before of parts) for (const after of parts) expect(apply(before, after)).toBe(after);
});

test("equal texts need no change", () => {
  expect(changeBetween("same", "same")).toBeNull();
});

test("a change is as small as what changed", () => {
  expect(changeBetween("one two three", "one 2 three")).toEqual({ from: 4, to: 7, insert: "2" });
});

test("a change never cuts a character in two", () => {
  // Both dumplings begin with the same code unit.
  expect(changeBetween("x🥟y", "x🥠y")).toEqual({ from: 1, to: 3, insert: "🥠" });
});
