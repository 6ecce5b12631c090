import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { audit, openWindow } from "../../app/testing";

const template = () => page.getByRole("textbox", { name: "Template" });
const output = () => page.getByRole("region", { name: "What an agent receives" });
const gallery = () => page.getByRole("region", { name: "Wordings", exact: true });
const button = (name: string | RegExp) => page.getByRole("button", { name, exact: true });

async function write(text: string) {
  await template().click();
  await userEvent.keyboard("{Control>}a{/Control}");
  // Braces are keys to the one who types, and lines are ended by one.
  await userEvent.keyboard(text.replace(/[{[]/g, "$&$&").replaceAll("\n", "{Enter}"));
}

test("a built-in wording is shown with its text and cost, and duplicated to be changed", async () => {
  const { host } = await openWindow("#/wordings");
  await expect.element(output().getByText("Let us start.")).toBeVisible();
  await expect.element(output().getByText(/for the wording, as many as the default/)).toBeVisible();
  await expect.element(template()).toHaveAttribute("aria-readonly", "true");
  await gallery()
    .getByRole("button", { name: /compact/ })
    .click();
  await button("Duplicate").click();
  await expect.element(page.getByRole("textbox", { name: "Name" })).toHaveValue("compact (copy)");
  await page.getByRole("textbox", { name: "Name" }).fill("Ours");
  await write("Do {{ step.title }}");
  await expect.element(output().getByText("Do Start the first project")).toBeVisible();
  await userEvent.keyboard("{Control>}s{/Control}");
  await expect.element(gallery().getByRole("button", { name: /^Ours/ })).toHaveAttribute("aria-current", "true");
  expect(host.calls.find(({ name }) => name === "saveWording")?.input).toMatchObject({
    wording: { name: "Ours", text: "Do {{ step.title }}" },
    was: null,
  });
  expect(await audit()).toEqual([]);
});

test("what is wrong is underlined, said with its place, and leads there", async () => {
  await openWindow("#/wordings");
  await button("New wording").click();
  await write("Do\n{{ step.titel }}");
  const problem = button(/Line 2, column 4 There is no variable/);
  await expect.element(problem).toBeVisible();
  await expect.poll(() => document.querySelector(".cm-lintRange-warning")?.textContent).toBe("step.titel");
  await problem.click();
  await expect.poll(() => document.activeElement?.classList.contains("cm-content")).toBe(true);
  await write("Do {{ step");
  await expect.element(output().getByText("There is no text until the errors are mended.")).toBeVisible();
  expect(await audit()).toEqual([]);
});

test("names complete themselves inside a tag", async () => {
  await openWindow("#/wordings");
  await button("New wording").click();
  await write("{{ step.ti");
  await expect.element(page.getByRole("option", { name: /step.title/ })).toBeVisible();
  await userEvent.keyboard("{Enter}");
  await expect.element(template()).toHaveTextContent("{{ step.title");
});

test("what is typed is kept when one goes away, and a refusal is said where it belongs", async () => {
  const { host } = await openWindow("#/wordings");
  await button("New wording").click();
  await page.getByRole("textbox", { name: "Name" }).fill("default");
  await button("Save").click();
  await expect.element(page.getByText(/There is a wording .*default.* already/)).toBeVisible();
  location.hash = "#/snippets";
  await expect.element(page.getByRole("heading", { name: "Snippets" })).toBeVisible();
  location.hash = "#/wordings";
  await gallery()
    .getByRole("button", { name: /^default not saved/ })
    .click();
  await expect.element(page.getByRole("textbox", { name: "Name" })).toHaveValue("default");
  expect(host.calls.filter(({ name }) => name === "saveWording")).toHaveLength(1);
});

test("a wording is used for a connection and a type, deleted, and put back where it was used", async () => {
  const { host } = await openWindow("#/wordings");
  await button("Import a file…").click();
  await expect.element(page.getByRole("textbox", { name: "Name" })).toHaveValue("from-file");
  await button("Save").click();
  await button("Where they are used…").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "For" }).selectOptions("Production");
  await dialog.getByRole("combobox", { name: "course" }).selectOptions("from-file");
  await expect
    .poll(() => host.calls.find(({ name }) => name === "chooseWording")?.input)
    .toEqual({
      connection: "con_prod0001",
      kind: "course",
      wording: "from-file",
    });
  expect(await audit()).toEqual([]);
  await dialog.getByText("Close", { exact: true }).click();
  await expect.element(gallery().getByText("1 use")).toBeVisible();
  await button("Delete").click();
  await expect.element(gallery().getByRole("button", { name: /^from-file/ })).not.toBeInTheDocument();
  await button("Undo").click();
  await expect.element(gallery().getByText("1 use")).toBeVisible();
});
