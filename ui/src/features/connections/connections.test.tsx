import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { audit, openWindow } from "../../app/testing";
import { WaymarkError } from "../../ipc";
import { goodReport } from "../../ipc/fake/outside";

const add = () => page.getByRole("button", { name: "Add connection" }).click();
const dialog = () => page.getByRole("dialog");
const field = (name: string) => dialog().getByRole("textbox", { name, exact: true });
const password = () => dialog().getByLabelText("Password", { exact: true });

async function fill() {
  await add();
  await field("Name").fill("Staging");
  await field("Organization id").fill("org_acme");
  await field("Host").fill("staging.acme.example");
  await field("Database").fill("platform");
  await field("User").fill("waymark");
}

test("a connection is made by form, and its password goes to the keyring and out of the window", async () => {
  const { host } = await openWindow("#/connections");
  await fill();
  await password().fill("s3cret");
  expect(await audit()).toEqual([]);
  await dialog().getByRole("button", { name: "Save connection" }).click();
  await expect.element(page.getByRole("heading", { name: "Staging" })).toBeVisible();
  const set = host.calls.find(({ name }) => name === "setPassword");
  expect(set?.input).toMatchObject({ password: { typed: "s3cret" }, keep: "keyring" });
  expect(JSON.stringify(host.calls.filter(({ name }) => name !== "setPassword"))).not.toContain("s3cret");
  expect(document.body.innerHTML).not.toContain("s3cret");
});

test("a pasted URL fills in the form, and its password never comes back", async () => {
  const { host } = await openWindow("#/connections");
  await add();
  const clipboardData = new DataTransfer();
  const url = "postgres://writer:s3cret@db.acme.example:6543/walk?pgbouncer=true&sslmode=prefer";
  clipboardData.setData("text/plain", url);
  const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  field("Paste a URL").element().dispatchEvent(paste);
  await expect.element(field("Host")).toHaveValue("db.acme.example");
  await expect.element(field("Port")).toHaveValue("6543");
  await expect.element(field("Paste a URL")).toHaveValue("");
  await expect.element(dialog().getByText(/`?verify-full`? is used instead/)).toBeVisible();
  await field("Organization id").fill("org_acme");
  await dialog().getByRole("button", { name: "Save connection" }).click();
  await expect.element(dialog()).not.toBeInTheDocument();
  expect(host.calls.find(({ name }) => name === "setPassword")?.input).toMatchObject({ password: "pasted" });
});

test("a password in a URL that is typed is hidden while it is, and leaves the URL when it ends", async () => {
  const { host } = await openWindow("#/connections");
  await add();
  await field("Paste a URL").click();
  await userEvent.keyboard("postgres://writer:s3c");
  const url = field("Paste a URL").element() as HTMLInputElement;
  expect(getComputedStyle(url).getPropertyValue("-webkit-text-security")).toBe("disc");
  await userEvent.keyboard("ret@");
  await expect.element(field("Paste a URL")).toHaveValue("postgres://writer@");
  expect(getComputedStyle(url).getPropertyValue("-webkit-text-security")).toBe("none");
  await expect.element(password()).toHaveValue("s3cret");
  await expect.element(dialog().getByText("The password was moved into its own field.")).toBeVisible();
  await userEvent.keyboard("db.acme.example/walk{Enter}");
  await expect.element(field("Host")).toHaveValue("db.acme.example");
  await field("Organization id").fill("org_acme");
  await dialog().getByRole("button", { name: "Save connection" }).click();
  await expect.element(dialog()).not.toBeInTheDocument();
  const set = host.calls.find(({ name }) => name === "setPassword");
  expect(set?.input).toMatchObject({ password: { typed: "s3cret" } });
  expect(JSON.stringify(host.calls.filter(({ name }) => name !== "setPassword"))).not.toContain("s3cret");
});

test("what is missing is said beside its field, before the host is asked", async () => {
  const { host } = await openWindow("#/connections");
  await add();
  await dialog().getByRole("button", { name: "Save connection" }).click();
  await expect.element(dialog().getByText("Host is missing.")).toBeVisible();
  await field("Port").fill("0");
  await dialog().getByRole("button", { name: "Test" }).click();
  await expect.element(dialog().getByText("A port is a number from 1 to 65535.")).toBeVisible();
  expect(host.calls.some(({ name }) => name === "saveConnection" || name === "testConnection")).toBe(false);
});

