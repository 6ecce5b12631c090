import { EditorView } from "@codemirror/view";
import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { audit, openWindow, writes } from "../../../app/testing";

const start = "#/w/wt_start001/s/wts_start0013";
const field = (name: string) => page.getByRole("textbox", { name, exact: true });
const userContent = () => field("User content");
const find = () => page.getByRole("textbox", { name: "Find", exact: true });

function viewOf(name: string): EditorView {
  const view = EditorView.findFromDOM(
    document.querySelector<HTMLElement>(`[data-field="${name}"] .cm-content`) as HTMLElement,
  );
  if (!view) throw new Error(`There is no text ${name}.`);
  return view;
}

async function openStep(look: "light" | "dark" = "light") {
  const opened = await openWindow(start, {}, look);
  await expect.element(userContent()).toBeVisible();
  const text = () => {
    const content = opened.host.library.entry("wt_start001").walkthrough.steps[3]?.content_fields;
    return content?.version === "v1" ? content : null;
  };
  return { ...opened, text };
}

/** Empties the user content, so that a test says what is in it. */
async function write(text: string) {
  await userContent().click();
  const view = viewOf("content_for_user");
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: text.length } });
  return view;
}

test("keys and the bar format what is selected, and the text keeps the focus", async () => {
  await openStep();
  const view = await write("one two");
  await userEvent.keyboard("{Control>}b{/Control}");
  expect(view.state.doc.toString()).toBe("one **two**");
  await page.getByRole("toolbar", { name: "Format" }).getByRole("button", { name: "Bulleted list" }).click();
  expect(view.state.doc.toString()).toBe("- one **two**");
  await expect.element(userContent()).toHaveFocus();
  await userEvent.keyboard("{End}{Enter}three{Enter}{Enter}done");
  expect(view.state.doc.toString()).toBe("- one **two**\n- three\ndone");
  expect(await audit()).toEqual([]);
});

test("Tab indents, and after Esc it leaves the text", async () => {
  await openStep();
  const view = await write("- a\n- b");
  await userEvent.keyboard("{Tab}");
  expect(view.state.doc.toString()).toBe("- a\n  - b");
  await userEvent.keyboard("{Escape}{Tab}");
  expect(view.state.doc.toString()).toBe("- a\n  - b");
  await expect.element(userContent()).not.toHaveFocus();
});

test("a page is pasted as Markdown, plain text as it is, and an address over words as a link", async () => {
  await openStep();
  const view = await write("");
  const paste = (types: Record<string, string>) => {
    const clipboardData = new DataTransfer();
    for (const [type, text] of Object.entries(types)) clipboardData.setData(type, text);
    view.contentDOM.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  };
  paste({ "text/html": "<h2>Title</h2><p>A <b>b</b></p>", "text/plain": "Title A b" });
  await expect.poll(() => view.state.doc.toString()).toBe("## Title\n\nA **b**");
  view.dispatch({ selection: { anchor: 3, head: 8 } });
  paste({ "text/plain": "https://a.example/" });
  expect(view.state.doc.toString()).toBe("## [Title](https://a.example/)\n\nA **b**");
});

test("find goes through the four texts, and replacing everything is one edit", async () => {
  const { host, text } = await openStep();
  await userContent().click();
  await userEvent.keyboard("{Control>}h{/Control}");
  await expect.element(find()).toHaveFocus();
  await find().fill("acme");
  await expect.element(page.getByRole("status").filter({ hasText: /found/ })).toBeVisible();
  expect(document.querySelectorAll(".cm-match").length).toBeGreaterThan(3);
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByRole("status").filter({ hasText: /^\d+ of \d+$/ })).toBeVisible();
  expect(await audit()).toEqual([]);
  const before = JSON.stringify(text());
  await page.getByRole("textbox", { name: "Replace with" }).fill("Harbor");
  const saves = writes(host).length;
  await page.getByRole("button", { name: "Replace all" }).click();
  await expect.poll(() => JSON.stringify(text())).not.toMatch(/acme/i);
  expect(writes(host).length - saves).toBe(1);
  await page.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => JSON.stringify(text())).toBe(before);
  await find().click();
  await userEvent.keyboard("{Escape}");
  await expect.element(find()).not.toBeInTheDocument();
});

test("patterns have groups, and one that is none says so", async () => {
  await openStep();
  const view = await write("one-1 two-2");
  await userEvent.keyboard("{Control>}h{/Control}");
  await page.getByRole("button", { name: "Regular expression" }).click();
  await find().fill("(\\w+)-(\\d");
  await expect.element(page.getByText("This is not a regular expression.")).toBeVisible();
  await find().fill("(\\w+)-(\\d)");
  await page.getByRole("textbox", { name: "Replace with" }).fill("$2:$1");
  await page.getByRole("button", { name: "Replace all" }).click();
  await expect.poll(() => view.state.doc.toString()).toBe("1:one 2:two");
});

