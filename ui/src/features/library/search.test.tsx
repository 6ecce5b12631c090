import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { audit, openWindow } from "../../app/testing";
import { largeLibrary } from "../../ipc/fake/seeds";

const box = () => page.getByRole("searchbox");
const rows = () => page.getByRole("row").elements().length - 1;

test("what is found stands under its walkthrough, with its words marked", async () => {
  await openWindow("#/");
  await box().fill("acme status repository");
  const found = page.getByRole("link", { name: /Connect your first repository/ });
  await expect.element(found).toBeVisible();
  expect(found.element().querySelectorAll("mark").length).toBeGreaterThan(0);
  expect(rows()).toBe(1);
  expect(await audit()).toEqual([]);
});

test("Enter opens the best match at its step, its field and its place", async () => {
  await openWindow("#/");
  await box().fill("shallow");
  await expect.element(page.getByText("1 of 6 walkthroughs")).toBeVisible();
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByRole("textbox", { name: "Context" })).toHaveFocus();
  expect(location.hash).toMatch(/^#\/w\/wt_start001\/s\/wts_start0013\/context_for_agent\/\d+$/);
});

test("the arrows lead from the box through rows and matches, and Escape takes the search back", async () => {
  await openWindow("#/");
  await box().fill("preview build");
  await expect.element(page.getByRole("list", { name: /Found in/ }).first()).toBeVisible();
  await userEvent.keyboard("{ArrowDown}");
  await expect.element(page.getByRole("link", { name: "Getting started with Acme" })).toHaveFocus();
  await userEvent.keyboard("{ArrowDown}");
  expect(document.activeElement?.closest("ul")?.getAttribute("aria-label")).toContain("Found in");
  await userEvent.keyboard("{ArrowUp}");
  await expect.element(page.getByRole("link", { name: "Getting started with Acme" })).toHaveFocus();
  await box().click();
  await userEvent.keyboard("{Escape}");
  await expect.element(page.getByText("6 walkthroughs")).toBeVisible();
});

test("filters narrow the list, and one that does not exist is explained", async () => {
  await openWindow("#/");
  await box().fill("type:installer missing:context");
  await expect.element(page.getByText("1 of 6 walkthroughs")).toBeVisible();
  await expect.element(page.getByText("nothing is written here").first()).toBeVisible();
  await box().fill("type:nothing");
  await expect.element(page.getByText(/There is no walkthrough type/)).toBeVisible();
  await expect.element(page.getByText("No walkthrough matches")).toBeVisible();
});

test("the trash and the history are searched, say so, and open there", async () => {
  const { host } = await openWindow("#/");
  await host.commands.trashDrafts(["wt_start001"]);
  await box().fill("shallow in:trash");
  await expect.element(page.getByText("in the trash", { exact: true })).toBeVisible();
  await expect.element(page.getByText(/Open one to restore it/)).toBeVisible();
  expect(await audit()).toEqual([]);
  await page.getByRole("link", { name: "Getting started with Acme" }).click();
  await expect.element(page.getByRole("button", { name: "Restore" })).toHaveFocus();
  await host.commands.restoreDrafts(["wt_start001"]);

  location.hash = "#/?q=shallow+in:history";
  await expect.element(page.getByText(/^version 2, /).first()).toBeVisible();
  await page.getByRole("link", { name: /version 2/ }).first().click(); // biome-ignore format: one thing.
  await expect.poll(() => location.hash).toMatch(/^#\/history\/wt_start001\/wts_start0013\/rev_0002$/);
  location.hash = "#/?q=shallow+in:history";
  await page.getByRole("button", { name: "Search the library instead" }).click();
  await expect.element(box()).toHaveValue("shallow");
});

test("a search that fails says so, and works again when it is tried again", async () => {
  const { host } = await openWindow("#/", { failing: new Set(["searchLibrary"]) });
  await box().fill("acme");
  await expect.element(page.getByText("The library folder cannot be written.")).toBeVisible();
  host.failing.clear();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect.element(page.getByRole("list", { name: /Found in/ }).first()).toBeVisible();
});

test("the last thing typed is what is shown, and nothing vanishes on the way", async () => {
  const { host } = await openWindow("#/", { walkthroughs: largeLibrary(Date.now()) });
  await expect.element(page.getByText("1,201 walkthroughs")).toBeVisible();
  let fewest = rows();
  const watch = new MutationObserver(() => {
    fewest = Math.min(fewest, rows());
  });
  watch.observe(document.body, { childList: true, subtree: true });
  await box().click();
  await userEvent.keyboard("walkthrough number 11");
  await expect.element(page.getByRole("link", { name: "Walkthrough number 11", exact: true })).toBeVisible();
  watch.disconnect();
  expect(fewest).toBeGreaterThan(0);
  const asked = host.calls.filter(({ name }) => name === "searchLibrary");
  expect(asked.length).toBeLessThanOrEqual("walkthrough number 11".length);
});

test("quick open goes to a walkthrough or a step from every screen", async () => {
  await openWindow("#/settings");
  await expect.element(page.getByText("Appearance").first()).toBeVisible();
  await userEvent.keyboard("{Control>}p{/Control}");
  const input = page.getByRole("combobox", { name: "Go to a walkthrough or a step" });
  await expect.element(input).toHaveFocus();
  await expect.element(page.getByRole("option").first()).toBeVisible();
  expect(await audit()).toEqual([]);
  await userEvent.keyboard("gsa");
  await expect.element(page.getByRole("option", { selected: true })).toHaveTextContent("Getting started with Acme");
  await input.fill("failing");
  await expect.element(page.getByRole("option", { name: /Fix a failing check/ })).toBeVisible();
  expect(await audit()).toEqual([]);
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByRole("textbox", { name: "Step title" })).toHaveValue("Fix a failing check");
});

test("quick open gives the focus back to the text that somebody was writing", async () => {
  await openWindow("#/w/wt_start001/s/wts_start0013/context_for_agent/3");
  const text = page.getByRole("textbox", { name: "Context" });
  await expect.element(text).toHaveFocus();
  await userEvent.keyboard("{Control>}p{/Control}");
  await expect.element(page.getByRole("combobox")).toHaveFocus();
  await userEvent.keyboard("{Escape}");
  await expect.element(text).toHaveFocus();
});
