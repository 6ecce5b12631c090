import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { troubleOf } from "../ipc/fake/backups";
import type { Error as Thrown } from "../ipc/types";
import { audit, openWindow } from "./testing";

const start = "#/w/wt_start001/s/wts_start0013";
const trouble = (message: string, hint: string): Thrown => ({
  code: "library_read_only",
  message,
  hint,
  field: null,
  conflict: null,
});
const full = trouble("The disk is full. Saving the edit failed.", "Free some space and try again.");
const noRight = trouble("The library at `/srv/docs` cannot be written.", "Give yourself the right to write there.");

test.each([
  ["a full disk", full, /The disk is full/],
  ["a folder without the right to write", noRight, /`?\/srv\/docs`? cannot be written/],
  ["a file that was deleted", troubleOf("gone").trouble, /was deleted or moved away/],
  ["a library of a newer Waymark", troubleOf("newer").trouble, /A newer Waymark wrote this library/],
])("%s is said, until the cause is gone", async (_, cause, words) => {
  if (!cause) throw new Error("BUG: the fake knows this trouble");
  await openWindow("#/trash", { trouble: cause });
  await expect.element(page.getByText(words)).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect.element(page.getByText(words)).not.toBeInTheDocument();
});

test("what keeps the library from being written stands over the editor, too", async () => {
  await openWindow(start, { trouble: full });
  await expect.element(page.getByRole("textbox", { name: "User content" })).toBeVisible();
  await expect.element(page.getByText(/The disk is full/)).toBeVisible();
  expect(await audit()).toEqual([]);
});

for (const look of ["light", "dark"] as const) {
  test(`a damaged library is recovered, and it is said what was saved, ${look}`, async () => {
    await openWindow(
      "#/",
      { trouble: { ...full, code: "library_damaged", message: "The library file is damaged." } },
      look,
    );
    await page.getByRole("button", { name: "Recover…" }).click();
    await expect.element(page.getByRole("heading", { name: "The library is damaged" })).toBeVisible();
    await expect.element(page.getByRole("button", { name: /Open backup of/ }).first()).toBeVisible();
    expect(await audit()).toEqual([]);
    await page.getByRole("button", { name: "Recover", exact: true }).click();
    await expect.element(page.getByRole("heading", { name: "The library is recovered" })).toBeVisible();
    await expect.element(page.getByText("Not everything could be saved.")).toBeVisible();
    await expect.element(page.getByRole("row", { name: "revisions 18 0 1" })).toBeVisible();
    await expect.element(page.getByText(/The damaged file is kept in/)).toBeVisible();
    expect(await audit()).toEqual([]);
  });
}