test("problems are underlined before anything is saved, and F8 goes to them", async () => {
  const { host } = await openStep();
  host.failing.add("applyEdit");
  await write("Here\\nthere");
  await expect.poll(() => document.querySelector(".cm-lintRange-warning")?.textContent).toBe("\\n");
  await userEvent.keyboard("{F8}");
  await expect.element(page.getByText("It was meant as a line break, and").last()).toBeVisible();
  const view = viewOf("content_for_user");
  expect(view.state.sliceDoc(view.state.selection.main.from, view.state.selection.main.to)).toBe("\\n");
  expect(await audit()).toEqual([]);
  host.failing.clear();
  await page.getByRole("button", { name: "Silence…" }).last().click();
  await expect.element(page.getByRole("dialog", { name: /Silence L023/ })).toBeVisible();
});

test("a snippet is put in by its name, and a selection becomes one", async () => {
  await openStep();
  const view = await write("");
  await userEvent.keyboard("Before. /ask");
  await expect.element(page.getByRole("option", { name: /\/ask-first/ })).toBeVisible();
  await userEvent.keyboard("{Enter}");
  expect(view.state.doc.toString()).toBe("Before. Ask before you run anything that changes files.\n");
  view.dispatch({ selection: { anchor: 0, head: 7 } });
  await page
    .getByRole("button", { name: /More formats/ })
    .first()
    .click();
  await page.getByRole("menuitem", { name: "Save selection as snippet…" }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("before");
  expect(await audit()).toEqual([]);
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByText(/Type \/before where you need it/)).toBeVisible();
  await userContent().click();
  await userEvent.keyboard("{Control>}{End}{/Control}/bef");
  await expect.element(page.getByRole("option", { name: /\/before/ })).toBeVisible();
});

test("files dropped on a text are linked there, and shown to the user's view; elsewhere they are imported", async () => {
  const { host } = await openStep();
  const view = await write("See ");
  const { left, top } = view.contentDOM.getBoundingClientRect();
  const at = { x: Math.round(left + 40), y: Math.round(top + 8) };
  host.drag(at);
  expect(document.querySelectorAll("[data-drop]").length).toBe(1);
  host.drop(["/home/writer/Screen Shot.png"], at);
  await expect.poll(() => view.state.doc.toString()).toBe("See ![Screen Shot](files/Screen-Shot.png)");
  expect(document.querySelectorAll("[data-drop]").length).toBe(0);
  host.drop(["/home/writer/tour.json"], { x: 5, y: 5 });
  await expect.poll(() => location.hash).toBe("#/import");
});

/** Opens the step where every command takes a while, and the user content ends in `See `. */
async function openSlowStep() {
  const { host } = await openWindow(start, { latency: 250 });
  await expect.element(userContent()).toBeVisible();
  const view = await write("See ");
  const textOf = (index: number) => {
    const content = host.library.entry("wt_start001").walkthrough.steps[index]?.content_fields;
    return content?.version === "v1" ? (content.content_for_user ?? "") : "";
  };
  const { left, top } = view.contentDOM.getBoundingClientRect();
  const drop = () => host.drop(["/home/writer/a.png"], { x: Math.round(left + 40), y: Math.round(top + 8) });
  return { host, view, textOf, drop };
}

test("a file that is still being copied is linked in the step where it was dropped, also when another is shown", async () => {
  const { view, textOf, drop } = await openSlowStep();
  const other = textOf(2);
  drop();
  location.hash = "#/w/wt_start001/s/wts_start0012";
  await expect.poll(() => textOf(3)).toBe("See ![a](files/a.png)");
  expect(view.state.doc.toString()).toBe(other);
  expect(textOf(2)).toBe(other);
});

test("what is written while a file is being copied stays where it is, and so does the cursor", async () => {
  const { view, drop } = await openSlowStep();
  drop();
  view.dispatch({ changes: { from: 0, insert: "Now: " }, selection: { anchor: 2 } });
  await expect.poll(() => view.state.doc.toString()).toBe("Now: See ![a](files/a.png)");
  expect(view.state.selection.main.head).toBe(2);
});

