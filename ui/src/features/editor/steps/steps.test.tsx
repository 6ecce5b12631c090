import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { audit, openWindow, writes } from "../../../app/testing";

const start = "#/w/wt_start001/s/wts_start0013";
const rows = () =>
  [...document.querySelectorAll("[role=option], [role=treeitem]")].map((row) => row.textContent?.slice(0, 12) ?? "");
const chosen = () =>
  [...document.querySelectorAll("[data-step][aria-selected=true]")].map((row) => row.textContent?.[0] ?? "").join("");

async function focusSteps() {
  await expect.element(page.getByRole("option").first()).toBeVisible();
  document.querySelector<HTMLElement>("[role=listbox][aria-label=Steps]")?.focus();
}

test("steps are chosen together by keyboard and pointer, and are one edit and one undo", async () => {
  const { host } = await openWindow(start);
  await focusSteps();
  await userEvent.keyboard("{Shift>}{ArrowDown}{ArrowDown}{/Shift}");
  await expect.poll(chosen).toBe("456");
  await userEvent.keyboard("{Alt>}{ArrowUp}{/Alt}");
  await expect.poll(() => rows()[2]).toMatch(/^3Connect/);
  await expect.poll(chosen).toBe("345");
  await userEvent.keyboard("{Delete}");
  await expect.poll(() => rows().length).toBe(6);
  await page.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => rows().length).toBe(9);
  await page.getByRole("option").nth(0).click();
  await userEvent.keyboard("{Control>}");
  await page.getByRole("option").nth(8).click();
  await userEvent.keyboard("{/Control}");
  await expect.poll(chosen).toBe("19");
  await userEvent.keyboard("{Control>}a{/Control}");
  await expect.poll(chosen).toBe("123456789");
  await userEvent.keyboard("{Escape}");
  await expect.poll(() => chosen().length).toBe(1);
  expect(writes(host)).toEqual(["moveSteps", "applyEdit", "undo"]);
});

test("a section is made, named, folded, moved and taken away by keyboard", async () => {
  const { host } = await openWindow(start);
  await focusSteps();
  await userEvent.keyboard("{Shift>}{ArrowDown}{/Shift}{Control>}g{/Control}");
  await expect.element(page.getByRole("textbox", { name: "Name of the section" })).toHaveFocus();
  await userEvent.keyboard("Build{Enter}");
  await expect.element(page.getByRole("treeitem", { name: /Section Build.*2 steps/ })).toBeVisible();
  expect(await audit()).toEqual([]);
  await userEvent.keyboard("{ArrowLeft}{ArrowLeft}");
  await expect.poll(() => rows().length).toBe(9);
  await expect.element(page.getByRole("treeitem", { name: /Section Build/ })).toHaveAttribute("aria-expanded", "false");
  await userEvent.keyboard("{Alt>}{ArrowUp}{/Alt}{ArrowRight}");
  await expect.poll(() => rows()[1]).toMatch(/^1Connect/);
  const titles = () => host.library.entry("wt_start001").walkthrough.steps.map((step) => step.title);
  expect(titles().slice(0, 3)).toEqual([
    "Connect your first repository",
    "Run a preview build",
    "Check the prerequisites",
  ]);
  await userEvent.keyboard("{F2}Builds{Enter}");
  await expect.element(page.getByRole("treeitem", { name: /Section Builds.*2 steps/ })).toBeVisible();
  await userEvent.keyboard("{Delete}");
  await expect.element(page.getByRole("listbox", { name: "Steps" })).toBeVisible();
});

test("a row has a menu, and a step can be put between two", async () => {
  await openWindow(start);
  await expect.element(page.getByRole("option").first()).toBeVisible();
  await page.getByRole("option").nth(1).click({ button: "right" });
  await expect.element(page.getByRole("menu")).toBeVisible();
  expect(await audit()).toEqual([]);
  await page.getByRole("menuitem", { name: "Insert a step above" }).click();
  await userEvent.keyboard("Between{Enter}");
  await expect.poll(() => rows()[1]).toMatch(/^2Between/);
  await userEvent.keyboard("{Enter}");
  await expect.poll(() => document.activeElement?.tagName).toBe("INPUT");
  await userEvent.keyboard("Below{Enter}");
  await expect.poll(() => rows()[2]).toMatch(/^3Below/);
  await page
    .getByRole("option")
    .nth(0)
    .hover({ position: { x: 90, y: 46 } });
  await page.getByRole("button", { name: "Insert a step here" }).click();
  await userEvent.keyboard("First after{Enter}");
  await expect.poll(() => rows()[1]).toMatch(/^2First after/);
});

test("titles are filtered, and Escape shows all again", async () => {
  await openWindow(start);
  await focusSteps();
  await userEvent.keyboard("/");
  await userEvent.keyboard("build report");
  await expect.poll(() => rows().length).toBe(1);
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByRole("textbox", { name: "Step title" })).toHaveValue("Read the build report");
  await page.getByRole("textbox", { name: "Filter the steps" }).click();
  await userEvent.keyboard("{Escape}");
  await expect.poll(() => rows().length).toBe(9);
});

test("metadata is entered as text, refused with its place, and ours is neither shown nor lost", async () => {
  const { host } = await openWindow("#/w/wt_start001/details");
  host.library.apply("wt_start001", { edit: "set_metadata", metadata: '{"waymark":{"x":1},"team":"docs"}' });
  host.emit({ seq: 1, what: "draft", id: "wt_start001", origin: "other" });
  const metadata = page.getByLabelText("Metadata");
  await expect.element(metadata).toHaveValue('{\n  "team": "docs"\n}\n');
  await metadata.fill('{"team": }');
  await userEvent.tab();
  await expect.element(page.getByText(/not valid JSON/).first()).toBeVisible();
  expect(await audit()).toEqual([]);
  await metadata.fill('{"team": "help"}');
  await userEvent.tab();
  const saved = () => host.library.entry("wt_start001").walkthrough.metadata;
  await expect.poll(saved).toBe('{"team":"help","waymark":{"x":1}}');
});

test("a new walkthrough begins with a template, and one can be kept as a template", async () => {
  const { host } = await openWindow(start);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Save as template…" }).click();
  await page.getByLabelText("Name of the template").fill("Ours");
  expect(await audit()).toEqual([]);
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByText(/“Ours” is offered/)).toBeVisible();
  location.hash = "#/";
  await userEvent.keyboard("{Control>}n{/Control}");
  await page.getByLabelText("Title", { exact: true }).fill("Another start");
  await page.getByRole("radio", { name: /^Ours/ }).click();
  expect(await audit()).toEqual([]);
  await page.getByRole("button", { name: "Create" }).click();
  await expect.element(page.getByRole("heading", { name: "Another start" })).toBeVisible();
  await expect.poll(() => rows().length).toBe(9);
  expect(host.library.list(false).map(({ title }) => title)).toContain("Another start");
});
