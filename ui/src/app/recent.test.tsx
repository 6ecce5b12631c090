import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { audit, openWindow } from "./testing";

test("the walkthroughs that were opened last are one click away, and those that are gone are not", async () => {
  const { host } = await openWindow("#/w/wt_start001");
  await expect.element(page.getByRole("heading", { name: "Getting started with Acme" })).toBeVisible();
  location.hash = "#/";
  const recent = page.getByRole("list", { name: "Recent" });
  await expect.element(recent.getByRole("link", { name: "Getting started with Acme" })).toBeVisible();
  expect(await audit()).toEqual([]);
  await host.commands.trashDrafts(["wt_start001"]);
  host.emit({ seq: 1, what: "draft", id: "wt_start001", origin: "elsewhere" });
  await expect.element(recent).not.toBeInTheDocument();
});
