import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { audit, openWindow } from "../../app/testing";
import type { Edit } from "../../ipc";
import type { FakeOptions } from "../../ipc/fake/host";
import { largeLibrary } from "../../ipc/fake/seeds";

async function openHistory(options: FakeOptions = {}) {
  const opened = await openWindow("#/", options);
  const drafts = await opened.host.commands.listDrafts({});
  const id = drafts.find(({ type, steps }) => type === "quickstart" && steps > 3)?.id ?? "";
  location.hash = `#/history/${id}`;
  await expect.element(page.getByRole("listbox", { name: "Moments of this walkthrough" })).toBeVisible();
  return { ...opened, id };
}

const option = (name: RegExp) =>
  page.getByRole("listbox", { name: "Moments of this walkthrough" }).getByRole("option", { name });
const restores = (host: { calls: { name: string; input: unknown }[] }) =>
  host.calls.filter(({ name }) => name === "restoreRevision").map(({ input }) => input);

test("moments are listed with why, where and how much, and compared with the draft", async () => {
  await openHistory();
  await expect.element(option(/While working/)).toHaveAttribute("aria-selected", "true");
  await expect.element(option(/Before the review/)).toBeVisible();
  await expect.element(option(/Published/)).toBeVisible();
  await expect.element(page.getByText("Say when you are ready.").first()).toBeVisible();
  expect(await audit()).toEqual([]);
});

test("the arrows go through the moments, and the address follows", async () => {
  await openHistory();
  await option(/While working/).click();
  await userEvent.keyboard("{ArrowDown}");
  await expect.element(option(/Before a pause/)).toHaveAttribute("aria-selected", "true");
  await userEvent.keyboard("{End}");
  await expect.element(option(/Before the first change/)).toHaveAttribute("aria-selected", "true");
  expect(location.hash).toContain("_1");
});

test("side by side and as the agent sees it, without a flaw for a screen reader", async () => {
  await openHistory();
  await page.getByRole("tab", { name: "Side by side" }).click();
  await page.getByRole("tab", { name: "As the agent sees it" }).click();
  await expect.element(page.getByText("The whole step, as an agent receives it").first()).toBeVisible();
  expect(await audit()).toEqual([]);
});

test("of very many steps it is said that the agent's text was left out, and one alone is shown when it is asked for", async () => {
  const { host } = await openWindow("#/", { walkthroughs: largeLibrary(Date.now()) });
  const id = "wt_huge0001";
  await host.commands.saveSnapshot({ walkthrough: id, name: "Before" });
  const edits = host.library
    .entry(id)
    .walkthrough.steps.slice(0, 101)
    .map(({ id: step }): Edit => ({ edit: "set_field", step, field: "content_for_user", text: "New words." }));
  await host.commands.applyEdit({ walkthrough: id, edit: { edit: "batch", edits }, seen_version: null });
  location.hash = `#/history/${id}`;
  await expect.element(page.getByText("New words.").first()).toBeVisible();
  await page.getByRole("tab", { name: "As the agent sees it" }).click();
  await expect.element(page.getByText(/what the agent receives was left out/).first()).toBeVisible();
  await expect.element(page.getByText(/differs in its number alone/)).not.toBeInTheDocument();
  const asked = page.getByRole("button", { name: /^Show it for this step/ });
  const before = asked.elements().length;
  await asked.first().click();
  await expect.element(page.getByText("The whole step, as an agent receives it")).toBeVisible();
  expect(asked.elements().length).toBe(before - 1);
  expect(await audit()).toEqual([]);
});

test("one text is restored, and the message takes it back", async () => {
  const { host } = await openHistory();
  await page
    .getByRole("button", { name: /Restore user content of/ })
    .first()
    .click();
  await expect.element(page.getByText("Restored. What was there before is in the history.")).toBeVisible();
  expect(restores(host)).toMatchObject([{ part: { part: "field", field: "content_for_user" } }]);
  await expect.element(option(/Before restoring/)).toBeVisible();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  expect(host.calls.at(-1)?.name).not.toBe("restoreRevision");
});

