import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { audit, openWindow } from "./testing";

const start = "#/w/wt_start001/s/wts_start0013";

test("a window that cannot save stays, says why, and closes only when told to", async () => {
  const { host } = await openWindow(start);
  await page.getByRole("textbox", { name: "User content" }).click();
  host.failing.add("applyEdit");
  await userEvent.keyboard("x");
  expect(await host.requestClose()).toBe(false);
  await expect.element(page.getByRole("dialog", { name: "Not everything is saved" })).toBeVisible();
  expect(await audit()).toEqual([]);
  await page.getByRole("button", { name: "Stay" }).click();
  // It is tried again by itself.
  host.failing.clear();
  await expect.element(page.getByText(/Saved locally \d/)).toBeVisible();
  expect(await host.requestClose()).toBe(true);
});

test("a title that cannot be saved holds the window, too", async () => {
  const { host } = await openWindow(start);
  await page.getByRole("textbox", { name: "Step title" }).fill(" ");
  expect(await host.requestClose()).toBe(false);
  await expect.element(page.getByRole("dialog")).toHaveTextContent(/A step's title is empty/);
  await page.getByRole("button", { name: "Stay" }).click();
  await page.getByRole("button", { name: "Discard what was typed" }).click();
  await expect.element(page.getByRole("textbox", { name: "Step title" })).not.toHaveValue(" ");
  expect(await host.requestClose()).toBe(true);
});

test("what is saved when it is left is saved when the window closes", async () => {
  const { host } = await openWindow("#/w/wt_start001/details");
  const walkthrough = () => host.library.entry("wt_start001").walkthrough;
  await page.getByLabelText("Metadata").fill('{"team":"docs"}');
  expect(await host.requestClose()).toBe(true);
  expect(walkthrough().metadata).toBe('{"team":"docs"}');
  await page.getByRole("combobox", { name: "Tags" }).click();
  await userEvent.keyboard("half");
  expect(await host.requestClose()).toBe(true);
  expect(walkthrough().tags).toContain("half");
});

test("publishing is the one thing that closing asks about", async () => {
  const { host } = await openWindow(start);
  expect(await host.requestClose({ is_publishing: true })).toBe(false);
  await expect.element(page.getByRole("dialog", { name: "Something is being published" })).toBeVisible();
});
