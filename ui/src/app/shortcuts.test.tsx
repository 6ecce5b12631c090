import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { offeredNow } from "../ui/actions";
import { allSpecs } from "../ui/keymap";
import { openWindow } from "./testing";

const editor = "#/w/wt_start001/s/wts_start0013";

const offeredKeys = () => offeredNow().flatMap(({ id, shortcut }) => (shortcut ? [`${id} ${shortcut}`] : []));
const listedKeys = () => allSpecs().map(({ id, shortcut }) => `${id} ${shortcut}`);

test("whatever has keys in the editor is listed, with the same keys", async () => {
  await openWindow(editor);
  await expect.element(page.getByRole("option").first()).toBeVisible();
  expect(offeredKeys().length).toBeGreaterThan(30);
  expect(listedKeys()).toEqual(expect.arrayContaining(offeredKeys()));
});

test("whatever has keys in the library is listed, with the same keys", async () => {
  await openWindow("#/");
  await expect.element(page.getByText("Getting started with Acme", { exact: true })).toBeVisible();
  expect(offeredKeys()).toContain("select-all Mod+A");
  expect(listedKeys()).toEqual(expect.arrayContaining(offeredKeys()));
});

test("whatever has keys in a conversation is listed, with the same keys", async () => {
  await openWindow("#/w/wt_start001/conversation");
  await expect.element(page.getByText(/^Turn 1 of/)).toBeVisible();
  await expect.poll(offeredKeys).toContain("next-turn ArrowRight");
  expect(listedKeys()).toEqual(expect.arrayContaining(offeredKeys()));
});

test("what each screen can do is in the palette there, and what the window can do is everywhere", async () => {
  const everywhere = [
    ...["new", "import", "quick-open", "replace", "snippets", "theme", "logs"],
    ...["settings-lint", "settings-writing", "settings-backups", "settings-shortcuts"],
  ];
  const here: [string, string[]][] = [
    ["#/", ["select-all", "find-here"]],
    [
      editor,
      ["problems", "problem-menu", "check-links", "duplicate-draft", "trash-whole", "save-template", "bold", "publish"],
    ],
    ["#/w/wt_start001/flow", ["straighten-flow", "flow-graph", "flow-list", "insert-step"]],
    ["#/w/wt_start001/conversation", ["next-turn", "repeat-call", "save-conversation", "leave-conversation"]],
    ["#/history/wt_start001", ["back-to-text"]],
    ["#/settings/backups", ["back-up"]],
    ["#/import", []],
    ["#/snippets", []],
  ];
  await openWindow("#/");
  for (const [hash, ids] of here) {
    location.hash = hash;
    await expect.poll(() => offeredNow().map(({ id }) => id)).toEqual(expect.arrayContaining([...everywhere, ...ids]));
  }
  const labelOf = (id: string) => offeredNow().find((action) => action.id === id)?.label;
  await expect.poll(() => labelOf("new")).toBe("New snippet");
  location.hash = "#/import";
  await expect.poll(() => labelOf("import")).toBe("Choose files");
});

