import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { audit, openWindow, writes } from "../../app/testing";

const find = () => page.getByRole("textbox", { name: "Find", exact: true });
const becomes = () => page.getByRole("textbox", { name: "Replace with" });

test("every place is shown, and what is chosen is replaced and taken back", async () => {
  const { host } = await openWindow("#/replace");
  await expect.element(page.getByText("Find and replace across the library")).toBeVisible();
  expect(await audit()).toEqual([]);
  await find().fill("acme");
  await becomes().fill("Zenith");
  await expect.element(page.getByText("Builds hang at 99 %").first()).toBeVisible();
  await expect.element(page.getByRole("button", { name: /^Replace \d+ occurrences/ })).toBeEnabled();
  expect(await audit()).toEqual([]);
  await page.getByRole("button", { name: /^Replace \d+ occurrences/ }).click();
  await expect.element(page.getByText(/^Replaced \d+ occurrences in/)).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.element(page.getByText(/^Taken back in/)).toBeVisible();
  expect(writes(host)).toEqual(["runReplace", "undoBulk"]);
});

test("a walkthrough or a single place can be left out", async () => {
  const { host } = await openWindow("#/replace");
  await find().fill("acme");
  await becomes().fill("Zenith");
  const box = page.getByRole("checkbox", { name: "Replace in Builds hang at 99 %" });
  await expect.element(box).toBeInTheDocument();
  const all = count();
  await page.getByRole("checkbox", { name: /^Replace “acme” in line/ }).first().click({ force: true }); // biome-ignore format: one thing.
  await expect.poll(count).toBe(all - 1);
  await box.click({ force: true });
  await expect.poll(count).toBeLessThan(all - 1);
  await page.getByRole("button", { name: /^Replace \d+ occurrence/ }).click();
  await expect.poll(() => writes(host)).toEqual(["runReplace"]);
  const run = host.calls.find(({ name }) => name === "runReplace")?.input;
  expect(JSON.stringify(run)).not.toContain('"version":0');
});

const count = () => {
  const label = page.getByRole("button", { name: /^Replace \d+ occurrence/ }).elements()[0]?.textContent ?? "";
  return Number(/\d+/.exec(label)?.[0] ?? 0);
};

test("what is no regular expression is said where it was typed", async () => {
  await openWindow("#/replace");
  await find().fill("(");
  await page.getByRole("checkbox", { name: "Regular expression" }).click({ force: true });
  await expect.element(page.getByRole("alert")).toHaveTextContent(/no regular expression/);
  expect(await audit()).toEqual([]);
});

test("nothing found is said, and a replacement of before can be taken back", async () => {
  await openWindow("#/replace");
  await find().fill("nothing like this");
  await expect.element(page.getByText("Nothing was found")).toBeVisible();
  await find().fill("acme");
  await page.getByRole("button", { name: /^Replace \d+ occurrence/ }).click();
  await expect.element(page.getByText(/^Replaced \d+/)).toBeVisible();
  await find().fill("");
  await expect.element(page.getByRole("heading", { name: "Last replacements" })).toBeVisible();
  await page.getByRole("button", { name: /^Undo: Replaced/ }).click();
  await expect.element(page.getByText("taken back", { exact: true })).toBeVisible();
});

test("Ctrl+Shift+H leads there from every screen", async () => {
  await openWindow("#/settings");
  await expect.element(page.getByText("Appearance").first()).toBeVisible();
  await userEvent.keyboard("{Control>}{Shift>}h{/Shift}{/Control}");
  await expect.element(find()).toHaveFocus();
});
