import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { audit, openWindow } from "../../app/testing";
import { WaymarkError } from "../../ipc";
import type { FakeOptions } from "../../ipc/fake/host";
import { production } from "../../ipc/fake/production";

const staging = {
  id: "con_staging",
  name: "Staging",
  host: "staging.acme.example",
  port: 5432,
  database: "platform",
  user: "waymark",
  tls: "verify-full" as const,
  ca_file: null,
  client_certificate: null,
  client_key: null,
  organization: "org_acme",
  is_production: false,
  is_pgbouncer: false,
  asks_before_publish: true,
  requires_approval: false,
  asset_base_url: null,
};

async function openPublish(options: FakeOptions = {}) {
  const opened = await openWindow("#/", options);
  const drafts = await opened.host.commands.listDrafts({});
  const published = drafts.find(({ status, type }) => status === "published" && type === "quickstart");
  opened.host.calls.length = 0;
  location.hash = `#/publish/${published?.id}`;
  return opened;
}

const nothingLost: FakeOptions["publish"] = {
  plan: (plan) => ({ ...plan, confirmations: [], learners: { ...plan.learners, events_lost: 0 } }),
  pace: 5,
};
const runs = (host: { calls: { name: string }[] }) => host.calls.filter(({ name }) => name === "runPublish").length;

test("the plan says what changes and what it does to learners, the number first", async () => {
  await openPublish();
  await expect.element(page.getByRole("button", { name: "Publish 4 changes" })).toBeVisible();
  await expect.element(page.getByText("412")).toBeVisible();
  await expect
    .element(page.getByText("214 completion events of “Enable notifications” will be deleted."))
    .toBeVisible();
  await expect
    .element(
      page.getByText(
        "38 learners stand on the removed step “Enable notifications” and move on to “Fix a failing check”.",
      ),
    )
    .toBeVisible();
  await expect.element(page.getByText("Production is what you last saw (revision 17, 2 days ago).")).toBeVisible();
  await expect.element(page.getByText("Revision 17 is saved here; you can roll back.")).toBeVisible();
  await expect.element(page.getByText("ask for access to your account.")).toBeVisible();
  expect(await audit()).toEqual([]);
});

test("a step opens and closes to show its text line by line", async () => {
  await openPublish();
  const step = page.getByRole("button", { name: /Fix a failing check/ });
  await step.click();
  await expect.element(page.getByText("2. Name the first line that says `error`.")).toBeVisible();
  await step.click();
  await expect.element(page.getByText("2. Name the first line that says `error`.")).not.toBeInTheDocument();
});

test("a clean plan goes with one click and ends with the next step", async () => {
  const { host } = await openPublish({ connections: [staging], publish: nothingLost });
  await page.getByRole("button", { name: "Publish 4 changes" }).click();
  await expect.element(page.getByRole("heading", { name: "Published to “Staging”" })).toBeVisible();
  await expect.element(page.getByText("Revision 18")).toBeVisible();
  expect(runs(host)).toBe(1);
  expect(await audit()).toEqual([]);
});

test("what costs learners something asks once and goes only with a yes", async () => {
  const { host } = await openPublish({ publish: { pace: 5 } });
  await page.getByRole("button", { name: "Publish 4 changes" }).click();
  const dialog = page.getByRole("dialog");
  await expect.element(dialog.getByText(/214 completion events/)).toBeVisible();
  expect(await audit()).toEqual([]);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  expect(runs(host)).toBe(0);
  await page.getByRole("button", { name: "Publish 4 changes" }).click();
  await dialog.getByRole("button", { name: "Publish 4 changes" }).click();
  await expect.element(page.getByRole("heading", { name: /Published to/ })).toBeVisible();
  expect(host.calls.find(({ name }) => name === "runPublish")?.input).toMatchObject({ run: { is_confirmed: true } });
});

