import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { audit, openWindow } from "../../app/testing";
import { settings } from "../../lib/settings";

const keysOf = (label: string) => page.getByRole("button", { name: new RegExp(`^${label}: [^:]*Change$`) });

test("keys that clash are said, and can be read by everybody", async () => {
  await openWindow("#/settings/shortcuts");
  await keysOf("Command palette").click();
  await userEvent.keyboard("{Control>}p{/Control}");
  await expect.element(page.getByText("Also: Quick open")).toBeVisible();
  expect(await audit()).toEqual([]);
});

test("an action gets other keys, which work at once, stand everywhere and are kept", async () => {
  const { host } = await openWindow("#/settings/shortcuts");
  await keysOf("Quick open").click();
  await expect.element(page.getByText("Press the keys…")).toBeVisible();
  await userEvent.keyboard("{Control>}{Shift>}o{/Shift}{/Control}");
  await expect.element(keysOf("Quick open")).toHaveAccessibleName("Quick open: Ctrl Shift O. Change");
  const saved = host.calls.filter(({ name }) => name === "saveSettings").at(-1);
  expect(saved?.input).toMatchObject({ shortcuts: { "quick-open": "Mod+Shift+O" } });
  await userEvent.keyboard("{Control>}{Shift>}o{/Shift}{/Control}");
  await expect.element(page.getByRole("dialog", { name: "Quick open" })).toBeVisible();
  await userEvent.keyboard("{Escape}");
  await page.getByRole("button", { name: "Back to the keys that “Quick open” comes with" }).click();
  await expect.element(keysOf("Quick open")).toHaveFocus();
  expect(settings.read().shortcuts).toEqual({});
});

test("keys that writing needs are refused, Backspace takes keys away, Escape leaves them", async () => {
  await openWindow("#/settings/shortcuts");
  await keysOf("Settings").click();
  await userEvent.keyboard("a");
  await expect.element(page.getByRole("alert")).toHaveTextContent("A is needed for writing.");
  await userEvent.keyboard("{Escape}");
  await expect.element(keysOf("Settings")).toHaveAccessibleName("Settings: Ctrl ,. Change");
  await keysOf("Settings").click();
  await userEvent.keyboard("{Backspace}");
  await expect.element(keysOf("Settings")).toHaveAccessibleName("Settings: none. Change");
  await page.getByRole("button", { name: "Reset all" }).click();
  await expect.element(keysOf("Settings")).toHaveAccessibleName("Settings: Ctrl ,. Change");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect.element(keysOf("Settings")).toHaveAccessibleName("Settings: none. Change");
});

test("listening for keys is no trap", async () => {
  await openWindow("#/settings/shortcuts");
  await keysOf("Settings").click();
  await userEvent.keyboard("{Tab}");
  await expect.element(keysOf("Settings")).not.toHaveFocus();
  await expect.element(page.getByText("Press the keys…")).not.toBeInTheDocument();
});

test("looks are chosen, hold at once and are kept", async () => {
  const { host } = await openWindow("#/settings");
  await page.getByRole("radio", { name: "More" }).click();
  await page.getByRole("radio", { name: "Dark" }).click();
  await page.getByRole("radio", { name: "Reduced" }).click();
  await page.getByRole("button", { name: "Larger text" }).click();
  const { dataset, style } = document.documentElement;
  expect({ ...dataset }).toMatchObject({ theme: "dark", contrast: "more", motion: "reduced" });
  expect(style.getPropertyValue("--text-content")).toBe("15px");
  const saved = host.calls.filter(({ name }) => name === "saveSettings").at(-1);
  expect(saved?.input).toMatchObject({ theme: "dark", contrast: "more", motion: "reduced", text_size: 15 });
});
