import { expect, test } from "vitest";
import type { Step } from "../../../ipc";
import { makeStep } from "../../../ipc/fake/seeds";
import { dropAt } from "../step-drag";
import { filtered, outline, type Row } from "./outline";
import { chosen, ranged, toggled } from "./selection";

/** `A:b` is the step `b` in the section `A`. */
const stepsOf = (text: string): Step[] =>
  text.split(" ").map((word, index) => {
    const [title = "", section] = word.split(":").reverse();
    const metadata = section ? JSON.stringify({ waymark: { section } }) : null;
    return { ...makeStep(title, index, { title }), metadata };
  });
const shown = (rows: readonly Row[]) =>
  rows.map((row) => (row.kind === "step" ? row.step.id : `[${row.name ?? ""}${row.isFolded ? "+" : ""}]`)).join(" ");

test("rows are steps under the headings of their sections", () => {
  const rows = (text: string, folded: string[] = []) =>
    shown(outline(stepsOf(text), (name) => folded.includes(name ?? "")));
  expect(rows("a b")).toBe("a b");
  expect(rows("a A:b A:c B:d")).toBe("a [A] b c [B] d");
  expect(rows("A:a b c")).toBe("[A] a [] b c");
  expect(rows("A:a A:b B:c", ["A"])).toBe("[A+] [B] c");
  expect(shown(filtered(stepsOf("Ask A:Task A:run"), "AS k"))).toBe("Ask Task");
});

test("a drop takes the section of the place", () => {
  const rows = outline(stepsOf("a A:b A:c B:d"), () => false);
  // a [A] b c [B] d
  const drops = [0, 1, 2, 4, 5, 6].map((index) => dropAt(rows, index, []));
  expect(drops).toEqual([
    { at: 0, section: null },
    { at: 1, section: null },
    { at: 1, section: "A" },
    { at: 3, section: "A" },
    { at: 3, section: "B" },
    { at: 4, section: "B" },
  ]);
  expect(dropAt(rows, 6, ["a", "c"])).toEqual({ at: 2, section: "B" });
  const folded = outline(stepsOf("A:a A:b c"), (name) => name === "A");
  expect(dropAt(folded, 1, [])).toEqual({ at: 2, section: "A" });
});

test("a choice is what was chosen together with the step that is shown", () => {
  const steps = stepsOf("a b c d");
  const choice = { ids: new Set(["d", "b"]), anchor: "b" };
  expect(chosen(steps, "b", choice)).toEqual(["b", "d"]);
  expect(chosen(steps, "a", choice)).toEqual(["a"]);
  expect(chosen(steps, null, choice)).toEqual([]);
  expect([...ranged(["a", "b", "c", "d"], "c", "a")]).toEqual(["a", "b", "c"]);
  expect(toggled(["a"], "c")).toEqual({ ids: new Set(["a", "c"]), current: "c" });
  expect(toggled(["a", "c"], "c")).toEqual({ ids: new Set(["a"]), current: "a" });
  expect(toggled(["a"], "a")).toEqual({ ids: new Set(["a"]), current: "a" });
});
