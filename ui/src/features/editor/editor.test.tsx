import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { audit, openWindow, writes } from "../../app/testing";

const start = "#/w/wt_start001/s/wts_start0013";
const userContent = () => page.getByRole("textbox", { name: "User content" });
const options = () =>
  page
    .getByRole("option")
    .elements()
    .map((option) => option.textContent ?? "");
const saved = () => page.getByText(/Saved locally \d/);

async function focusSteps() {
  await expect.element(page.getByRole("listbox", { name: "Steps" })).toBeVisible();
  page.getByRole("listbox", { name: "Steps" }).element().dispatchEvent(new FocusEvent("focus"));
  (page.getByRole("listbox", { name: "Steps" }).element() as HTMLElement).focus();
}

test("what is typed is previewed at once and saved shortly after", async () => {
  const { host } = await openWindow(start);
  await userContent().click();
  await userEvent.keyboard("{Control>}{End}{/Control} Seen by the agent.");
  await expect.element(page.getByRole("tabpanel")).toHaveTextContent(/Seen by the agent\./);
  await expect.element(saved()).toBeVisible();
  const content = host.library.entry("wt_start001").walkthrough.steps[3]?.content_fields;
  expect(content).toMatchObject({ content_for_user: expect.stringMatching(/Seen by the agent\.$/) });
  await page.getByRole("tab", { name: "User" }).click();
  await expect
    .element(page.getByRole("article", { name: "What the user reads" }))
    .toHaveTextContent(/Seen by the agent/);
});

test("undo and redo belong to the library and reach the text", async () => {
  await openWindow(start);
  await userContent().click();
  await userEvent.keyboard("{Control>}{End}{/Control} More.");
  await userEvent.keyboard("{Control>}z{/Control}");
  await expect.element(userContent()).not.toHaveTextContent(/More\./);
  await userEvent.keyboard("{Control>}{Shift>}z{/Shift}{/Control}");
  await expect.element(userContent()).toHaveTextContent(/More\./);
});

test("a save that fails says so, and nothing is lost by leaving", async () => {
  const { host } = await openWindow(start);
  await userContent().click();
  host.failing.add("applyEdit");
  await userEvent.keyboard("{Control>}{End}{/Control} Kept.");
  await expect.element(page.getByText(/Not saved: The library folder/)).toBeVisible();
  await expect.element(page.getByRole("button", { name: "Retry" })).toBeVisible();
  location.hash = "#/";
  await page.getByRole("link", { name: /is not saved yet/ }).click();
  await expect.element(page.getByText(/Not saved: The library folder/)).toBeVisible();
  location.hash = start;
  await expect.element(userContent()).toHaveTextContent(/Kept\./);
  host.failing.clear();
  await page.getByRole("button", { name: "Retry" }).click();
  await expect.element(saved()).toBeVisible();
  expect(JSON.stringify(host.library.open("wt_start001"))).toContain("Kept.");
});

test("closing the window saves what was typed a moment ago", async () => {
  const { host } = await openWindow(start);
  await userContent().click();
  await userEvent.keyboard("{Control>}{End}{/Control}!");
  await host.requestClose();
  expect(writes(host)).toEqual(["applyEdit"]);
});

test("steps are added, renamed, moved, copied and deleted by keyboard, and the deletion can be undone", async () => {
  const { host } = await openWindow(start);
  await focusSteps();
  await userEvent.keyboard("{Alt>}{ArrowUp}{/Alt}");
  await expect.poll(() => options()[2]).toMatch(/^3Connect/);
  await userEvent.keyboard("{F2}Linked{Enter}");
  await expect.poll(() => options()[2]).toMatch(/^3Linked/);
  await userEvent.keyboard("{Control>}d{/Control}");
  await expect.poll(() => options()[3]).toMatch(/^4Linked \(copy\)/);
  await userEvent.keyboard("{Delete}");
  await expect.poll(() => options().length).toBe(9);
  await page.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => options().length).toBe(10);
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  await expect.element(page.getByRole("textbox", { name: "Step title" }).first()).toHaveFocus();
  await userEvent.keyboard("Added{Enter}");
  await expect.poll(() => options()[4]).toMatch(/^5Added/);
  expect(writes(host)).toEqual([
    "moveSteps",
    "applyEdit",
    "duplicateSteps",
    "applyEdit",
    "undo",
    "addStep",
    "applyEdit",
  ]);
});

test("a step is moved with the pointer", async () => {
  await openWindow(start);
  const rows = page.getByRole("option");
  await expect.element(rows.first()).toBeVisible();
  await userEvent.dragAndDrop(rows.nth(0), rows.nth(5), {
    sourcePosition: { x: 90, y: 20 },
    targetPosition: { x: 90, y: 46 },
    steps: 12,
  });
  await expect.poll(() => options()[5]).toMatch(/^6Check the prerequisites/);
});

test("a title that cannot be is refused beside it and the saved one stays", async () => {
  const { host } = await openWindow(start);
  const title = page.getByRole("textbox", { name: "Step title" });
  await title.fill("x".repeat(201));
  await expect.element(page.getByText(/201 characters long/).first()).toBeVisible();
  expect(host.library.entry("wt_start001").walkthrough.steps[3]?.title).toBe("Connect your first repository");
  await title.fill("Short");
  await expect.element(saved()).toBeVisible();
});

test("a problem leads to its place", async () => {
  await openWindow(start);
  await page.getByRole("tab", { name: /Problems 3/ }).click();
  await page.getByRole("button", { name: /user content of the step.*is empty/ }).click();
  await expect.element(page.getByRole("textbox", { name: "Step title" })).toHaveValue("Fix a failing check");
  await expect.element(userContent()).toHaveFocus();
});

