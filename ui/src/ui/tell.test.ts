import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { tell, tellError, toasts } from "./tell";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  for (const { id } of toasts.read()) toasts.dismiss(id);
  toasts.attend(() => false);
  vi.useRealTimers();
});

const messages = () => toasts.read().map(({ message }) => message);

test("an error stays until it is dismissed, however much is told after it", () => {
  tellError({ message: "It went wrong." });
  for (const number of [1, 2, 3, 4, 5, 6]) tell(`Message ${number}`);
  expect(messages()).toEqual(["It went wrong.", "Message 3", "Message 4", "Message 5", "Message 6"]);
  vi.advanceTimersByTime(60_000);
  expect(messages()).toEqual(["It went wrong."]);
});

test("the same error again is told once", () => {
  tellError({ message: "It went wrong." });
  tellError({ message: "Something else." });
  tellError({ message: "It went wrong." });
  expect(messages()).toEqual(["Something else.", "It went wrong."]);
});

test("a message does not go while somebody is at it", () => {
  let isThere = true;
  toasts.attend(() => isThere);
  tell("Deleted.", { label: "Undo", run: () => undefined });
  vi.advanceTimersByTime(60_000);
  expect(messages()).toEqual(["Deleted."]);
  isThere = false;
  vi.advanceTimersByTime(2_000);
  expect(messages()).toEqual([]);
});