test("a test says layer by layer how far it came", async () => {
  await openWindow("#/connections");
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect.element(page.getByText("Ready to publish.")).toBeVisible();
  await expect.element(page.getByText("Acme · 2 MCP servers")).toBeVisible();
  expect(await audit()).toEqual([]);
});

test("a wrong password fails at signing in, and what comes after is not tried", async () => {
  await openWindow("#/connections");
  await fill();
  await password().fill("wrong");
  await dialog().getByRole("button", { name: "Test" }).click();
  await expect.element(dialog().getByRole("listitem").filter({ hasText: "Sign in" })).toHaveTextContent(/rejected/);
  await expect
    .element(dialog().getByRole("listitem").filter({ hasText: "Check the rights" }))
    .toHaveTextContent(/not tried/);
});

test("without a keyring the password can be kept for this run", async () => {
  const { host } = await openWindow("#/connections", { hasKeyring: false });
  await fill();
  await password().fill("s3cret");
  await dialog().getByRole("button", { name: "Save connection" }).click();
  await expect.element(dialog().getByRole("alert")).toHaveTextContent(/no keyring service/);
  expect(await audit()).toEqual([]);
  await dialog().getByRole("button", { name: "Keep it for this run only" }).click();
  await expect.element(dialog()).not.toBeInTheDocument();
  const kept = host.calls.filter(({ name }) => name === "setPassword").at(-1);
  expect(kept?.input).toMatchObject({ keep: "this_run" });
});

test("a schema that lacks something names it", async () => {
  const lacking = {
    server_version: "15.4",
    tls: null,
    organization_name: "Acme",
    servers: [],
    status: { shape: "current" as const, missing: [{ kind: "grant" as const, name: "INSERT on walkthroughs" }] },
    read_only: null,
  };
  await openWindow("#/connections", { report: lacking });
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect.element(page.getByText("Not ready to publish.")).toBeVisible();
  await expect.element(page.getByText("INSERT on walkthroughs")).toBeVisible();
});

test("a read replica is not ready to publish to, and says where to go instead", async () => {
  await openWindow("#/connections", { report: { ...goodReport, read_only: "replica" } });
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect.element(page.getByText("Not ready to publish.")).toBeVisible();
  await expect.element(page.getByText(/Give the primary server’s host/)).toBeVisible();
});

test("production need not ask each time, and files can have a place", async () => {
  const { host } = await openWindow("#/connections");
  await fill();
  await dialog()
    .getByRole("checkbox", { name: /Ask before each publish/ })
    .click();
  await field("Asset base URL").fill("https://assets.acme.example/");
  expect(await audit()).toEqual([]);
  await dialog().getByRole("button", { name: "Save connection" }).click();
  await expect.element(dialog()).not.toBeInTheDocument();
  expect(host.calls.find(({ name }) => name === "saveConnection")?.input).toMatchObject({
    is_production: true,
    asks_before_publish: false,
    requires_approval: false,
    asset_base_url: "https://assets.acme.example/",
  });
});

test("removing asks first and says what it does not touch", async () => {
  const { host } = await openWindow("#/connections");
  await page.getByRole("button", { name: "More for Production" }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await expect.element(dialog()).toHaveTextContent(/Nothing changes in the database/);
  await dialog().getByRole("button", { name: "Remove" }).click();
  await expect.element(page.getByRole("heading", { name: "No database yet" })).toBeVisible();
  expect(host.calls.some(({ name }) => name === "removeConnection")).toBe(true);
});

test("one click starts the sandbox, and a machine without PostgreSQL says what to install", async () => {
  await openWindow("#/connections", { connections: [] });
  await page.getByRole("button", { name: "Start the sandbox" }).click();
  await expect.element(page.getByRole("heading", { name: "Sandbox", exact: true })).toBeVisible();
  await expect.element(page.getByRole("button", { name: "Stop" })).toBeVisible();
  const missing = new WaymarkError(
    "environment_missing",
    "PostgreSQL is not installed.",
    "Run `apt-get install postgresql`.",
  );
  await openWindow("#/connections", { connections: [], sandboxProblem: missing });
  await expect.element(page.getByText(/apt-get install postgresql/)).toBeVisible();
});
