import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { audit, openWindow, writes } from "../../app/testing";
import { makeWalkthrough } from "../../ipc/fake/seeds";
import { moveBy } from "./rows";

const offered = (id: string, title: string, order: number) => ({
  ...makeWalkthrough({ id, title, type: "course", steps: [], editedAt: 1_790_000_000_000 }),
  assignments: [{ id: `msw_${id}`, server: "docs", display_order: order, is_enabled: true, created_at: null }],
});

const walkthroughs = () => [offered("wt_a", "Alpha", 1), offered("wt_b", "Beta", 2), offered("wt_c", "Gamma", 3)];
const cell = (name: RegExp) => page.getByRole("button", { name });

test("a walkthrough is assigned, disabled and moved with the keyboard, and taken back", async () => {
  const { host } = await openWindow("#/assignments", { walkthroughs: walkthroughs() });
  await expect.element(cell(/^Alpha on Documentation: place 1$/)).toBeVisible();
  expect(await audit()).toEqual([]);
  (cell(/^Gamma on Documentation/).element() as HTMLElement).focus();
  await userEvent.keyboard("{Alt>}{ArrowUp}{/Alt}");
  await expect.element(cell(/^Gamma on Documentation: place 2, not published yet; there: place 3$/)).toBeVisible();
  await userEvent.keyboard("d");
  await expect.element(cell(/^Gamma on Documentation: place 2, disabled/)).toBeVisible();
  await userEvent.keyboard("{ArrowRight} ");
  await expect.element(cell(/^Gamma on Command line help: place 1/)).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).last().click();
  await expect.element(cell(/^Gamma on Command line help: not assigned/)).toBeVisible();
  expect(writes(host)).toEqual(["arrangeAssignments", "arrangeAssignments", "arrangeAssignments", "undoBulk"]);
  await expect.element(page.getByRole("button", { name: "Publish 2 walkthroughs…" })).toBeEnabled();
  expect(await audit()).toEqual([]);
});

test("a row is dragged to another place on the server that sorts the rows", async () => {
  const { host } = await openWindow("#/assignments", { walkthroughs: walkthroughs() });
  await page.getByRole("button", { name: "Documentation", exact: true }).click();
  const grip = (id: string) => document.querySelector<HTMLElement>(`[data-grip="${id}"]`);
  await expect.poll(() => grip("wt_c")).not.toBeNull();
  const [from, to] = [grip("wt_c"), grip("wt_a")];
  if (!from || !to) throw new Error("no rows");
  from.setPointerCapture = () => undefined;
  const at = (element: Element) => element.getBoundingClientRect().top;
  const fire = (type: string, clientY: number) =>
    from.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, clientY, button: 0, pointerId: 1 }));
  fire("pointerdown", at(from) + 4);
  fire("pointermove", at(to) - 4);
  await new Promise(requestAnimationFrame);
  fire("pointerup", at(to) - 4);
  await expect.poll(() => writes(host)).toEqual(["arrangeAssignments"]);
  const input = host.calls.find(({ name }) => name === "arrangeAssignments")?.input;
  expect(input).toEqual({ server: "docs", walkthroughs: ["wt_c"], wish: { move_before: "wt_a" } });
});

test("hundreds of walkthroughs are rows only where they are seen", async () => {
  const many = Array.from({ length: 400 }, (_, index) => offered(`wt_${index}`, `Number ${index}`, index));
  await openWindow("#/assignments", { walkthroughs: many });
  await expect.element(page.getByRole("grid")).toBeVisible();
  await expect.poll(() => document.querySelectorAll("[role='row']").length).toBeGreaterThan(5);
  expect(document.querySelectorAll("[role='row']").length).toBeLessThan(60);
});

test("a move of so many places leads before the right one", () => {
  const server = { slug: "docs", name: "Docs", is_known: true, order: ["a", "b", "c"] };
  expect(moveBy(server, "c", -1)).toBe("b");
  expect(moveBy(server, "a", 1)).toBe("c");
  expect(moveBy(server, "b", 1)).toBeNull();
  expect(moveBy(server, "a", -1)).toBeUndefined();
  expect(moveBy(server, "b", -3)).toBe("a");
});
