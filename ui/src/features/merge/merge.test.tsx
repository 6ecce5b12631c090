import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { audit, lost, openWindow, writes } from "../../app/testing";
import { WaymarkError } from "../../ipc";
import type { FakeOptions } from "../../ipc/fake/host";

const connection = "con_prod0001";
const conflict: FakeOptions = { publish: { conflict: true } };

async function openMerge(options: FakeOptions = conflict, screen: "merge" | "publish" = "merge") {
  const opened = await openWindow("#/", options);
  const drafts = await opened.host.commands.listDrafts({});
  const draft = drafts.find(({ status, type }) => status === "published" && type === "quickstart");
  const id = draft?.id ?? "";
  opened.host.calls.length = 0;
  location.hash = screen === "merge" ? `#/merge/${id}/${connection}` : `#/publish/${id}`;
  return { ...opened, id, title: draft?.title ?? "" };
}

const cards = () => page.getByRole("listitem").filter({ has: page.getByRole("button", { name: /Take yours/ }) });
const card = (name: RegExp) => page.getByRole("listitem", { name });
const taken = (host: { calls: { name: string; input: unknown }[] }) =>
  host.calls.filter(({ name }) => name === "takeMerge").map(({ input }) => input);

test("each conflict shows what was there, yours and production’s, and what comes in stands beside them", async () => {
  await openMerge();
  await expect.element(page.getByText("3 of 3 open")).toBeVisible();
  expect(cards().elements().length).toBe(3);
  const text = card(/User content/);
  await expect.element(text.getByText("Open a new terminal and run the installer as yourself.")).toBeVisible();
  await expect.element(text.getByText("Open your terminal and run the installer. It takes a minute.")).toBeVisible();
  await expect.element(card(/removed by the other/).getByText("Not there.")).toBeVisible();
  await expect.element(page.getByRole("complementary", { name: "What comes in" })).toHaveTextContent(/operations/);
  await expect.element(page.getByRole("button", { name: "3 conflicts open" })).toBeDisabled();
  expect(await audit()).toEqual([]);
});

test("nothing is written until every conflict has an answer, then it goes at once and undo takes it back", async () => {
  const { host, id, title } = await openMerge();
  await card(/^Title/)
    .getByRole("button", { name: /Take production/ })
    .click();
  await card(/User content/)
    .getByRole("button", { name: /Take yours/ })
    .click();
  await expect.element(page.getByRole("button", { name: "1 conflict open" })).toBeDisabled();
  expect(writes(host)).toEqual([]);
  await card(/removed by the other/)
    .getByRole("button", { name: /Take production/ })
    .click();
  await page.getByRole("button", { name: "Merge 1 of yours, 2 of production’s and 2 changes" }).click();
  await expect.element(page.getByText(/has both now/)).toBeVisible();
  expect(taken(host)).toMatchObject([
    { merge: { walkthrough: id, connection }, answers: [{ take: "theirs" }, { take: "mine" }, { take: "theirs" }] },
  ]);
  await expect.poll(() => location.hash).toContain("#/publish/");
  await expect.element(page.getByRole("button", { name: /Publish \d changes/ })).toBeVisible();
  expect((await host.commands.openDraft(id)).draft.walkthrough.title).toBe(`${title} for everybody`);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect.poll(async () => (await host.commands.openDraft(id)).draft.walkthrough.title).toBe(title);
});

test("the keyboard answers one after the other, and writes by hand where a text is wanted", async () => {
  const { host } = await openMerge();
  await expect.element(card(/^Title/)).toBeVisible();
  await userEvent.keyboard("{F8}");
  await expect.element(card(/User content/)).toHaveFocus();
  await userEvent.keyboard("3");
  const written = card(/User content/).getByRole("textbox", { name: "What it is to be" });
  await expect.element(written).toHaveFocus();
  await written.fill("Open a terminal. 1, 2 and 3 are typed here.");
  await expect.element(page.getByText("2 of 3 open")).toBeVisible();
  expect(await audit()).toEqual([]);
  await userEvent.keyboard("{F8}");
  await expect.element(card(/removed by the other/)).toHaveFocus();
  await userEvent.keyboard("3");
  expect(
    card(/removed by the other/)
      .getByRole("textbox")
      .elements(),
  ).toEqual([]);
  await userEvent.keyboard("1");
  await expect.element(card(/^Title/)).toHaveFocus();
  await userEvent.keyboard("2");
  await expect.element(page.getByText("Every conflict is answered")).toBeVisible();
  await page.getByRole("button", { name: /^Merge 1 of yours, 1 of production’s, 1 written by hand/ }).click();
  await expect.poll(() => taken(host).length).toBe(1);
  const text = "Open a terminal. 1, 2 and 3 are typed here.";
  expect(taken(host)).toMatchObject([{ answers: [{ take: "theirs" }, { take: { text } }, { take: "mine" }] }]);
});

