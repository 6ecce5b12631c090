import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { audit, openWindow, writes } from "../../app/testing";
import { largeLibrary } from "../../ipc/fake/seeds";

const rows = () => page.getByRole("row").elements().length - 1;

test("the library says in words how each walkthrough stands", async () => {
  await openWindow("#/");
  await expect.element(page.getByRole("link", { name: "Getting started with Acme" })).toBeVisible();
  await expect.element(page.getByText("3 changes not published")).toBeVisible();
  await expect.element(page.getByText("6 walkthroughs")).toBeVisible();
});

test("searching, filtering and sorting narrow the list", async () => {
  await openWindow("#/");
  await page.getByRole("button", { name: /With problems/ }).click();
  await expect.element(page.getByText("3 of 6 walkthroughs")).toBeVisible();
  await page.getByRole("button", { name: "All" }).click();
  await userEvent.keyboard("{Control>}f{/Control}kubernetes");
  await expect.element(page.getByText("1 of 6 walkthroughs")).toBeVisible();
  await userEvent.keyboard("{Escape}");
  await page.getByRole("button", { name: "Title" }).click();
  await expect.element(page.getByRole("row").nth(1)).toHaveTextContent(/Builds hang/);
  await page.getByRole("button", { name: /Filter by type/ }).click();
  await page.getByRole("menuitemcheckbox", { name: "course" }).click();
  await expect.element(page.getByText("1 of 6 walkthroughs")).toBeVisible();
});

test("a search without a result offers to show everything", async () => {
  await openWindow("#/");
  await page.getByRole("searchbox").fill("nothing like this");
  await page.getByRole("button", { name: "Show all" }).click();
  await expect.element(page.getByText("6 walkthroughs")).toBeVisible();
});

test("the trash can be undone", async () => {
  const { host } = await openWindow("#/");
  await page.getByRole("row", { name: /Builds hang/ }).hover();
  await page.getByRole("button", { name: "More for Builds hang at 99 %" }).click();
  await page.getByRole("menuitem", { name: /Move to trash/ }).click();
  await expect.element(page.getByText("5 walkthroughs")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.element(page.getByText("6 walkthroughs")).toBeVisible();
  expect(writes(host)).toEqual(["applyBulk", "undoBulk"]);
});

test("the arrows walk through the rows and Enter opens one", async () => {
  await openWindow("#/");
  await expect.element(page.getByRole("link", { name: "Getting started with Acme" })).toBeVisible();
  await userEvent.keyboard("{Control>}f{/Control}{ArrowDown}{ArrowDown}");
  await expect.element(page.getByRole("link", { name: /Kubernetes/ })).toHaveFocus();
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByRole("button", { name: /Publish to/ })).toBeVisible();
});

test("a row has a menu at the pointer", async () => {
  await openWindow("#/");
  await page.getByRole("row", { name: /Builds hang/ }).click({ button: "right" });
  await expect.element(page.getByRole("menuitem", { name: "History…" })).toBeVisible();
  await page.getByRole("menuitem", { name: "Tags…" }).click();
  await expect.element(page.getByRole("dialog", { name: "Tags of 1 walkthrough" })).toBeVisible();
});

test("a row has a menu from the keyboard", async () => {
  const { host } = await openWindow("#/");
  await expect.element(page.getByRole("link", { name: "Getting started with Acme" })).toBeVisible();
  await userEvent.keyboard("{Control>}f{/Control}{ArrowDown}{Shift>}{F10}{/Shift}");
  await page.getByRole("menuitem", { name: /Move to trash/ }).click();
  await expect.element(page.getByText("5 walkthroughs")).toBeVisible();
  expect(writes(host)).toEqual(["applyBulk"]);
});

test("the menu of a walkthrough that is selected is for all that are", async () => {
  const { host } = await openWindow("#/");
  await expect.element(page.getByText("6 walkthroughs")).toBeVisible();
  await userEvent.keyboard("{Control>}a{/Control}");
  await page.getByRole("row", { name: /Builds hang/ }).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Status" }).hover();
  await page.getByRole("menuitemcheckbox", { name: "archived" }).click();
  await expect.element(page.getByText("6 walkthroughs are archived now.").or(page.getByText(/walkthroughs are archived now/))).toBeVisible(); // biome-ignore format: one thing.
  expect(writes(host)).toEqual(["applyBulk"]);
});

test("what changed in production is said in words and can be asked for", async () => {
  await openWindow("#/");
  await expect.element(page.getByText("changed in production", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Changed in production 1" }).click();
  await expect.element(page.getByText("1 of 6 walkthroughs")).toBeVisible();
  expect(await audit()).toEqual([]);
});

test("an empty library teaches and offers three ways to begin", async () => {
  const { host } = await openWindow("#/", { walkthroughs: [] });
  await expect.element(page.getByRole("heading", { name: /Write what an agent/ })).toBeVisible();
  expect(await audit()).toEqual([]);
  await page.getByRole("button", { name: "Add the three examples" }).click();
  await expect.element(page.getByText("3 walkthroughs")).toBeVisible();
  expect(writes(host)).toEqual(["addExamples"]);
});

test("a new walkthrough needs a title that fits and is free", async () => {
  await openWindow("#/");
  await userEvent.keyboard("{Control>}n{/Control}");
  await page.getByRole("textbox", { name: "Title", exact: true }).fill("Builds hang at 99 %");
  await page.getByRole("button", { name: "Create" }).click();
  await expect.element(page.getByRole("alert")).toHaveTextContent(/already a walkthrough/);
  expect(await audit()).toEqual([]);
  await page.getByRole("textbox", { name: "Title", exact: true }).fill("Something new");
  await page.getByRole("radio", { name: /installer/ }).click();
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByRole("heading", { name: "Something new" })).toBeVisible();
  await expect.element(page.getByRole("button", { name: /Add a step/ }).first()).toBeVisible();
});

test("a library that cannot be read says why and can be tried again", async () => {
  const { host } = await openWindow("#/", { failing: new Set(["listDrafts"]) });
  await expect.element(page.getByRole("alert")).toHaveTextContent(/Free some space/);
  host.failing.clear();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect.element(page.getByText("6 walkthroughs")).toBeVisible();
});

test("a thousand walkthroughs cost a screenful of rows", async () => {
  await openWindow("#/", { walkthroughs: largeLibrary(Date.now()) });
  await expect.element(page.getByText("1,201 walkthroughs")).toBeVisible();
  expect(rows()).toBeLessThan(40);
});
