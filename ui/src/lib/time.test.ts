import { expect, test } from "vitest";
import { count, formatWhen } from "./time";

const now = new Date(2026, 10, 21, 12, 30).getTime();
const hours = 3_600_000;

test("a time is as short as it can be and still says when", () => {
  expect(formatWhen(now - 2 * hours, now)).toMatch(/10:30/);
  expect(formatWhen(now - 20 * hours, now)).toBe(
    new Intl.RelativeTimeFormat(undefined, { numeric: "auto" }).format(-1, "day"),
  );
  expect(formatWhen(now - 72 * hours, now)).not.toMatch(/\d/);
  expect(formatWhen(now - 20 * 24 * hours, now)).not.toMatch(/2026/);
  expect(formatWhen(now - 500 * 24 * hours, now)).toMatch(/2025/);
});

test("one is one and everything else is many", () => {
  expect(count(1, "step", "steps")).toBe("1 step");
  expect(count(0, "step", "steps")).toBe("0 steps");
});