test("several are asked about once where the question is the same, and by name where it is not", async () => {
  const asking: FakeOptions["publish"] = {
    plan: (plan) => ({
      ...plan,
      action: "update",
      problems: [],
      confirmations: [`Something of ${plan.id} is lost.`, "`Acme` is production."],
    }),
  };
  const { host } = await openWindow("#/", { publish: asking });
  const ids = (await host.commands.listDrafts({})).slice(0, 2).map(({ id }) => id);
  location.hash = `#/publish/${ids.join(",")}`;
  await page.getByRole("button", { name: "Publish 2 walkthroughs" }).click();
  const dialog = page.getByRole("dialog");
  for (const id of ids) await expect.element(dialog.getByText(`Something of ${id} is lost.`)).toBeVisible();
  expect(dialog.getByText(/is production/).elements().length).toBe(1);
  expect(await audit()).toEqual([]);
});

test("a conflict is explained, writes nothing, and can be overwritten only as a plan of its own", async () => {
  const { host } = await openPublish({ publish: { conflict: true } });
  await expect.element(page.getByRole("alert")).toHaveTextContent(/Production changed/);
  await expect.element(page.getByRole("button", { name: "Cannot be published yet" })).toBeDisabled();
  expect(await audit()).toEqual([]);
  await page.getByRole("button", { name: "Plan to overwrite it" }).click();
  await expect.element(page.getByRole("button", { name: "Overwrite production" })).toBeEnabled();
  expect(runs(host)).toBe(0);
});

test("publishing shows how far it is and can be stopped", async () => {
  const { host } = await openPublish({ connections: [staging], publish: { ...nothingLost, pace: 400 } });
  await page.getByRole("button", { name: "Publish 4 changes" }).click();
  await expect.element(page.getByRole("progressbar")).toBeVisible();
  await page.getByRole("button", { name: "Stop" }).click();
  await expect.element(page.getByRole("heading", { name: "Not published" })).toBeVisible();
  expect(host.calls.some(({ name }) => name === "cancelTask")).toBe(true);
});

test("an unknown outcome says what is known and offers to ask again", async () => {
  const broke = new WaymarkError("outcome_unknown", "The connection broke while the database was committing.");
  await openPublish({ connections: [staging], publish: { ...nothingLost, publishError: broke } });
  await page.getByRole("button", { name: "Publish 4 changes" }).click();
  await expect.element(page.getByRole("heading", { name: "The outcome is not known yet" })).toBeVisible();
  await page.getByRole("button", { name: "Ask again" }).click();
  await expect.element(page.getByRole("button", { name: "Publish 4 changes" })).toBeVisible();
});

test("a database that cannot be reached leaves a way on", async () => {
  const gone = new WaymarkError("unreachable", "The host `db.acme.example` does not answer.", "Check the network.");
  await openPublish({ publish: { planError: gone } });
  await expect.element(page.getByRole("alert")).toHaveTextContent(/does not answer/);
  await page.getByRole("button", { name: "Open connections" }).click();
  await expect.element(page.getByRole("heading", { name: "Connections" })).toBeVisible();
});

test("a sandbox that ended with the last window is started from here", async () => {
  const gone = new WaymarkError("unreachable", "Nothing answers on the Unix socket.", "Check that it runs.");
  const sandbox = { ...staging, name: "Sandbox", host: "/run/sandbox", organization: "org_sandbox" };
  const { host } = await openPublish({ connections: [sandbox], publish: { planError: gone } });
  await page.getByRole("button", { name: "Start the sandbox" }).click();
  await expect.poll(() => host.calls.filter(({ name }) => name === "planPublish").length).toBeGreaterThan(1);
  expect(host.calls.map(({ name }) => name)).toContain("sandboxUp");
});

test("without a connection one click starts a sandbox and plans", async () => {
  const { host } = await openPublish({ connections: [] });
  await page.getByRole("button", { name: "Try it on a sandbox" }).click();
  await expect.element(page.getByText("Sandbox · platform")).toBeVisible();
  await expect.poll(() => host.calls.map(({ name }) => name)).toContain("planPublish");
});

