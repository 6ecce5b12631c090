import { EditorView } from "@codemirror/view";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { caret } from "./caret";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a caret that nobody moves comes to rest where it can be seen, and blinks again once it is moved", () => {
  const view = new EditorView({ doc: "a text", extensions: caret, parent: document.body });
  view.focus();
  view.dispatch({ selection: { anchor: 1 } });
  const watch = new MutationObserver(() => undefined);
  watch.observe(view.dom, { attributeFilter: ["data-caret"] });
  vi.advanceTimersByTime(60_000);
  expect(watch.takeRecords()).toHaveLength(16);
  expect(view.dom.dataset.caret).toBeUndefined();
  view.dispatch({ selection: { anchor: 2 } });
  vi.advanceTimersByTime(600);
  expect(view.dom.dataset.caret).toBe("off");
  view.destroy();
});