test("a file whose text is folded is linked all the same", async () => {
  const { textOf, drop } = await openSlowStep();
  drop();
  await page.getByRole("button", { name: "Fold user content" }).click();
  await expect.poll(() => textOf(3)).toBe("See ![a](files/a.png)");
  await page.getByRole("button", { name: "Unfold user content" }).click();
  await expect.element(userContent()).toHaveTextContent("See ![a](files/a.png)");
});

test("a file whose step is gone is kept, and it is said that nothing links to it", async () => {
  const { host } = await openStep();
  let choose: (paths: string[]) => void = () => undefined;
  const { openAttachments } = host.dialogs;
  host.dialogs.openAttachments = () => new Promise((done) => (choose = done));
  await write("See ");
  await page.getByRole("button", { name: "More formats" }).first().click();
  await page.getByRole("menuitem", { name: /file/ }).click();
  await page.getByRole("option", { selected: true }).click();
  await userEvent.keyboard("{Delete}");
  await expect.element(page.getByText(/is deleted/)).toBeVisible();
  choose(["/home/writer/a.png"]);
  await expect.element(page.getByRole("alert")).toHaveTextContent(/nothing links to it.*files\/a\.png/);
  host.dialogs.openAttachments = openAttachments;
});

test("one field fills the window, and Esc brings the others back", async () => {
  await openStep();
  await userContent().click();
  await userEvent.keyboard("{Control>}{Shift>}{Enter}{/Shift}{/Control}");
  await expect.element(field("Context")).not.toBeInTheDocument();
  expect(userContent().element().closest("[data-scroll]")?.getBoundingClientRect().width).toBe(1280);
  expect(await audit()).toEqual([]);
  await userEvent.keyboard("{Escape}");
  await expect.element(field("Context")).toBeVisible();
  await expect.element(userContent()).toHaveFocus();
});

test("snippets are kept on a screen of their own", async () => {
  await openWindow("#/snippets");
  await expect.element(page.getByText("/ask-first")).toBeVisible();
  expect(await audit()).toEqual([]);
  await page.getByRole("button", { name: "New snippet" }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("two words");
  await page.getByRole("textbox", { name: "Text", exact: true }).fill("x");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect.element(page.getByText(/cannot be called/)).toBeVisible();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("two");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect.element(page.getByText("/two", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Remove two" }).click();
  await expect.element(page.getByText("/two", { exact: true })).not.toBeInTheDocument();
  await page.getByRole("region", { name: "Notifications" }).getByRole("button", { name: "Undo" }).click();
  await expect.element(page.getByText("/two", { exact: true })).toBeVisible();
});

test("the second button asks what can be done with what is selected", async () => {
  const { host } = await openStep();
  const view = await write("one two");
  view.dispatch({ selection: { anchor: 0, head: 3 } });
  await userContent()
    .getByText("one two")
    .click({ button: "right", position: { x: 8, y: 8 } });
  const menu = page.getByRole("menu", { name: "What can be done here" });
  await expect.element(menu).toBeVisible();
  expect(await audit()).toEqual([]);
  await menu.getByRole("menuitem", { name: "Format" }).click();
  await page.getByRole("menuitem", { name: /^Bold/ }).click();
  await expect.poll(() => view.state.doc.toString()).toBe("**one** two");
  await expect.element(userContent()).toHaveFocus();
  view.dispatch({ selection: { anchor: 2, head: 5 } });
  await userEvent.keyboard("{Shift>}{F10}{/Shift}");
  await menu.getByRole("menuitem", { name: /^Cut/ }).click();
  await expect
    .poll(() => host.calls.findLast(({ name }) => name === "editSelection"))
    .toEqual({ name: "editSelection", input: "cut" });
});

test("at an unknown word the menu has what may be meant, and that it is right", async () => {
  const { host } = await openStep();
  const view = await write("See teh list.");
  await expect.poll(() => document.querySelectorAll('[data-field="content_for_user"] .cm-lintRange').length).toBe(1);
  view.dispatch({ selection: { anchor: 5 } });
  await userEvent.keyboard("{Shift>}{F10}{/Shift}");
  await expect.element(page.getByText(/unknown word teh/)).toBeVisible();
  await page.getByRole("menuitem", { name: "the", exact: true }).click();
  await expect.poll(() => view.state.doc.toString()).toBe("See the list.");
  await write("See teh list.");
  view.dispatch({ selection: { anchor: 5 } });
  await expect.poll(() => document.querySelectorAll('[data-field="content_for_user"] .cm-lintRange').length).toBe(1);
  await userEvent.keyboard("{Shift>}{F10}{/Shift}");
  await page.getByRole("menuitem", { name: /Add “teh”/ }).click();
  await expect.poll(() => host.calls.filter(({ name }) => name === "addWord").length).toBe(1);
});