test("the editor's button publishes a clean plan at once and shows any other", async () => {
  const { host } = await openPublish({ connections: [staging], publish: nothingLost });
  const id = location.hash.split("/").at(-1);
  location.hash = `#/w/${id}`;
  await expect.element(page.getByText("4 changes · 412 half-way")).toBeVisible();
  await page.getByRole("button", { name: "Publish to Staging" }).click();
  await expect.element(page.getByText(/is published to “Staging”/)).toBeVisible();
  expect(runs(host)).toBe(1);
});

test("the editor's button says so where no server has what it published", async () => {
  const { host } = await openPublish({ connections: [staging], publish: nothingLost });
  const id = location.hash.split("/").at(-1) ?? "";
  for (const server of ["docs", "cli"])
    await host.commands.applyEdit({ walkthrough: id, edit: { edit: "unassign", server }, seen_version: null });
  location.hash = `#/w/${id}`;
  await page.getByRole("button", { name: "Publish to Staging" }).click();
  await expect.element(page.getByText(/assigned to no server: no learner can reach it yet/)).toBeVisible();
  await page.getByRole("button", { name: "Assign it to a server" }).click();
  await expect.poll(() => location.hash).toContain(`${id}/details`);
});

const openEditor = (options: FakeOptions["publish"]) =>
  openPublish({ connections: [staging], publish: { ...nothingLost, ...options } }).then((opened) => {
    location.hash = `#/w/${location.hash.split("/").at(-1)}`;
    return opened;
  });

test("the editor's button shows how far it is, with Stop beside it", async () => {
  const { host } = await openEditor({ pace: 600 });
  await page.getByRole("button", { name: "Publish to Staging" }).click();
  await expect.element(page.getByRole("progressbar", { name: "Publishing…" })).toBeVisible();
  await page.getByRole("button", { name: "Stop" }).click();
  await expect.element(page.getByText(/was not published: you stopped it before/)).toBeVisible();
  expect(host.calls.some(({ name }) => name === "cancelTask")).toBe(true);
  expect(location.hash).toContain("#/w/");
});

test("what the editor's button met is said there and on the screen it leads to", async () => {
  const broke = new WaymarkError("outcome_unknown", "The connection broke while the database was committing.");
  const { host } = await openEditor({ publishError: broke });
  await page.getByRole("button", { name: "Publish to Staging" }).click();
  await expect.element(page.getByRole("alert")).toHaveTextContent(/broke while the database was committing/);
  expect(location.hash).toContain("#/w/");
  expect(await audit()).toEqual([]);
  await page.getByRole("link", { name: "Outcome not known: ask again" }).click();
  await expect.element(page.getByRole("heading", { name: "The outcome is not known yet" })).toBeVisible();
  await userEvent.keyboard("{Escape}");
  await expect.element(page.getByRole("link", { name: "Outcome not known: ask again" })).toBeVisible();
  await page.getByRole("link", { name: "Outcome not known: ask again" }).click();
  await page.getByRole("button", { name: "Ask again" }).click();
  await expect.element(page.getByRole("button", { name: "Publish 4 changes" })).toBeVisible();
  expect(runs(host)).toBe(1);
});