test("an edit made while the merge is open is not lost, and answers stay", async () => {
  const { host, id } = await openMerge();
  await card(/User content/)
    .getByRole("button", { name: /Take yours/ })
    .click();
  await expect.element(page.getByText("2 of 3 open")).toBeVisible();
  // Another window writes: this one is told, and looks again.
  await host.commands.applyEdit({
    walkthrough: id,
    edit: { edit: "set_description", description: "Edited meanwhile." },
    seen_version: null,
  });
  host.emit({ seq: 1, what: "draft", id, origin: "another" });
  await expect.poll(() => host.calls.filter(({ name }) => name === "lookMerge").length).toBeGreaterThan(1);
  await expect.element(page.getByText("2 of 3 open")).toBeVisible();
  await card(/^Title/)
    .getByRole("button", { name: /Take yours/ })
    .click();
  await card(/removed by the other/)
    .getByRole("button", { name: /Take yours/ })
    .click();
  await page.getByRole("button", { name: /^Merge 3 of yours/ }).click();
  await expect.element(page.getByText(/has both now/)).toBeVisible();
  expect((await host.commands.openDraft(id)).draft.walkthrough.description).toBe("Edited meanwhile.");
});

test("a merge of versions that are out of date writes nothing and is looked at again", async () => {
  const { host, id } = await openMerge();
  for (const name of [/^Title/, /User content/, /removed by the other/])
    await card(name)
      .getByRole("button", { name: /Take yours/ })
      .click();
  await expect.element(page.getByText("Every conflict is answered")).toBeVisible();
  // Written by somebody of whom this window has not heard yet.
  host.library.apply(id, { edit: "set_description", description: "Edited meanwhile." });
  await page.getByRole("button", { name: /^Merge 3 of yours/ }).click();
  await expect.element(page.getByText(/changed meanwhile. Your answers stay/)).toBeVisible();
  expect((await host.commands.openDraft(id)).draft.walkthrough.description).toBe("Edited meanwhile.");
  await page.getByRole("button", { name: /^Merge 3 of yours/ }).click();
  await expect.element(page.getByText(/has both now/)).toBeVisible();
});

test("the conflict of a plan leads to the merge, and Escape leads back", async () => {
  const { host, id } = await openMerge(conflict, "publish");
  await page.getByRole("button", { name: "Merge with production’s version" }).click();
  await expect.poll(() => location.hash).toBe(`#/merge/${id}/${connection}`);
  await expect.element(page.getByText("3 of 3 open")).toBeVisible();
  await userEvent.keyboard("{Escape}");
  await expect.poll(() => location.hash).toContain("#/publish/");
  expect(writes(host)).toEqual([]);
});

test("where production has nothing new there is nothing to merge", async () => {
  await openMerge({});
  await expect.element(page.getByText("Production has nothing new")).toBeVisible();
  await expect.element(page.getByRole("button", { name: "Merge", exact: true })).toBeDisabled();
  expect(await audit()).toEqual([]);
});

test("a database that does not answer leaves a way on", async () => {
  const gone = new WaymarkError("unreachable", "The host `db.acme.example` does not answer.", "Check the network.");
  await openMerge({ publish: { conflict: true, planError: gone } });
  await expect.element(page.getByRole("alert")).toHaveTextContent(/does not answer/);
  await expect.element(page.getByRole("button", { name: "Try again" })).toBeVisible();
});

test("with little room the sides stand below each other and nothing is lost", async () => {
  await openMerge();
  await page.viewport(640, 800);
  await expect.element(page.getByText("3 of 3 open")).toBeVisible();
  expect(lost()).toEqual([]);
  expect(await audit()).toEqual([]);
});
