import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { audit, openWindow } from "../../app/testing";

test("backups are listed, made and restored after a question", async () => {
  const { host } = await openWindow("#/settings/backups");
  const restore = page.getByRole("button", { name: /^Restore the backup of/ });
  await expect.element(restore.first()).toBeVisible();
  await page.getByRole("button", { name: "Back up now" }).click();
  await expect.element(page.getByText("The backup is made and checked.")).toBeVisible();
  await page.getByRole("button", { name: "Show all 11" }).click();
  await expect.poll(() => restore.elements().length).toBe(11);
  expect(await audit()).toEqual([]);

  await restore.nth(1).click();
  const dialog = page.getByRole("dialog", { name: "Restore this backup?" });
  await expect.element(dialog).toHaveTextContent(/1 not in the backup/);
  expect(await audit()).toEqual([]);
  await page.getByRole("button", { name: "Cancel" }).click();
  expect(host.calls.some(({ name }) => name === "restoreBackup")).toBe(false);
  await restore.nth(1).click();
  await page.getByRole("button", { name: "Restore", exact: true }).click();
  await expect.element(page.getByRole("dialog", { name: "The backup is restored" })).toBeVisible();
  expect(await audit()).toEqual([]);
});

test("without a backup it says when the first is made, and a failure says what to do", async () => {
  const { host } = await openWindow("#/settings/backups", { backups: [] });
  await expect.element(page.getByText(/There is no backup yet/)).toBeVisible();
  host.failing.add("createBackup");
  await page.getByRole("button", { name: "Back up now" }).click();
  await expect.element(page.getByRole("alert")).toHaveTextContent(/Free some space/);
});