test("a run that the editor began goes on, and ends, on the screen of the plan", async () => {
  await openEditor({ pace: 600 });
  await page.getByRole("button", { name: "Publish to Staging" }).click();
  await expect.element(page.getByRole("progressbar")).toBeVisible();
  location.hash = location.hash.replace(/#\/w\/([^/]+).*/, "#/publish/$1");
  await expect.element(page.getByRole("button", { name: "Stop" })).toBeVisible();
  await expect.element(page.getByRole("heading", { name: "Published to “Staging”" })).toBeVisible();
});

test("Escape leaves the plan, and a menu that is open before that", async () => {
  await openPublish({ connections: [staging, { ...staging, id: "con_other", name: "Other" }] });
  await page.getByRole("button", { name: /Staging · platform/ }).click();
  await expect.element(page.getByRole("menu")).toBeVisible();
  await userEvent.keyboard("{Escape}");
  await expect.element(page.getByRole("menu")).not.toBeInTheDocument();
  expect(location.hash).toContain("#/publish/");
  await userEvent.keyboard("{Escape}");
  await expect.poll(() => location.hash).toContain("#/w/");
});

test("a locked keyring is not opened by opening the editor, and a click opens it", async () => {
  const { host } = await openPublish({ connections: [staging], publish: { ...nothingLost, isLocked: true } });
  const id = location.hash.split("/").at(-1);
  host.reset({ connections: [staging], publish: { ...nothingLost, isLocked: true } });
  location.hash = `#/w/${id}`;
  await page.getByRole("button", { name: "Unlock to see the plan" }).click();
  await expect.element(page.getByText(/\d changes · 412 half-way/)).toBeVisible();
  expect(host.calls.filter(({ name }) => name === "planPublish").length).toBe(1);
});

test("another status of what production has goes in its own words and without the draft", async () => {
  const { host } = await openPublish({ publish: nothingLost });
  location.hash = `${location.hash}/status/archived`;
  await expect.element(page.getByRole("heading", { name: "Archive in production" })).toBeVisible();
  await expect.element(page.getByRole("checkbox", { name: /without showing/ })).not.toBeInTheDocument();
  await expect.element(page.getByText("Learners do not see it.")).toBeVisible();
  expect(await audit()).toEqual([]);
  await page.getByRole("button", { name: "Archive", exact: true }).click();
  await expect.element(page.getByText(/^Archived in/)).toBeVisible();
  const [run] = host.calls.filter(({ name }) => name === "runPublish");
  expect(run?.input).toMatchObject({
    run: { plan: { version: { kind: "production" }, intent: { status: "archived", overwrite: false } } },
  });
});

test("an earlier revision is published again", async () => {
  const { host } = await openPublish({ publish: nothingLost });
  location.hash = `${location.hash}/revision/rev_1`;
  await page.getByRole("button", { name: "Roll back" }).click();
  await expect.element(page.getByText(/^Rolled back in/)).toBeVisible();
  const [run] = host.calls.filter(({ name }) => name === "runPublish");
  expect(run?.input).toMatchObject({ run: { plan: { version: { kind: "revision", id: "rev_1" } } } });
});

test("planning stops when nobody waits for the plan any more", async () => {
  const { host } = await openPublish({ connections: [staging], publish: { planPace: 60_000 } });
  await expect.poll(() => host.calls.map(({ name }) => name)).toContain("planPublish");
  await userEvent.keyboard("{Escape}");
  await expect.poll(() => host.calls.map(({ name }) => name)).toContain("cancelTask");
});

test("what another connection has now is promoted instead of the draft", async () => {
  const { host } = await openPublish({ connections: [production, staging], publish: nothingLost });
  await page.getByRole("button", { name: "What goes: the draft" }).click();
  await page.getByRole("menuitemcheckbox", { name: "what Staging has now" }).click();
  await page.getByRole("button", { name: "Promote", exact: true }).click();
  await expect.element(page.getByText("Promoted to “Production”")).toBeVisible();
  const run = host.calls.find(({ name }) => name === "runPublish")?.input;
  expect(run).toMatchObject({ run: { plan: { version: { kind: "connection", id: "con_staging" } } } });
});

test("what was published here before is listed, and removed steps are taken out after a look", async () => {
  const { host } = await openPublish();
  await expect.element(page.getByText(/as writer, revision 17/)).toBeVisible();
  await page.getByRole("button", { name: "Removed steps in learners’ progress…" }).click();
  await expect.element(page.getByText("wts_gone0001: completed by 3 learners")).toBeVisible();
  expect(await audit()).toEqual([]);
  await page.getByRole("button", { name: "Take them out" }).click();
  await expect.element(page.getByText("Taken out of the progress of 3 learners.")).toBeVisible();
  expect(host.calls.some(({ name }) => name === "cleanGhosts")).toBe(true);
});
