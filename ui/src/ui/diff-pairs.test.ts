import { expect, test } from "vitest";
import { paired } from "./diff-pairs";

type Line = { kind: "same" | "added" | "removed" | "gap"; text: string };
const lines = (text: string): Line[] =>
  text.split(" ").map((word) => {
    const kinds = { "+": "added", "-": "removed", "=": "same", "…": "gap" } as const;
    return { kind: kinds[word[0] as keyof typeof kinds], text: word.slice(1) };
  });
const story = (text: string) =>
  paired(lines(text)).map(({ before, after }) => `${before?.text ?? ""}|${after?.text ?? ""}`);

test("what took the place of something stands beside it", () => {
  expect(story("=a -b -c +d =e")).toEqual(["a|a", "b|d", "c|", "e|e"]);
  expect(story("+a =b -c +d +e … +f")).toEqual(["|a", "b|b", "c|d", "|e", "|", "|f"]);
  expect(story("-a +b -c +d")).toEqual(["a|b", "c|d"]);
});