test("the requirement marks follow the type", async () => {
  await openWindow("#/w/wt_start001/details");
  await page.getByRole("combobox", { name: "Type" }).selectOptions("integration");
  await page.getByRole("option", { name: /^4/ }).click();
  await expect.element(page.getByText("required").nth(2)).toBeVisible();
});

test("details and servers are saved", async () => {
  const { host } = await openWindow("#/w/wt_start001/details");
  const walkthrough = () => host.library.entry("wt_start001").walkthrough;
  await page.getByLabelText("Description").fill("From nothing to a green build.");
  await expect.poll(() => walkthrough().description).toBe("From nothing to a green build.");
  await page.getByLabelText("Minutes that a learner needs").fill("25");
  await expect.poll(() => walkthrough().estimated_duration_minutes).toBe(25);
  await page.getByLabelText("Tags").fill("git");
  await userEvent.keyboard("{Enter}");
  await expect.poll(() => walkthrough().tags).toEqual(["onboarding", "git"]);
  await page.getByRole("switch", { name: /Learners of docs/ }).click();
  await expect.poll(() => walkthrough().assignments.find(({ server }) => server === "docs")?.is_enabled).toBe(false);
  await page.getByLabelText("Short name of the server").fill("support");
  await page.getByRole("button", { name: "Assign" }).click();
  await expect.poll(() => walkthrough().assignments.map(({ server }) => server)).toEqual(["cli", "docs", "support"]);
  await page.getByRole("button", { name: "Take it from cli" }).click();
  await expect.poll(() => walkthrough().assignments.map(({ server }) => server)).toEqual(["docs", "support"]);
});

test("panes are resized by keyboard and remember their width", async () => {
  await openWindow(start);
  const separator = page.getByRole("separator", { name: "Width of Steps" });
  await expect.element(separator).toBeVisible();
  const before = Number(separator.element().getAttribute("aria-valuenow"));
  (separator.element() as HTMLElement).focus();
  await userEvent.keyboard("{ArrowRight}{ArrowRight}");
  await expect.element(separator).toHaveAttribute("aria-valuenow", String(before + 32));
  expect(localStorage.getItem("waymark.editor-panes")).toContain(String(before + 32));
});

test("the preview has more room in a wider window, until somebody chooses its width", async () => {
  await openWindow(start);
  const width = () => page.getByRole("separator", { name: "Width of Preview" });
  await page.viewport(1900, 900);
  await expect.element(width()).toHaveAttribute("aria-valuenow", "560");
  await page.viewport(1280, 800);
  await expect.element(width()).toHaveAttribute("aria-valuenow", "397");
});

test("a deletion is undone alone, also when something else was written since", async () => {
  const { host } = await openWindow(start);
  await focusSteps();
  await userEvent.keyboard("{Delete}");
  await expect.poll(() => options().length).toBe(8);
  await userContent().click();
  await userEvent.keyboard("{Control>}{End}{/Control} Later.");
  await page.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => options()[3]).toMatch(/^4Connect your first repository/);
  expect(JSON.stringify(host.library.open("wt_start001"))).toContain("Later.");
});

test("the agent's view follows the title while it is typed", async () => {
  await openWindow(start);
  await page.getByRole("textbox", { name: "Step title" }).fill("A better title");
  await expect.element(page.getByRole("tabpanel")).toHaveTextContent(/Step 4 of 9: A better title/);
});

test("F5 goes to the preview, arrows step through it, and Esc and F5 come back to the text", async () => {
  await openWindow(start);
  await userContent().click();
  await userEvent.keyboard("{F5}");
  await expect.element(page.getByRole("tabpanel")).toHaveFocus();
  await userEvent.keyboard("{ArrowRight}");
  await expect.poll(() => location.hash).toBe("#/w/wt_start001/s/wts_start0014");
  await expect.element(page.getByRole("tabpanel")).toHaveTextContent(/Step 5 of 9/);
  await expect.element(page.getByRole("tabpanel")).toHaveFocus();
  await userEvent.keyboard("{ArrowLeft}{ArrowLeft}");
  await expect.poll(() => location.hash).toBe("#/w/wt_start001/s/wts_start0012");
  expect(await audit()).toEqual([]);
  await userEvent.keyboard("{Escape}");
  await expect.element(userContent()).toHaveFocus();
  await userEvent.keyboard("{F5}");
  await expect.element(page.getByRole("tabpanel")).toHaveFocus();
  await userEvent.keyboard("{F5}");
  await expect.element(page.getByRole("tabpanel")).not.toBeInTheDocument();
  await expect.element(userContent()).toHaveFocus();
});

test("whoever goes to a text sees what the agent makes of it", async () => {
  await openWindow(start);
  await page.viewport(1280, 400);
  const block = () => document.querySelector('[data-from="operations_for_agent"]')?.getBoundingClientRect().top ?? 0;
  await expect.poll(block).toBeGreaterThan(400);
  document.querySelector<HTMLElement>('[data-field="operations_for_agent"] .cm-content')?.focus();
  await expect.poll(block).toBeLessThan(400);
});

test("the agent's text has a menu that leads to where it is written", async () => {
  const { host } = await openWindow(start);
  await page.getByRole("tabpanel").getByText("## Connect a repository").click({ button: "right" });
  await expect.element(page.getByRole("menuitem", { name: /^Copy Ctrl/ })).toHaveAttribute("aria-disabled", "true");
  expect(await audit()).toEqual([]);
  await page.getByRole("menuitem", { name: "Write in the user content" }).click();
  await expect.element(userContent()).toHaveFocus();
  expect(writes(host)).toEqual([]);
});
