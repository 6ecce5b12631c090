import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { audit, openWindow } from "../../app/testing";
import type { FakeOptions } from "../../ipc/fake/host";

const start = "wt_start001";
const address = `#/w/${start}/agent-runs`;
const turn = (number: number) => page.getByRole("listitem", { name: `Turn ${number}`, exact: true });

async function withProvider(options: FakeOptions = {}) {
  const opened = await openWindow(address, options);
  await opened.host.commands.saveProvider({
    provider: {
      id: null,
      name: "Local",
      kind: "ollama",
      base_url: "http://localhost:11434",
      allows_plain_http: false,
      models: [{ name: "large", price: null }],
    },
    key: "",
    keep: "keyring",
  });
  opened.host.emit({ seq: 1, what: "provider", id: "prov_1", origin: "other" });
  await expect.element(page.getByRole("button", { name: "Begin" })).toBeVisible();
  return opened;
}

test("without a provider the screen says what is missing, and leads there", async () => {
  await openWindow(address);
  await expect.element(page.getByRole("link", { name: "Getting started with Acme" })).toBeVisible();
  await expect.element(page.getByText("No provider of models is set up")).toBeVisible();
  expect(await audit()).toEqual([]);
  await page.getByRole("button", { name: "Add a provider…" }).click();
  await expect.element(page.getByRole("heading", { name: "Providers of models" })).toBeVisible();
});

test("a person talks with a model, and what was checked leads to the turn", async () => {
  await withProvider();
  expect(await audit()).toEqual([]);
  await page.getByRole("button", { name: "Begin" }).click();
  await expect
    .element(page.getByRole("textbox", { name: "What you say" }))
    .toHaveValue("Hello. Please guide me through “Getting started with Acme”.");
  await page.getByRole("button", { name: "Send" }).click();
  await expect.element(turn(4)).toBeVisible();
  await expect.element(page.getByText("It is the user's turn.")).toBeVisible();
  const call = turn(3).getByRole("button", { name: /what was passed and answered/ });
  await call.click();
  await expect.element(call).toHaveAttribute("aria-expanded", "true");
  expect(await audit()).toEqual([]);
  await page.getByRole("button", { name: "Turn 4" }).click();
  await expect.element(turn(4)).toHaveFocus();
  await page.getByRole("textbox", { name: "What you say" }).fill("Done.");
  await userEvent.keyboard("{Enter}");
  await expect.element(turn(8)).toBeVisible();
  await expect.element(page.getByRole("textbox", { name: "What you say" })).toHaveValue("");
});

test("a script plays to the end, and two runs stand side by side", async () => {
  await withProvider();
  for (const model of ["large", "small"]) {
    await page.getByRole("combobox", { name: "Model", exact: true }).fill(model);
    await page.getByRole("combobox", { name: "The user is" }).selectOptions("a script");
    await page.getByRole("button", { name: "Begin" }).click();
    await expect.element(page.getByText("The walkthrough was completed.")).toBeVisible();
    if (model === "large") await page.getByRole("button", { name: "New run" }).click();
  }
  await page.getByRole("button", { name: "What can be done with the run of large" }).click();
  await page.getByRole("menuitem", { name: "Show beside the run on the screen" }).click();
  await expect.element(page.getByRole("heading", { name: "Two runs side by side" })).toBeVisible();
  await expect.element(page.getByRole("columnheader", { name: "Local · small" })).toBeVisible();
  expect(await audit()).toEqual([]);
  await page.getByRole("button", { name: "Back to the run" }).click();
  await expect.element(turn(1)).toBeInTheDocument();
});

test("a run that cannot begin says why beside the field", async () => {
  await withProvider();
  await page.getByRole("combobox", { name: "Model", exact: true }).fill("");
  await page.getByRole("button", { name: "Begin" }).click();
  await expect.element(page.getByRole("alert")).toHaveTextContent("No model was named. Name one.");
  await page.getByRole("combobox", { name: "Model", exact: true }).fill("large");
  await page.getByRole("textbox", { name: "Tokens at most" }).fill("many");
  await page.getByRole("button", { name: "Begin" }).click();
  await expect.element(page.getByRole("alert")).toHaveTextContent("Give a whole number above 0.");
});
