import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { audit, openWindow } from "../../app/testing";
import { rightKey } from "../../ipc/fake/agent-runs";

const open = (options = {}) => openWindow("#/settings/models", options);
const field = (name: string) => page.getByRole("textbox", { name, exact: true });
const key = () => page.getByLabelText("Key", { exact: true });

test("a provider is tried, saved with its key, and removed", async () => {
  const { host } = await open();
  await page.getByRole("button", { name: "Add a provider…" }).click();
  await field("Name").fill("Mine");
  await key().fill("wrong");
  await page.getByRole("button", { name: "Ask for its models" }).click();
  await expect.element(page.getByRole("alert")).toHaveTextContent("refused the key");
  await key().fill(rightKey);
  await page.getByRole("button", { name: "Ask for its models" }).click();
  await expect.element(page.getByText("It answers, and has 2 models.")).toBeVisible();
  expect(await audit()).toEqual([]);
  await field("Models and prices").fill("large 1.25 10 EUR");
  await page.getByRole("button", { name: "Save" }).click();
  await expect.element(page.getByRole("heading", { name: "Mine" })).toBeVisible();
  const saved = host.calls.filter(({ name }) => name === "saveProvider").at(-1);
  const price = { input_micros: 1_250_000, output_micros: 10_000_000, currency: "EUR" };
  expect(saved?.input).toMatchObject({
    key: rightKey,
    keep: "keyring",
    provider: { models: [{ name: "large", price }] },
  });
  await page.getByRole("button", { name: "What can be done with Mine" }).click();
  await page.getByRole("menuitem", { name: "Remove…" }).click();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect.element(page.getByText("No provider is set up.")).toBeVisible();
});

test("where there is no keyring a key is kept for this run", async () => {
  await open({ hasKeyring: false });
  await page.getByRole("button", { name: "Add a provider…" }).click();
  await field("Name").fill("Mine");
  await key().fill(rightKey);
  await page.getByRole("button", { name: "Save" }).click();
  await expect.element(page.getByText("The key could not be kept")).toBeVisible();
  expect(await audit()).toEqual([]);
  await page.getByRole("button", { name: "Keep it for this run only" }).click();
  await expect.element(page.getByRole("heading", { name: "Mine" })).toBeVisible();
});
