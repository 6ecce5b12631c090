import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { openWindow } from "../../../app/testing";

const step = (number: number) => `#/w/wt_start001/s/wts_start001${number}`;
const userContent = () => page.getByRole("textbox", { name: "User content" });
const editorOf = (name: string) => document.querySelector(`[data-field="${name}"] .cm-editor`);

test("the editors stay from step to step, and what is typed goes to the step that is shown", async () => {
  const { host } = await openWindow(step(3));
  await userContent().click();
  await userEvent.keyboard("{Control>}{End}{/Control} Into the fourth.");
  const editor = editorOf("content_for_user");
  location.hash = step(2);
  await expect.element(userContent()).not.toHaveTextContent(/Into the fourth\./);
  expect(editorOf("content_for_user")).toBe(editor);
  await userContent().click();
  await userEvent.keyboard("{Control>}{End}{/Control} Into the third.");
  const texts = () =>
    host.library
      .entry("wt_start001")
      .walkthrough.steps.map(({ content_fields: content }) =>
        content.version === "v1" ? (content.content_for_user ?? "") : "",
      );
  await expect.poll(() => texts()[2]).toMatch(/ Into the third\.$/);
  expect(texts()[3]).toMatch(/ Into the fourth\.$/);
  expect(texts().filter((text) => text.includes("Into the"))).toHaveLength(2);
});

test("the caret blinks without an animation, and not while somebody types", async () => {
  await openWindow(step(3));
  await userContent().click();
  const editor = editorOf("content_for_user");
  const layer = editor?.querySelector(".cm-cursorLayer");
  expect(layer && getComputedStyle(layer).animationName).toBe("none");
  await expect.poll(() => editor?.getAttribute("data-caret"), { timeout: 3_000 }).toBe("off");
  await userEvent.keyboard("a");
  expect(editor?.getAttribute("data-caret")).toBeNull();
});
