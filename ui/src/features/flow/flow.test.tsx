import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { audit, openWindow, writes } from "../../app/testing";
import type { FakeHost } from "../../ipc/fake/host";

const start = "#/w/wt_start001/flow/wts_start0013";
const graph = () => page.getByRole("application", { name: "Steps and the ways between them" });
const links = (host: FakeHost) => host.library.entry("wt_start001").walkthrough.steps.map((step) => step.next_step_id);

async function focusGraph() {
  await expect.element(graph()).toBeVisible();
  await expect.element(page.getByText("Connect your first repository").nth(1)).toBeVisible();
  (graph().element() as HTMLElement).focus();
}

test("a link is drawn, made plain and removed by keyboard, and each is undone", async () => {
  const { host } = await openWindow(start);
  await focusGraph();
  await userEvent.keyboard("l");
  await expect.element(page.getByRole("combobox", { name: "Find a step by number or title" })).toHaveFocus();
  await userEvent.keyboard("teammate{Enter}");
  await expect.poll(() => links(host)[3]).toBe("wts_start0017");
  await expect.element(page.getByText("Step 4 leads to step 8.")).toBeInTheDocument();
  await expect.element(page.getByText(/leads to 8 Invite a teammate/).first()).toBeVisible();
  await expect.poll(() => document.activeElement).toBe(graph().element());
  await userEvent.keyboard("p");
  await expect.poll(() => links(host)[3]).toBe("wts_start0014");
  await userEvent.keyboard("{Delete}");
  await expect.poll(() => links(host)[3]).toBe(null);
  for (const expected of ["wts_start0014", "wts_start0017", null]) {
    await userEvent.keyboard("{Control>}z{/Control}");
    await expect.poll(() => links(host)[3]).toBe(expected);
  }
  expect(location.hash, "undo stays in the flow").toContain("/flow/");
  expect(writes(host)).toEqual(["applyEdit", "straightenFlow", "applyEdit", "undo", "undo", "undo"]);
});

test("a link is drawn with the pointer", async () => {
  const { host } = await openWindow(start);
  await focusGraph();
  const box = (id: string) => document.querySelector<HTMLElement>(`[data-flow-step="${id}"]`);
  await expect.poll(() => box("wts_start0015")).not.toBe(null);
  const [from, to] = [box("wts_start0013"), box("wts_start0015")];
  if (!from || !to) throw new Error("BUG: a step is not drawn.");
  const { width, height } = from.getBoundingClientRect();
  await userEvent.dragAndDrop(from, to, {
    sourcePosition: { x: width / 2, y: height },
    targetPosition: { x: width / 2, y: 2 },
    steps: 12,
  });
  await expect.poll(() => links(host)[3]).toBe("wts_start0015");
});

test("arrows choose, and Enter opens the step", async () => {
  await openWindow(start);
  await focusGraph();
  await userEvent.keyboard("{ArrowDown}");
  await expect.poll(() => location.hash).toBe("#/w/wt_start001/flow/wts_start0014");
  await userEvent.keyboard("{ArrowRight}");
  await expect.poll(() => location.hash).toBe("#/w/wt_start001/flow/wts_start0015");
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByRole("textbox", { name: "Step title" })).toHaveValue("Read the build report");
});

test("circles, steps that are jumped over and links to nowhere are marked, and all follow the order again", async () => {
  const { host } = await openWindow("#/");
  const link = (from: number, to: string) =>
    host.library.apply("wt_start001", { edit: "set_link", step: `wts_start001${from}`, next: to });
  link(2, "wts_start0015");
  link(6, "wts_start0013");
  link(7, "wts_gone");
  location.hash = start;
  await expect.element(page.getByText("1 circle · 1 step no way leads to · 1 link to nowhere")).toBeVisible();
  await page.getByRole("tab", { name: "List" }).click();
  const cell = page.getByRole("button", { name: /Step 8 leads to wts_gone, which does not exist/ });
  await expect.element(cell).toBeVisible();
  await cell.click();
  await userEvent.keyboard("9{Enter}");
  await expect.poll(() => links(host)[7]).toBe("wts_start0018");
  await page.getByRole("button", { name: "Follow the order everywhere" }).click();
  await expect.element(page.getByText("Every step is led to, and the way comes to an end.")).toBeVisible();
  await page.getByRole("combobox", { name: "Learners follow" }).selectOptions("linked");
  await expect.poll(() => host.library.entry("wt_start001").walkthrough.metadata).toContain("linked");
});

test("five hundred steps are drawn, and chosen without delay", async () => {
  const { largeLibrary } = await import("../../ipc/fake/seeds");
  await openWindow("#/w/wt_huge0001/flow", { walkthroughs: largeLibrary(0).slice(0, 1) });
  await expect.element(graph()).toBeVisible();
  await expect.poll(() => document.querySelectorAll("[data-flow-step]").length).toBeGreaterThan(3);
  expect(document.querySelectorAll("[data-flow-step]").length, "only what is in view exists").toBeLessThan(60);
  (graph().element() as HTMLElement).focus();
  await userEvent.keyboard("{End}");
  await expect.element(page.getByText("Step with a number 500").nth(1)).toBeVisible();
});

test("the flow can be used by everybody", async () => {
  await openWindow(start);
  await focusGraph();
  expect(await audit()).toEqual([]);
  await userEvent.keyboard("l");
  await expect.element(page.getByRole("dialog")).toBeVisible();
  expect(await audit()).toEqual([]);
  await userEvent.keyboard("{Escape}");
  await page.getByRole("tab", { name: "List" }).click();
  await expect.element(page.getByRole("table")).toBeVisible();
  expect(await audit()).toEqual([]);
});

test("each step has a menu, by keyboard as by pointer, in the graph and in the list", async () => {
  const { host } = await openWindow(start);
  await focusGraph();
  await userEvent.keyboard("{Shift>}{F10}{/Shift}");
  const menu = page.getByRole("menu", { name: "Connect your first repository" });
  await expect.element(menu).toBeVisible();
  expect(await audit()).toEqual([]);
  await userEvent.keyboard("{Escape}");
  await expect.poll(() => document.activeElement).toBe(graph().element());
  await page.getByRole("tab", { name: "List" }).click();
  await page.getByRole("row", { name: /^8 .*Invite a teammate/ }).click({ button: "right" });
  await page.getByRole("menuitem", { name: /^Link to/ }).click();
  await expect.element(page.getByRole("combobox", { name: "Find a step by number or title" })).toHaveFocus();
  await userEvent.keyboard("prerequisites{Enter}");
  await expect.poll(() => links(host)[7]).toBe("wts_start0010");
  await page.getByRole("row", { name: /^8 .*Invite a teammate/ }).click({ button: "right" });
  await page.getByRole("menuitem", { name: /^Remove the link/ }).click();
  await expect.poll(() => links(host)[7]).toBe(null);
});