test("a message takes back what it tells of, and no restoring that came after it", async () => {
  const { host, id } = await openHistory();
  const first = page.getByRole("button", { name: /^Restore/ }).first();
  await first.click();
  await expect.element(page.getByText(/^Restored\./)).toBeVisible();
  const { version } = host.library.entry(id);
  host.library.apply(id, { edit: "set_title", title: "From elsewhere" });
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect.element(page.getByText(/changed since/)).toBeVisible();
  expect(host.calls.filter(({ name }) => name === "takeBack").map(({ input }) => input)).toEqual([
    { walkthrough: id, version },
  ]);
  expect(host.calls.filter(({ name }) => name === "undo")).toEqual([]);
  expect(host.library.entry(id).walkthrough.title).toBe("From elsewhere");
});

test("undo and redo on this screen mean what was restored here", async () => {
  const { host, id } = await openHistory();
  host.library.apply(id, { edit: "set_title", title: "Written in the text" });
  await userEvent.keyboard("{Control>}z{/Control}");
  await expect.element(page.getByText(/Nothing was restored here/)).toBeVisible();
  expect(host.library.entry(id).walkthrough.title).toBe("Written in the text");
  const before = JSON.stringify(host.library.entry(id).walkthrough);
  await page
    .getByRole("button", { name: /Restore user content of/ })
    .first()
    .click();
  await expect.element(page.getByText(/^Restored\./)).toBeVisible();
  (document.activeElement as HTMLElement | null)?.blur();
  await userEvent.keyboard("{Control>}z{/Control}");
  await expect.element(page.getByText(/^Taken back/)).toBeVisible();
  expect(JSON.stringify(host.library.entry(id).walkthrough)).toBe(before);
  await userEvent.keyboard("{Control>}{Shift>}z{/Shift}{/Control}");
  await expect.element(page.getByText("Restored again.")).toBeVisible();
  expect(JSON.stringify(host.library.entry(id).walkthrough)).not.toBe(before);
});

test("another moment takes the draft's place, and then there is nothing to restore", async () => {
  await openHistory();
  await page.getByRole("combobox", { name: "Compare with" }).selectOptions("1 · Before the first change");
  await expect.element(page.getByRole("button", { name: "Restore all of it" })).not.toBeInTheDocument();
});

test("a walkthrough without moments says how to make one", async () => {
  const { host } = await openWindow("#/");
  const { draft } = await host.commands.createDraft({ title: "Empty", type: "course" });
  location.hash = `#/history/${draft.walkthrough.id}`;
  await expect.element(page.getByRole("heading", { name: "No moments yet" })).toBeVisible();
  expect(await audit()).toEqual([]);
});

test("Ctrl+S keeps a snapshot under a name, and leads to it", async () => {
  const { host } = await openWindow("#/");
  const [first] = await host.commands.listDrafts({});
  location.hash = `#/w/${first?.id}`;
  await expect.element(page.getByRole("heading", { name: first?.title ?? "" })).toBeVisible();
  await userEvent.keyboard("{Control>}s{/Control}");
  await page.getByRole("textbox", { name: "Name" }).fill("Ready for Anna");
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByText("Kept as “Ready for Anna”.")).toBeVisible();
  await page.getByRole("button", { name: "History", exact: true }).click();
  await expect.element(option(/Ready for Anna/)).toHaveAttribute("aria-selected", "true");
});

test("a moment has a menu, by keyboard as by pointer", async () => {
  const { host } = await openHistory();
  await option(/While working/).click();
  await userEvent.keyboard("{Shift>}{F10}{/Shift}");
  expect(await audit()).toEqual([]);
  await page.getByRole("menuitem", { name: "Compare with the moment before it" }).click();
  await expect.element(page.getByText(/between the two/)).toBeVisible();
  await option(/Published/).click({ button: "right" });
  await expect.element(page.getByRole("menuitem", { name: "Compare with “While working”" })).toBeVisible();
  await page.getByRole("menuitem", { name: "Restore all of it" }).click();
  await expect.poll(() => restores(host)).toMatchObject([{ part: { part: "all" } }]);
});
