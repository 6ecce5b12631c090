import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { audit, openWindow } from "../../app/testing";

const report = "#/w/wt_start001/s/wts_start0015";
const userContent = () => page.getByRole("textbox", { name: "User content" });
const underlined = () => document.querySelector('[data-field="content_for_user"] .cm-lintRange-warning');
const toasts = () => page.getByRole("region", { name: "Notifications" });

async function openProblems() {
  const opened = await openWindow(report);
  await page.getByRole("tab", { name: /Problems \d/ }).click();
  const text = () => {
    const content = opened.host.library.entry("wt_start001").walkthrough.steps[5]?.content_fields;
    return content?.version === "v1" ? content.content_for_user : null;
  };
  return { ...opened, text };
}

test("what is wrong is underlined in the text and says why where the pointer rests", async () => {
  await openProblems();
  await expect.poll(() => underlined()?.textContent).toBe("\\n");
  const place = underlined();
  if (place) await userEvent.hover(place);
  await expect.element(page.getByText("It was meant as a line break, and").last()).toBeVisible();
  expect(await audit()).toEqual([]);
  await page.getByRole("button", { name: "Replace with line breaks" }).last().click();
  await expect.poll(underlined).toBeNull();
});

test("a fix changes the text at once and its notice takes it back", async () => {
  const { text } = await openProblems();
  await page.getByRole("button", { name: "Fix: Replace with line breaks" }).click();
  await expect.poll(text).toMatch(/first row:\nthat is/);
  await expect.element(userContent()).not.toHaveTextContent("\\n");
  await toasts().getByRole("button", { name: "Undo" }).click();
  await expect.poll(text).toMatch(/first row:\\nthat is/);
});

test("the problem at the cursor is fixed from the keyboard", async () => {
  const { text } = await openProblems();
  await expect.poll(() => underlined()?.textContent).toBe("\\n");
  await userContent().click();
  await userEvent.keyboard("{Control>}.{/Control}");
  await expect.poll(text).toMatch(/first row:\nthat is/);
});

test("all of one kind are fixed together, also what was typed a moment ago, and one undo takes them back", async () => {
  const { text } = await openProblems();
  await page.getByRole("textbox", { name: "Context" }).click();
  await userEvent.keyboard("one\\n");
  await page.getByRole("button", { name: "Fix all 2 of this kind" }).click();
  await expect.poll(text).toMatch(/first row:\nthat is/);
  await expect.element(page.getByRole("region", { name: /L023/ })).not.toBeInTheDocument();
  await toasts().getByRole("button", { name: "Undo" }).click();
  await expect.poll(text).toMatch(/first row:\\nthat is/);
});

test("a finding is silenced with a reason and shown again", async () => {
  await openProblems();
  const relative = page.getByRole("region", { name: /L028/ });
  await relative.getByRole("button", { name: /Silence L028 in “Invite a teammate”/ }).click();
  const dialog = page.getByRole("dialog");
  await expect.element(dialog.getByRole("button", { name: "Silence", exact: true })).toBeDisabled();
  await dialog.getByLabelText("Why it does not matter here").fill("The file is attached.");
  expect(await audit()).toEqual([]);
  await userEvent.keyboard("{Enter}");
  await expect.element(relative).not.toBeInTheDocument();
  await page.getByText("1 silenced").click();
  await expect.element(page.getByText(/The file is attached\./)).toBeVisible();
  expect(await audit()).toEqual([]);
  await page.getByRole("button", { name: "Show again: L028 in step 8, user content" }).click();
  await expect.element(relative).toBeVisible();
  await toasts().getByRole("button", { name: "Undo" }).click();
  await expect.element(relative).not.toBeInTheDocument();
});

