import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { openWindow } from "../../app/testing";

const toasts = () => page.getByRole("region", { name: "Notifications" });

test("a group of rules is switched off for the library, and its notice takes it back", async () => {
  const { host } = await openWindow("#/settings/lint");
  const group = page.getByRole("switch", { name: "Instructions for agents" });
  await expect.element(group).toHaveAttribute("aria-checked", "true");
  await group.click();
  await expect.element(group).toHaveAttribute("aria-checked", "false");
  await expect.element(page.getByText("switched off")).toBeVisible();
  expect(host.calls.filter(({ name }) => name === "changeLintSettings").at(-1)?.input).toEqual({
    off: ["instructions"],
  });
  await toasts().getByRole("button", { name: "Undo" }).click();
  await expect.element(group).toHaveAttribute("aria-checked", "true");
});

test("another tokenizer is chosen for the library, and its notice takes it back", async () => {
  const { host } = await openWindow("#/settings/lint");
  const tokenizer = page.getByRole("combobox", { name: "What counts tokens" });
  await expect.element(tokenizer).toHaveValue("o200k_base");
  await tokenizer.selectOptions("cl100k_base");
  await expect.element(page.getByText("That of GPT-4 and GPT-3.5.")).toBeVisible();
  const changes = () => host.calls.filter(({ name }) => name === "changeLintSettings").map(({ input }) => input);
  expect(changes()).toEqual([{ tokenizer: "cl100k_base" }]);
  await toasts().getByRole("button", { name: "Undo" }).click();
  await expect.poll(changes).toEqual([{ tokenizer: "cl100k_base" }, { tokenizer: "o200k_base" }]);
});

test("a private host is allowed, refused where it is none, and taken away", async () => {
  await openWindow("#/settings/lint");
  const host = page.getByLabelText("Allow a host");
  await host.fill("https://wiki");
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByRole("alert")).toHaveTextContent("https://wiki is not the name of a host.");
  await host.fill("10.0.0.7:8080");
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByRole("list", { name: "Private hosts" })).toHaveTextContent("10.0.0.7:8080");
  await expect.element(host).toHaveValue("");
  await expect.element(host).toHaveFocus();
  await page.getByRole("button", { name: "Allow wiki.acme.internal no longer" }).click();
  await expect.element(page.getByRole("button", { name: "Allow 10.0.0.7:8080 no longer" })).toHaveFocus();
});

test("rules are found by number and by words, each with its reason and an example", async () => {
  await openWindow("#/settings/lint");
  await page.getByRole("searchbox", { name: "Find a rule by number or words" }).fill("l02 line break");
  await expect.element(page.getByText("1 rule", { exact: true })).toBeVisible();
  await expect.element(page.getByText("# Title\\n\\nText")).toBeVisible();
  await expect.element(page.getByText("Quick fix: Replace with line breaks.")).toBeVisible();
});

test("a problem leads to its rule", async () => {
  await openWindow("#/w/wt_start001/s/wts_start0015");
  await page.getByRole("tab", { name: /Problems/ }).click();
  await page.getByRole("link", { name: "About the rule L028" }).click();
  await expect.element(page.getByRole("heading", { name: /relative link/i })).toBeVisible();
  await expect.element(page.getByRole("heading", { name: /literal/ })).not.toBeInTheDocument();
  await page.getByRole("link", { name: "All settings of lint" }).click();
  await expect.element(page.getByRole("switch", { name: "Spelling" })).toBeVisible();
});

test("own words are added and removed by keyboard, with a way back", async () => {
  await openWindow("#/settings/writing");
  const words = page.getByRole("list", { name: "Own words" });
  await page.getByLabelText("Add a word").fill("two words");
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByRole("alert")).toHaveTextContent("That is not one word.");
  await page.getByLabelText("Add a word").fill("kubectl");
  await userEvent.keyboard("{Enter}");
  await expect.element(words).toHaveTextContent("kubectl");
  await page.getByRole("button", { name: "Remove “kubectl”" }).click();
  await expect.element(words).not.toHaveTextContent("kubectl");
  await toasts().getByRole("button", { name: "Undo" }).click();
  await expect.element(words).toHaveTextContent("kubectl");
});

test("a dictionary is imported, chosen as the library's language and removed", async () => {
  const { host } = await openWindow("#/settings/writing");
  await page.getByLabelText("Code of the language").fill("nl");
  await page.getByRole("button", { name: "Choose its files…" }).click();
  await expect.element(page.getByText("The dictionary for Dutch (nl) is imported.")).toBeVisible();
  await page.getByRole("combobox", { name: "Language of this library" }).selectOptions("Dutch (nl)");
  await expect.poll(() => host.calls.filter(({ name }) => name === "changeLintSettings").length).toBe(1);
  await page.getByRole("button", { name: "Remove the dictionary for nl" }).click();
  await expect.element(page.getByRole("list", { name: "Imported dictionaries" })).not.toHaveTextContent("Dutch");
});
