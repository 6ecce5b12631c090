import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { audit, openWindow, writes } from "../../app/testing";

const ids = "wt_5xq2mZ8a,wt_k3v9Qe1L";

async function made() {
  const { host } = await openWindow("#/", { publish: { pace: 30 } });
  const drafts = host.library.list(false).slice(0, 2);
  location.hash = `#/publish/${drafts.map(({ id }) => id).join(",") || ids}`;
  await page.getByRole("button", { name: "Make a release…" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Autumn");
  expect(await audit()).toEqual([]);
  await page.getByRole("button", { name: "Make the release" }).click();
  await expect.element(page.getByRole("heading", { name: "Autumn" })).toBeVisible();
  return host;
}

test("several walkthroughs become a release, which is published and remembered", async () => {
  const host = await made();
  await expect.element(page.getByText("not begun")).toBeVisible();
  await expect.element(page.getByRole("button", { name: "Publish the release" })).toBeEnabled();
  expect(await audit()).toEqual([]);
  await page.getByRole("button", { name: "Publish the release" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Publish the release" }).click();
  await expect.element(page.getByText("revision 18").first()).toBeVisible();
  await expect.poll(() => writes(host)).toEqual(["createRelease", "runRelease"]);
  await userEvent.keyboard("{Escape}");
  await expect.element(page.getByRole("link", { name: "Autumn" })).toBeVisible();
  await expect.element(page.getByText("done", { exact: true })).toBeVisible();
  expect(await audit()).toEqual([]);
});

test("a release is forgotten after a question", async () => {
  const host = await made();
  await page.getByRole("button", { name: "Forget the release" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Forget the release" }).click();
  await expect.element(page.getByText("No releases yet")).toBeVisible();
  expect(writes(host)).toEqual(["createRelease", "removeRelease"]);
});