test("a rule is silenced for the whole walkthrough with one reason, which stands once", async () => {
  const { host } = await openProblems();
  const done = page.getByRole("region", { name: /L015/ });
  await done.getByRole("button", { name: "Silence all L015 in the whole walkthrough" }).click();
  await page.getByLabelText("Why it does not matter here").fill("The agent asks.");
  await userEvent.keyboard("{Enter}");
  await expect.element(done).not.toBeInTheDocument();
  await page.getByText(/^\d+ silenced$/).click();
  await expect.element(page.getByText(/L015 · the whole walkthrough · \d+ findings/)).toBeVisible();
  const silence = host.calls.filter(({ name }) => name === "silenceFindings").at(-1)?.input;
  expect(silence).toMatchObject({ silence: { rule: "L015", step: null, field: null } });
});

test("by keyboard alone: F8 to the word, F7 for what can be done, and the word is written as meant", async () => {
  const { host } = await openProblems();
  await page.getByRole("textbox", { name: "Context" }).click();
  await userEvent.keyboard("See teh file.");
  await expect.poll(() => document.querySelector(".cm-lintRange-info")?.textContent).toBe("teh");
  await expect.element(page.getByRole("region", { name: /L050/ })).toBeVisible();
  await userEvent.keyboard("{F8}");
  await expect.poll(() => getSelection()?.toString()).toBe("\\n");
  await userEvent.keyboard("{Shift>}{F8}{/Shift}{F7}");
  const menu = page.getByRole("dialog", { name: "What to do: unknown word" });
  await expect.element(menu.getByRole("option", { name: "Write “the”" })).toBeVisible();
  expect(await audit()).toEqual([]);
  await userEvent.keyboard("write the{Enter}");
  await expect.poll(() => host.calls.some(({ name }) => name === "replaceWord")).toBe(true);
  await expect.element(page.getByRole("textbox", { name: "Context" })).toHaveTextContent("See the file.");
});

test("only the chosen severities are listed", async () => {
  await openProblems();
  await page.getByRole("button", { name: "2 warnings" }).click();
  await expect.element(page.getByRole("region", { name: /L028/ })).not.toBeInTheDocument();
  await expect.element(page.getByRole("region", { name: /L006/ })).toBeVisible();
});

test("an unknown word is corrected from its menu, or added to the own words", async () => {
  const { host } = await openProblems();
  await page.getByRole("textbox", { name: "Context" }).click();
  await userEvent.keyboard("See teh file.");
  const unknown = page.getByRole("region", { name: /L050/ });
  await unknown.getByRole("button", { name: "Correct “teh”" }).click();
  await expect.element(page.getByRole("menuitem", { name: "Add “teh” to the library's words" })).toBeVisible();
  expect(await audit()).toEqual([]);
  await page.getByRole("menuitem", { name: "the", exact: true }).click();
  await expect.element(unknown).not.toBeInTheDocument();
  expect(host.calls.some(({ name }) => name === "replaceWord")).toBe(true);
});

test("links are checked when somebody asks", async () => {
  await openProblems();
  await page.getByRole("button", { name: "Check links" }).click();
  await expect.element(toasts().getByText("3 links: 0 dead.")).toBeVisible();
});

test("the problems can be used by everybody", async () => {
  await openProblems();
  await expect.element(page.getByRole("region", { name: /L023/ })).toBeVisible();
  expect(await audit()).toEqual([]);
});

test("a finding in a title leads to its place there, and is silenced for titles alone", async () => {
  const { host } = await openProblems();
  const title = page.getByRole("textbox", { name: "Step title" });
  await title.fill("Read TODO it");
  const found = page.getByRole("region", { name: /L029/ });
  await found.getByRole("button", { name: /^The title contains/ }).click();
  await expect.element(title).toHaveFocus();
  const input = title.element() as HTMLTextAreaElement;
  await expect.poll(() => [input.selectionStart, input.selectionEnd]).toEqual([5, 9]);
  await found.getByRole("button", { name: /^Silence L029/ }).click();
  await page.getByRole("textbox", { name: "Why it does not matter here" }).fill("It is a name.");
  await page.getByRole("button", { name: "Silence", exact: true }).click();
  await expect
    .poll(() => host.calls.find(({ name }) => name === "silenceFindings")?.input)
    .toMatchObject({ silence: { rule: "L029", field: null, part: "title" } });
});