test("Ctrl+Alt+H shows the history of the walkthrough, Ctrl+Shift+H replaces in the library", async () => {
  await openWindow(editor);
  await expect.element(page.getByRole("option").first()).toBeVisible();
  await userEvent.keyboard("{Control>}{Alt>}h{/Alt}{/Control}");
  await expect.poll(() => location.hash).toMatch(/^#\/history\/wt_start001/);
  location.hash = editor;
  await expect.element(page.getByRole("option").first()).toBeVisible();
  await userEvent.keyboard("{Control>}{Shift>}h{/Shift}{/Control}");
  await expect.poll(() => location.hash).toMatch(/^#\/replace/);
});

test("the sheet shows every shortcut by where it works, and finds one by its words or its keys", async () => {
  await openWindow("#/");
  await expect.element(page.getByText("Getting started with Acme", { exact: true })).toBeVisible();
  await userEvent.keyboard("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect.element(sheet.getByText("Duplicate the step")).toBeVisible();
  for (const [key, what] of [
    ["L", "Choose where the step leads"],
    ["P", "Make the step follow the order"],
    ["/", "Filter the steps"],
    ["Space", "Select the walkthrough"],
    ["Shift Enter", "Insert a step above"],
    ["→", "Next step"],
    ["Alt ↑", "Move the answer up"],
  ] as const)
    expect(sheet.element().textContent).toContain(`${what}: ${key}`);
  await userEvent.keyboard("ctrl shift");
  await expect.element(sheet.getByText("Command palette")).toBeVisible();
  await expect.element(sheet.getByText("Duplicate the step")).not.toBeInTheDocument();
  await userEvent.keyboard("{Control>}a{/Control}no such thing");
  await expect.element(sheet.getByText("No shortcut has these words or keys.")).toBeVisible();
});

test("the native menu runs what the window offers, and nothing behind a question", async () => {
  const { host } = await openWindow(editor);
  await expect.element(page.getByRole("option").first()).toBeVisible();
  host.choose("insert-step");
  await expect.element(page.getByRole("textbox", { name: "Step title" }).first()).toBeVisible();
  await expect.poll(() => host.calls.filter(({ name }) => name === "addStep").length).toBe(1);
  host.choose("shortcuts");
  await expect.element(page.getByRole("dialog")).toBeVisible();
  host.choose("insert-step");
  host.choose("no-such-action");
  await userEvent.keyboard("{Escape}");
  await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
  expect(host.calls.filter(({ name }) => name === "addStep").length).toBe(1);
});

test("the menu is told what can be done on this screen", async () => {
  const { host } = await openWindow("#/");
  const enabled = (id: string) => {
    const text = JSON.stringify(host.calls.filter(({ name }) => name === "showMenu").at(-1)?.input ?? null);
    return new RegExp(`"id":"${id}"[^}]*"is_enabled":true`).test(text);
  };
  await expect.poll(() => enabled("new")).toBe(true);
  expect(enabled("insert-step")).toBe(false);
  location.hash = editor;
  await expect.poll(() => enabled("insert-step")).toBe(true);
});

test("F6 goes round the parts of the window, Shift back, and the first Tab skips to the content", async () => {
  await openWindow(editor);
  await expect.element(page.getByRole("option").first()).toBeVisible();
  const pane = () => document.activeElement?.closest("[data-pane], header")?.getAttribute("aria-label") ?? "header";
  const seen: string[] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    await userEvent.keyboard("{F6}");
    seen.push(pane());
  }
  expect(seen).toEqual(["header", "Steps", "Text", "Preview", "header"]);
  await userEvent.keyboard("{Shift>}{F6}{/Shift}");
  expect(pane()).toBe("Preview");
});

test("F6 comes to a message and its Undo while it is shown, and from there back to where one was", async () => {
  await openWindow(editor);
  await page.getByRole("option").first().click();
  const before = document.activeElement;
  await userEvent.keyboard("{Delete}");
  const undo = page.getByRole("button", { name: "Undo" }).last();
  await expect.element(undo).toBeVisible();
  await userEvent.keyboard("{F6}{F6}{F6}{F6}");
  const at = () => document.activeElement?.closest("[data-notifications]");
  for (let turn = 0; turn < 6 && !at(); turn += 1) await userEvent.keyboard("{F6}");
  expect(at()).not.toBeNull();
  expect(document.activeElement?.textContent).toBe("Undo");
  await userEvent.keyboard("{Enter}");
  await expect.poll(() => document.activeElement === document.body).toBe(false);
  expect(at()).toBeFalsy();
  expect(before).not.toBeNull();
});

test("the keys of a list work in its text, on a keyboard that makes marks of digits", async () => {
  await openWindow(editor);
  const text = page.getByRole("textbox", { name: "User content" });
  await text.click();
  const content = text.element();
  const before = content.textContent ?? "";
  const press = (key: string, code: string) =>
    content.dispatchEvent(
      new KeyboardEvent("keydown", { key, code, ctrlKey: true, shiftKey: true, bubbles: true, cancelable: true }),
    );
  press("*", "Digit8");
  await expect.poll(() => content.textContent).not.toBe(before);
  press("*", "Digit8");
  await expect.poll(() => content.textContent).toBe(before);
  press("&", "Digit7");
  await expect.poll(() => content.textContent).toMatch(/1\. /);
});

test("the first stop for Tab leads past what is the same on every screen", async () => {
  await openWindow(editor);
  await expect.element(page.getByRole("option").first()).toBeVisible();
  const skip = page.getByRole("button", { name: "Skip to the content" });
  const [first] = document.querySelectorAll("button, a[href], input, [tabindex='0']");
  expect(first).toBe(skip.element());
  skip.element().focus();
  await userEvent.keyboard("{Enter}");
  expect(document.activeElement?.closest("main")).not.toBeNull();
});

test("nothing keeps the keyboard: Tab goes through the editor and comes out of its texts", async () => {
  await openWindow(editor);
  await page.getByRole("textbox", { name: "User content" }).click();
  await userEvent.keyboard("{Escape}{Tab}");
  await expect.element(page.getByRole("textbox", { name: "User content" })).not.toHaveFocus();
});

test("a screen that is gone leaves the focus at the content of the next", async () => {
  await openWindow("#/");
  await page.getByRole("link", { name: "Trash" }).click();
  await expect.element(page.getByText("The trash is empty")).toBeVisible();
  await expect.poll(() => document.activeElement?.tagName).not.toBe("BODY");
});
