import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { audit, openWindow } from "../../app/testing";
import { sampleCalls } from "../../ipc/fake/agents";
import { toasts } from "../../ui/tell";

const button = (name: string | RegExp) => page.getByRole("button", { name });
const start = () => button("Start the endpoint").click();
const address = "http://127.0.0.1:41234/mcp";

test("the endpoint is off until it is started, says where it answers, and is stopped", async () => {
  const { host } = await openWindow("#/agents");
  await expect.element(page.getByText("Off", { exact: true })).toBeVisible();
  expect(host.calls.some(({ name }) => name === "startEndpoint")).toBe(false);
  await start();
  await expect.element(page.getByText(address, { exact: true })).toBeVisible();
  await expect.element(page.getByText("Listening", { exact: true })).toBeVisible();
  expect(host.calls.find(({ name }) => name === "startEndpoint")?.input).toBe(0);
  expect(await audit()).toEqual([]);
  await button("Stop the endpoint").click();
  await expect.element(page.getByText("Off", { exact: true })).toBeVisible();
});

test("a port that is none is said at once, and one that is taken with what to do", async () => {
  const { host } = await openWindow("#/agents");
  const port = page.getByRole("textbox", { name: "Port" });
  for (const wrong of ["0", "70000", "8o80", "-1"]) {
    await port.fill(wrong);
    await expect.element(page.getByText("A port is a number from 1 to 65535.")).toBeVisible();
    await expect.element(button("Start the endpoint")).toBeDisabled();
  }
  await port.fill("8080");
  await userEvent.keyboard("{Enter}");
  const problem = page.getByRole("alert").getByText(/Port 8080 of 127.0.0.1 is taken.*Choose another port/);
  await expect.element(problem).toBeVisible();
  expect(await audit()).toEqual([]);
  await port.fill("8081");
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByText("http://127.0.0.1:8081/mcp", { exact: true })).toBeVisible();
  expect(host.calls.filter(({ name }) => name === "startEndpoint").map(({ input }) => input)).toEqual([8080, 8081]);
});

test("each client is set up by the command or by the endpoint, and the page never has the token", async () => {
  const { host } = await openWindow("#/agents");
  await expect.element(page.getByText(/claude mcp add --transport stdio waymark/)).toBeVisible();
  await button("Copy configuration").click();
  await page.getByRole("tab", { name: "Claude Code" }).click();
  await userEvent.keyboard("{ArrowRight}{ArrowRight}{ArrowRight}");
  await expect.element(page.getByRole("tab", { name: "VS Code" })).toHaveFocus();
  await expect.element(page.getByText(/"servers"/)).toBeVisible();
  await page.getByRole("radio", { name: "The endpoint" }).click();
  await expect.element(page.getByText("Start the endpoint to see what goes into the client.")).toBeVisible();
  await start();
  await expect.element(page.getByText(/"Authorization": "Bearer TOKEN"/)).toBeVisible();
  await button("Copy configuration").click();
  await button("Copy token").click();
  await expect
    .poll(() => toasts.read().map(({ message }) => message))
    .toContain("The token of this start is in the clipboard.");
  const copied = host.calls.filter(({ name }) => name === "copyConfiguration").map(({ input }) => input);
  expect(copied).toEqual([
    { client: "claude-code", reach: "stdio" },
    { client: "vs-code", reach: "http" },
  ]);
  expect(await audit()).toEqual([]);
});

test("calls show as they are made, with the text of the answer on demand", async () => {
  const calls = sampleCalls(Date.now());
  const { host } = await openWindow("#/agents", { calls: calls.slice(1) });
  await expect.element(button(/get_next_step.*advance/)).toBeVisible();
  expect(button(/get_walkthrough_status/).query()).toBeNull();
  await button(/get_next_step.*invalid step/).click();
  await expect.element(page.getByText(/The current step is/)).toBeVisible();
  // Another process answered a call: the host tells of it.
  host.agents.calls = calls;
  host.emit({ seq: 9, what: "learner", id: "wt_start001", origin: "agent" });
  await expect.element(button(/get_walkthrough_status/)).toBeVisible();
  await expect.element(page.getByText(/reader@example.org at docs/)).toBeVisible();
  await expect.element(page.getByText(/The current step is/)).toBeVisible();
  expect(await audit()).toEqual([]);
});

test("a step that an agent got is one click from the editor", async () => {
  await openWindow("#/agents");
  await button(/get_next_step.*advance/).click();
  await page.getByRole("link", { name: "Open the step in the editor" }).click();
  await expect.poll(() => location.hash).toBe("#/w/wt_start001/s/wts_start0013");
});

test("a log that is cleared is empty and teaches how to fill it", async () => {
  await openWindow("#/agents");
  await button("Clear log").click();
  await expect.element(page.getByRole("heading", { name: "No agent has called yet" })).toBeVisible();
  await expect.element(button("Clear log")).toBeDisabled();
  expect(await audit()).toEqual([]);
});

test("the palette goes to the agents and starts the endpoint", async () => {
  const { host } = await openWindow("#/");
  await expect.element(page.getByRole("link", { name: "Agents" })).toBeVisible();
  const choose = async (words: string) => {
    await userEvent.keyboard("{Control>}{Shift>}p{/Shift}{/Control}");
    await expect.element(page.getByRole("combobox", { name: "Search commands" })).toHaveFocus();
    await userEvent.keyboard(`${words}{Enter}`);
  };
  await choose("agents");
  await expect.element(page.getByRole("heading", { name: "Local endpoint" })).toBeVisible();
  await choose("start the endpoint");
  await expect.element(page.getByText(address, { exact: true })).toBeVisible();
  expect(host.calls.some(({ name }) => name === "startEndpoint")).toBe(true);
});
