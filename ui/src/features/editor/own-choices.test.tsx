import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { audit, openWindow } from "../../app/testing";

async function openDetails() {
  const opened = await openWindow("#/w/wt_start001/details");
  await expect.element(page.getByRole("heading", { name: "Language and lint" })).toBeVisible();
  const metadata = () => JSON.parse(opened.host.library.entry("wt_start001").walkthrough.metadata ?? "{}");
  return { ...opened, metadata };
}

test("a walkthrough says its language, and the library's takes its place again", async () => {
  const { metadata } = await openDetails();
  const language = page.getByRole("combobox", { name: "Language", exact: true });
  await expect.element(language).toHaveTextContent("The library’s: English (en)");
  await userEvent.selectOptions(language, "de");
  await expect.poll(() => metadata().waymark?.language).toBe("de");
  await userEvent.selectOptions(language, "fr");
  await expect.element(page.getByText(/There is no dictionary for it yet/).first()).toBeVisible();
  expect(await audit()).toEqual([]);
  await userEvent.selectOptions(language, "");
  await expect.poll(() => metadata().waymark?.language).toBeNull();
});

test("its own words are listed, added and removed, and what is no word is said beside them", async () => {
  const { metadata } = await openDetails();
  const words = page.getByRole("textbox", { name: "Own words" });
  await words.fill("kubectl");
  await userEvent.keyboard("{Enter}");
  await expect.poll(() => metadata().waymark?.words).toEqual(["kubectl"]);
  await words.fill("two words");
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByRole("alert")).toHaveTextContent("That is not one word.");
  expect(await audit()).toEqual([]);
  await words.fill("");
  await page.getByRole("button", { name: "Remove “kubectl” from the own words" }).click();
  await expect.poll(() => metadata().waymark?.words).toEqual([]);
});

test("a budget is a number of tokens, and empty is the one of all", async () => {
  const { metadata } = await openDetails();
  const budget = page.getByRole("textbox", { name: "Tokens a step may have" });
  await budget.fill("500");
  await expect.poll(() => metadata().waymark?.token_budget).toBe(500);
  await budget.fill("many");
  await expect.element(page.getByRole("alert").first()).toHaveTextContent("Give a whole number from 1 on, or nothing.");
  expect(metadata().waymark.token_budget).toBe(500);
  await budget.fill("");
  await expect.poll(() => metadata().waymark?.token_budget).toBeNull();
  await page.getByRole("textbox", { name: "Tokens the walkthrough may have" }).fill("9000");
  await page.getByRole("textbox", { name: "Tokens a field may have" }).fill("300");
  await expect.poll(() => metadata().waymark?.walkthrough_token_budget).toBe(9000);
  await expect.poll(() => metadata().waymark?.field_token_budget).toBe(300);
});

test("a step's metadata is folded away, is saved when it is left, and stays with its step", async () => {
  const { host } = await openWindow("#/w/wt_start001/s/wts_start0013");
  const metadata = (index: number) => host.library.entry("wt_start001").walkthrough.steps[index]?.metadata ?? null;
  const field = page.getByRole("textbox", { name: "Metadata of the step" });
  await expect.element(page.getByText("Metadata of the step")).toBeVisible();
  await expect.element(field).not.toBeInTheDocument();
  await page.getByText("Metadata of the step").click();
  await field.fill('{"owner": "docs"}');
  expect(await audit()).toEqual([]);
  location.hash = "#/w/wt_start001/s/wts_start0012";
  await expect.poll(() => JSON.parse(metadata(3) ?? "{}")).toMatchObject({ owner: "docs" });
  await expect.element(field).toHaveValue("");
  expect(metadata(2)).toBeNull();
  await field.fill("{ owner");
  location.hash = "#/w/wt_start001/s/wts_start0013";
  await expect.element(field).toHaveValue('{\n  "owner": "docs"\n}\n');
  await expect.element(page.getByText(/^Not saved/)).toBeVisible();
  location.hash = "#/w/wt_start001/s/wts_start0012";
  await expect.element(field).toHaveValue("{ owner");
  await expect.element(page.getByText(/not valid JSON/).first()).toBeVisible();
  await page.getByRole("button", { name: "Take back" }).click();
  await expect.element(field).toHaveValue("");
});
