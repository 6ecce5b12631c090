import { expect, test } from "vitest";
import { fuzzy } from "./fuzzy";

const marked = (letters: string, name: string) => {
  const found = fuzzy(letters, name);
  if (!found) return null;
  let at = 0;
  let shown = "";
  for (const { from, to } of found.marks) {
    shown += `${name.slice(at, from)}[${name.slice(from, to)}]`;
    at = to;
  }
  return shown + name.slice(at);
};

test("letters are found in their order, best at the beginnings of words", () => {
  expect(marked("start", "Getting started with Acme")).toBe("Getting [start]ed with Acme");
  expect(marked("gsa", "Getting started with Acme")).toBe("[G]etting [s]tarted with [A]cme");
  expect(marked("get ac", "Getting started with Acme")).toBe("[Get]ting started with [Ac]me");
  expect(marked("", "Anything")).toBe("Anything");
});

test("letters that are there by chance find nothing", () => {
  expect(marked("xyz", "Getting started with Acme")).toBeNull();
  expect(marked("eie", "Getting started with Acme")).toBeNull();
});

test("a whole word comes before scattered letters", () => {
  const score = (name: string) => fuzzy("build", name)?.score ?? 0;
  expect(score("Read the build report")).toBeGreaterThan(score("Be useful in the long drive"));
});
