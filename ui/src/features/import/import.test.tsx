import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { audit, openWindow } from "../../app/testing";
import type { ImportItem } from "../../ipc";

const tour = (clash: boolean): ImportItem => ({
  file: "/home/me/tour.json",
  found: {
    title: "A tour of the harbor",
    type: "course",
    steps: 12,
    attachments: 2,
    review: null,
    warnings: [{ path: "$.steps[2]", message: "The link of step 3 points to nothing and is left out." }],
    clash: clash
      ? { with: "wt_acme", title: "A tour of the harbor", is_same_id: true, is_trashed: false, changes: 3 }
      : null,
  },
  error: null,
});
const broken: ImportItem = {
  file: "/home/me/broken.json",
  found: null,
  error: {
    code: "invalid_input",
    message: "The file is not valid JSON: expected `,` at line 12, column 3.",
    hint: "Correct the JSON at that line and column.",
    field: null,
    conflict: null,
  },
};
const runs = (host: { calls: { name: string; input: unknown }[] }) =>
  host.calls.filter(({ name }) => name === "runImport").map(({ input }) => (input as { run: unknown }).run);

test("dropped files are shown and nothing is written before the click", async () => {
  const { host } = await openWindow("#/", { files: { "/home/me/tour.json": tour(false) } });
  host.drop(["/home/me/tour.json"]);
  await expect.element(page.getByRole("heading", { name: "A tour of the harbor" })).toBeVisible();
  await expect.element(page.getByText(/2 pictures and files beside it/)).toBeVisible();
  await expect.element(page.getByText(/points to nothing and is left out/)).toBeVisible();
  expect(runs(host)).toEqual([]);
  expect(await audit()).toEqual([]);
  await page.getByRole("button", { name: "Import 1 walkthrough" }).click();
  await expect.element(page.getByText("1 walkthrough imported.")).toBeVisible();
  expect(runs(host)).toEqual([{ source: { paths: ["/home/me/tour.json"] }, on_clash: null }]);
});

test("a file that cannot be read says what, where and how to mend it, and does not keep the others out", async () => {
  const files = { "/home/me/tour.json": tour(false), "/home/me/broken.json": broken };
  const { host } = await openWindow("#/import", { files });
  await page.getByRole("button", { name: "Choose files" }).first().click();
  await expect.element(page.getByRole("alert")).toHaveTextContent(/line 12, column 3/);
  await expect.element(page.getByRole("button", { name: "Import 1 walkthrough" })).toBeEnabled();
  expect(runs(host)).toEqual([]);
});

test("what is here already is decided by the person", async () => {
  const { host } = await openWindow("#/import", { files: { "/home/me/tour.json": tour(true) } });
  await page.getByRole("button", { name: "Choose files" }).first().click();
  await expect.element(page.getByText(/differs in 3 places/)).toBeVisible();
  await page.getByRole("radio", { name: /Leave out/ }).click();
  await expect.element(page.getByRole("button", { name: "Nothing to import" })).toBeDisabled();
  await page.getByRole("radio", { name: /Keep both/ }).click();
  await page.getByRole("button", { name: "Import 1 walkthrough" }).click();
  await expect.element(page.getByText("1 walkthrough imported.")).toBeVisible();
  expect(runs(host)).toEqual([{ source: { paths: ["/home/me/tour.json"] }, on_clash: "copy" }]);
});

test("a pasted text is looked at first", async () => {
  const { host } = await openWindow("#/import");
  const paste = page.getByRole("textbox", { name: "Or paste a JSON export" });
  await paste.fill("no json");
  await page.getByRole("button", { name: "Look at it" }).click();
  await expect.element(page.getByRole("alert")).toHaveTextContent(/not valid JSON/);
  await page.getByRole("button", { name: "Choose others" }).click();
  await paste.fill('{"version":"1.0","walkthrough":{"title":"Pasted","steps":[{}]}}');
  await page.getByRole("button", { name: "Look at it" }).click();
  await expect.element(page.getByRole("heading", { name: "Pasted", exact: true })).toBeVisible();
  expect(runs(host)).toEqual([]);
});

test("importing several shows how far it is, and Stop keeps what is in and names what was left", async () => {
  const paths = ["/home/me/one.json", "/home/me/two.json", "/home/me/three.json"];
  const files = Object.fromEntries(paths.map((path) => [path, titled(path)]));
  const { host } = await openWindow("#/", { files, importPace: 700 });
  host.drop(paths);
  await page.getByRole("button", { name: "Import 3 walkthroughs" }).click();
  await expect.element(page.getByRole("progressbar")).toBeVisible();
  await expect.element(page.getByRole("status").filter({ hasText: "1 of 3 files · /home/me/one.json" })).toBeVisible();
  await page.getByRole("button", { name: "Stop" }).click();
  await expect.element(page.getByText(/imported\. Stopped: (1 file was|2 files were) not imported/)).toBeVisible();
  expect(host.calls.some(({ name }) => name === "cancelTask")).toBe(true);
  const titles = (await host.commands.listDrafts({})).map(({ title }) => title);
  expect(titles).toContain("/home/me/one.json");
  expect(titles).not.toContain("/home/me/three.json");
});

function titled(title: string): ImportItem {
  const item = tour(false);
  return { ...item, file: title, found: item.found && { ...item.found, title } };
}
