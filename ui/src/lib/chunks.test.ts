import { expect, test } from "vitest";
import { chunks } from "./chunks";

test("the pieces of a text are the text", () => {
  for (const text of ["", "short", "line\n".repeat(5_000), `${"x".repeat(9_000)}\n\nend`, "\n".repeat(9_999)]) {
    expect(chunks(text).join("")).toBe(text);
  }
});

test("a keystroke in a long text touches one piece", () => {
  const text = "line\n".repeat(5_000);
  const before = chunks(text);
  const after = chunks(`${text.slice(0, 5_002)}x${text.slice(5_002)}`);
  expect(after.filter((piece, index) => piece !== before[index])).toHaveLength(1);
});
