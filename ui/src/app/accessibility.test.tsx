import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { audit, openWindow } from "./testing";

const editor = "#/w/wt_start001/s/wts_start0013";
const screens: [string, string, string][] = [
  ["the library", "#/", "Getting started with Acme"],
  ["the editor", editor, "Introduction"],
  ["the details", "#/w/wt_start001/details", "MCP servers"],
  ["the trash", "#/trash", "The trash is empty"],
  ["the settings", "#/settings", "Appearance"],
  ["the connections", "#/connections", "Production"],
  ["publishing", "#/publish/wt_start001", "What it does to learners"],
  ["the import", "#/import", "Import"],
  ["an unknown address", "#/nowhere", "There is nothing at this address"],
];

for (const look of ["light", "dark"] as const) {
  for (const [name, hash, text] of screens) {
    test(`${name} can be used by everybody with more contrast, ${look}`, async () => {
      await openWindow(hash, {}, look, "more");
      await expect.element(page.getByText(text, { exact: false }).first()).toBeVisible();
      expect(await audit()).toEqual([]);
    });

    test(`${name} can be used by everybody, ${look}`, async () => {
      await openWindow(hash, {}, look);
      await expect.element(page.getByText(text, { exact: false }).first()).toBeVisible();
      expect(await audit()).toEqual([]);
    });
  }

  test(`the preview's tabs can be used by everybody, ${look}`, async () => {
    await openWindow(editor, {}, look);
    for (const tab of ["Agent", "User", /Problems/]) {
      await page.getByRole("tab", { name: tab }).click();
      expect(await audit()).toEqual([]);
    }
  });

  test(`the palette and the sheet can be used by everybody, ${look}`, async () => {
    await openWindow(editor, {}, look);
    await expect.element(page.getByRole("option").first()).toBeVisible();
    await userEvent.keyboard("{Control>}{Shift>}p{/Shift}{/Control}");
    await expect.element(page.getByRole("combobox", { name: "Search commands" })).toHaveFocus();
    expect(await audit()).toEqual([]);
    await userEvent.keyboard("keyboard{Enter}");
    await expect.element(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
    expect(await audit()).toEqual([]);
  });
}
