import { QueryClientProvider } from "@tanstack/react-query";
import { expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";
import { troubleOf } from "../ipc/fake/backups";
import { Crash } from "./Crash";
import { makeQueryClient } from "./host";
import { NoLibrary } from "./NoLibrary";
import { audit, lost, openWindow } from "./testing";

const Broken = () => {
  throw new Error("a bug");
};

const editor = "#/w/wt_start001/s/wts_start0013";
const screens: [string, string, string][] = [
  ["the library", "#/", "Getting started with Acme"],
  ["the editor", editor, "Introduction"],
  ["the flow", "#/w/wt_start001/flow", "Connect your first repository"],
  ["the quiz of a step", "#/w/wt_start001/quiz/wts_start0013", "No quiz in this step"],
  ["the details", "#/w/wt_start001/details", "MCP servers"],
  ["the conversation", "#/w/wt_start001/conversation", "Check the prerequisites"],
  ["the runs with models", "#/w/wt_start001/agent-runs", "No provider of models"],
  ["the history", "#/history/wt_start001", "History"],
  ["find and replace", "#/replace", "Find and replace across the library"],
  ["the snippets", "#/snippets", "on-failure"],
  ["the wordings", "#/wordings", "Your organization's"],
  ["the trash", "#/trash", "The trash is empty"],
  ["the looks", "#/settings/appearance", "Theme"],
  ["the language and own words", "#/settings/writing", "acmectl"],
  ["the rules of lint", "#/settings/lint", "literal backslash-n"],
  ["the providers of models", "#/settings/models", "No provider is set up"],
  ["the backups", "#/settings/backups", "Back up now"],
  ["the shortcuts", "#/settings/shortcuts", "Command palette"],
  ["what this Waymark is", "#/settings/about", "Log folder"],
  ["the connections", "#/connections", "Production"],
  ["the agents", "#/agents", "get_next_step"],
  ["the assignments", "#/assignments", "Documentation"],
  ["the releases", "#/releases", "No releases yet"],
  ["publishing", "#/publish/wt_start001", "What it does to learners"],
  ["the import", "#/import", "Bring walkthroughs in"],
  ["an unknown address", "#/nowhere", "There is nothing at this address"],
];

for (const [name, hash, text] of screens) {
  test(`${name} can be used by everybody, also at twice the size`, async () => {
    await openWindow(hash);
    await expect.element(page.getByRole("main").getByText(text, { exact: false }).first()).toBeVisible();
    expect(await audit()).toEqual([]);
    // 1280 x 800 at 200 % has this much room.
    await page.viewport(640, 400);
    await expect.poll(() => innerWidth).toBe(640);
    await new Promise(requestAnimationFrame);
    await expect.poll(lost).toEqual([]);
  });
}

test("the preview's tabs can be used by everybody", async () => {
  await openWindow(editor);
  for (const tab of ["Agent", "User", "Quiz", /Problems/]) {
    await page.getByRole("complementary").or(page.getByRole("main")).getByRole("tab", { name: tab }).last().click();
    expect(await audit()).toEqual([]);
  }
});

test("the palette, the sheet and the menus can be used by everybody", async () => {
  await openWindow(editor);
  await expect.element(page.getByRole("option").first()).toBeVisible();
  await userEvent.keyboard("{Control>}{Shift>}p{/Shift}{/Control}");
  await expect.element(page.getByRole("combobox", { name: "Search commands" })).toHaveFocus();
  expect(await audit()).toEqual([]);
  await userEvent.keyboard("keyboard shortcuts{Enter}");
  await expect.element(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  expect(await audit()).toEqual([]);
  await userEvent.keyboard("{Escape}");
  await page.getByRole("button", { name: "More", exact: true }).first().click();
  await expect.element(page.getByRole("menu")).toBeVisible();
  expect(await audit()).toEqual([]);
  await userEvent.keyboard("{Escape}{Control>}n{/Control}");
  await expect.element(page.getByRole("dialog", { name: "New walkthrough" })).toBeVisible();
  expect(await audit()).toEqual([]);
});

test("a library that cannot be read, and one that is empty, can be used by everybody", async () => {
  await openWindow("#/", { failing: new Set(["listDrafts"]) });
  await expect.element(page.getByRole("alert")).toBeVisible();
  expect(await audit()).toEqual([]);
});

test("a damaged library, its recovery and what was saved can be used by everybody", async () => {
  const { problem } = troubleOf("damaged");
  await openWindow("#/", { ...(problem ? { trouble: problem.error } : {}) });
  await page.getByRole("button", { name: "Recover…" }).click();
  await expect.element(page.getByRole("heading", { name: "The library is damaged" })).toBeVisible();
  expect(await audit()).toEqual([]);
  await page.getByRole("button", { name: "Recover", exact: true }).click();
  await expect.element(page.getByRole("heading", { name: "The library is recovered" })).toBeVisible();
  expect(await audit()).toEqual([]);
});

test("a library that can only be read says so to everybody", async () => {
  const { trouble } = troubleOf("newer");
  await openWindow("#/", { ...(trouble ? { trouble } : {}) });
  await expect.element(page.getByText(/This library can only be read/)).toBeVisible();
  expect(await audit()).toEqual([]);
});

test("a start without a library, and a window that went wrong, can be used by everybody", async () => {
  const { view } = await openWindow("#/");
  await view.unmount();
  const { problem } = troubleOf("damaged");
  if (!problem) throw new Error("the fake knows one");
  const started = await render(
    <QueryClientProvider client={makeQueryClient()}>
      <NoLibrary problem={problem} />
    </QueryClientProvider>,
  );
  await expect.element(page.getByRole("heading", { name: "The library is damaged" })).toBeVisible();
  expect(await audit()).toEqual([]);
  await started.unmount();
  const quiet = vi.spyOn(console, "error").mockImplementation(() => undefined);
  await render(
    <Crash>
      <Broken />
    </Crash>,
  );
  await expect.element(page.getByRole("button", { name: "Reload" })).toBeVisible();
  expect(await audit()).toEqual([]);
  quiet.mockRestore();
});

test("nothing moves for who asked for that", async () => {
  await openWindow("#/");
  const { dataset } = document.documentElement;
  dataset.motion = "reduced";
  const sheet = [...document.styleSheets].flatMap(({ cssRules }) => [...cssRules]);
  const stills = sheet.filter(
    (rule) => rule instanceof CSSStyleRule && rule.selectorText.includes('[data-motion="reduced"]'),
  );
  dataset.motion = "normal";
  expect(stills.map(({ cssText }) => cssText).join(" ")).toMatch(/transition.*!important/);
});
