import { expect, test } from "vitest";
import type { FoundIn, FoundPlace } from "../../ipc";
import { choicesOf, chosenOf, nothingLeftOut, snippetChoicesOf, switchOccurrence, switchWalkthrough } from "./choice";

const place = (count: number, refusal: string | null = null): FoundPlace => ({
  step: null,
  part: "title",
  slot: null,
  occurrences: [],
  occurrences_total: count,
  refusal,
});
const found = (id: string, places: FoundPlace[]): FoundIn => ({
  id,
  title: id,
  type: "course",
  version: 3,
  occurrences_total: 0,
  places,
});

test("all is replaced but for what was taken out, and what is refused", () => {
  const preview = {
    walkthroughs: [found("a", [place(2), place(5, "Too long.")]), found("b", [place(3)]), found("c", [place(1)])],
    snippets: [{ name: "ask", digest: "d1", occurrences: [], occurrences_total: 2, refusal: null }],
    occurrences_total: 13,
    notes: [],
  };
  expect(chosenOf(preview, nothingLeftOut)).toBe(8);
  let left = switchOccurrence(switchWalkthrough(nothingLeftOut, "c"), "b", 1);
  expect(chosenOf(preview, left)).toBe(6);
  expect(choicesOf(preview, left)).toEqual([
    { id: "a", version: 3, left_out: [] },
    { id: "b", version: 3, left_out: [1] },
  ]);
  left = switchOccurrence(left, "/ask", 0);
  expect(snippetChoicesOf(preview, left)).toEqual([{ name: "ask", digest: "d1", left_out: [0] }]);
  expect(snippetChoicesOf(preview, switchWalkthrough(left, "/ask"))).toEqual([]);
  left = switchOccurrence(switchWalkthrough(left, "c"), "b", 1);
  expect(chosenOf(preview, left)).toBe(7);
});
