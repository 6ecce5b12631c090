import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { audit, openWindow } from "../../app/testing";

const details = "#/w/wt_start001/details";
const step = "#/w/wt_start001/s/wts_start0013";
const title = () => page.getByRole("textbox", { name: /^Title/ });

test("a value that is refused is kept where it was typed, and whoever leaves is told", async () => {
  const { host } = await openWindow(details);
  const long = "x".repeat(101);
  await title().fill(long);
  await expect.element(page.getByText(/Not saved: .*101 characters long/)).toBeVisible();
  location.hash = step;
  await page.getByRole("textbox", { name: "User content" }).click();
  await userEvent.keyboard("{Control>}{End}{/Control} More.");
  await expect.poll(() => JSON.stringify(host.library.open("wt_start001"))).toContain(" More.");
  await expect.element(page.getByText(/Not saved: .*101 characters long/)).toBeVisible();
  location.hash = "#/";
  await expect.element(page.getByText(/Something in “.*” is not saved: .*101 characters/)).toBeVisible();
  await page.getByRole("link", { name: /is not saved yet/ }).click();
  location.hash = details;
  await expect.element(title()).toHaveValue(long);
  await expect.element(page.getByText(/Shorten it by 1\./).first()).toBeVisible();
  expect(await audit()).toEqual([]);
  await title().fill("Short enough");
  await expect.element(page.getByText(/Saved locally \d/)).toBeVisible();
  expect(host.library.entry("wt_start001").walkthrough.title).toBe("Short enough");
});

test("metadata is saved while it is typed, and what is no JSON yet waits for the rest without a word", async () => {
  const { host } = await openWindow(details);
  const saved = () => host.library.entry("wt_start001").walkthrough.metadata;
  const metadata = page.getByLabelText("Metadata");
  await metadata.fill('{"team":"docs"}');
  await expect.poll(saved).toBe('{"team":"docs"}');
  await expect.element(metadata).toHaveValue('{"team":"docs"}');
  await expect.element(metadata).toHaveFocus();
  await metadata.fill('{"team":"docs"');
  await expect.element(page.getByText(/^Not saved: .*not valid JSON/)).toBeVisible();
  await expect.element(page.getByRole("button", { name: "Show the place" })).not.toBeInTheDocument();
  location.hash = step;
  await expect.element(page.getByRole("textbox", { name: "User content" })).toBeVisible();
  location.hash = details;
  await expect.element(metadata).toHaveValue('{"team":"docs"');
  await metadata.fill('{"team":"help"}');
  await expect.poll(saved).toBe('{"team":"help"}');
  await userEvent.tab();
  await expect.element(metadata).toHaveValue('{\n  "team": "help"\n}\n');
});

test("a name that is being written in the list is kept when the walkthrough is left", async () => {
  const { host } = await openWindow(step);
  await expect.element(page.getByRole("listbox", { name: "Steps" })).toBeVisible();
  (page.getByRole("listbox", { name: "Steps" }).element() as HTMLElement).focus();
  await userEvent.keyboard("{F2}Half a name");
  location.hash = "#/";
  await expect.poll(() => JSON.stringify(host.library.open("wt_start001"))).toContain("Half a name");
});

test("a snippet that is typed and not saved is there again after Escape, until it is discarded", async () => {
  await openWindow("#/snippets");
  await page.getByRole("button", { name: "New snippet" }).click();
  await page.getByLabelText("Text").fill("Long text");
  await userEvent.keyboard("{Escape}");
  await expect.element(page.getByText(/What you typed is kept/)).toBeVisible();
  await page.getByRole("button", { name: "New snippet" }).click();
  await expect.element(page.getByLabelText("Text")).toHaveValue("Long text");
  await expect.element(page.getByText(/typed before and is not saved yet/)).toBeVisible();
  expect(await audit()).toEqual([]);
  await page.getByRole("button", { name: "Discard" }).click();
  await page.getByRole("button", { name: "New snippet" }).click();
  await expect.element(page.getByLabelText("Text")).toHaveValue("");
});

test("what is written into a walkthrough that somebody put into the trash waits until it is restored", async () => {
  const { host } = await openWindow(step);
  const content = page.getByRole("textbox", { name: "User content" });
  await content.click();
  host.library.setTrashed(["wt_start001"], true);
  host.emit({ seq: 1, what: "draft", id: "wt_start001", origin: "other" });
  await expect.element(page.getByText(/This walkthrough is in the trash/)).toBeVisible();
  await userEvent.keyboard("{Control>}{End}{/Control} Kept.");
  await page.getByRole("textbox", { name: "Step title" }).fill("A new name");
  await expect.element(page.getByText(/Not saved: .* is in the trash/)).toBeVisible();
  expect(await audit()).toEqual([]);
  await page.getByRole("button", { name: "Restore", exact: true }).click();
  await expect.element(page.getByText(/Saved locally \d/)).toBeVisible();
  await expect.element(page.getByText(/This walkthrough is in the trash/)).not.toBeInTheDocument();
  const stored = JSON.stringify(host.library.entry("wt_start001"));
  expect(stored).toContain(" Kept.");
  expect(stored).toContain("A new name");
});
