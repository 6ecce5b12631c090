import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { audit, openWindow } from "../../app/testing";
import type { FakeOptions } from "../../ipc/fake/host";
import { makeWalkthrough } from "../../ipc/fake/seeds";

const start = "wt_start001";
const address = `#/w/${start}/conversation`;

const region = (name: string) => page.getByRole("region", { name, exact: true });
const turn = (number: number) => page.getByRole("listitem", { name: `Turn ${number}`, exact: true });
const status = (text: string) => page.getByRole("contentinfo").getByText(text, { exact: true });
const call = (number: number) => turn(number).getByRole("button", { name: /request and response/ });

async function openConversation(options: FakeOptions = {}, id = start) {
  const opened = await openWindow(`#/w/${id}/conversation`, options);
  await expect.element(page.getByRole("contentinfo").getByText(/^Turn 1 of/)).toBeVisible();
  return opened;
}

test("a conversation is stepped through with the arrows, and the state follows", async () => {
  await openConversation();
  await expect.element(status("Turn 1 of 10")).toBeVisible();
  await expect.element(page.getByText("Drafts · profile current · MCP 2026-07-28 · o200k_base")).toBeVisible();
  await userEvent.keyboard("{ArrowRight}{ArrowRight}");
  await expect.element(status("Turn 3 of 10")).toBeVisible();
  await expect.element(turn(1)).toBeInTheDocument();
  await expect.element(turn(3)).toHaveAttribute("aria-current", "step");
  const state = region("State after turn 3");
  await expect.element(state.getByText("· 2 of 9")).toBeVisible();
  await expect.element(state.getByRole("listitem").nth(1)).toBeVisible();
  await userEvent.keyboard("{End}");
  await expect.element(page.getByText("The conversation ends here.")).toBeVisible();
  await expect.element(page.getByText("In the whole conversation")).toBeVisible();
  await expect.element(region("State after turn 10").getByText("100%")).toBeVisible();
  await userEvent.keyboard("{ArrowLeft}");
  await expect.element(status("Turn 9 of 10")).toBeVisible();
  await userEvent.keyboard("{Home}");
  await expect.element(turn(2)).not.toBeInTheDocument();
  await page.getByRole("button", { name: "Next turn" }).first().click();
  await expect.element(turn(2)).toBeVisible();
  expect(await audit()).toEqual([]);
});

test("a turn is found with the slider", async () => {
  await openConversation();
  const slider = page.getByRole("slider", { name: "Go to a turn" });
  slider.element().focus();
  await userEvent.keyboard("{ArrowRight}{ArrowRight}{ArrowRight}");
  await expect.element(status("Turn 4 of 10")).toBeVisible();
  await expect.element(slider).toHaveAttribute("aria-valuetext", "Turn 4 of 10: Connect your first repository");
});

test("the call of a turn unfolds to what is on the wire, and to the text with its fields", async () => {
  await openConversation();
  await call(1).click();
  await expect.element(call(1)).toHaveAttribute("aria-expanded", "true");
  await expect.element(turn(1).getByText(/"method": "tools\/call"/)).toBeVisible();
  await expect.element(turn(1).getByRole("button", { name: "Copy the response" })).toBeVisible();
  expect(await audit()).toEqual([]);
  await turn(1).getByRole("tab", { name: "As the agent reads it" }).click();
  await expect.element(turn(1).getByText("<say_to_user>")).toBeVisible();
  expect(await audit()).toEqual([]);
  await userEvent.keyboard("{Control>}j{/Control}");
  await expect.element(call(1)).toHaveAttribute("aria-expanded", "false");
});

test("something else at a turn replaces what follows, says so, and can be taken back", async () => {
  await openConversation();
  await userEvent.keyboard("{ArrowRight}{ArrowRight}");
  await page.getByRole("button", { name: "Wrong step id" }).click();
  await expect.element(status("Turn 4 of 11")).toBeVisible();
  await expect.element(turn(4).getByText("error", { exact: true })).toBeVisible();
  await expect.element(page.getByText("7 turns replaced")).toBeVisible();
  expect(await audit()).toEqual([]);
  await page.getByRole("button", { name: "Come back tomorrow" }).click();
  await expect.element(turn(5).getByText("A day later, in a new visit.")).toBeVisible();
  await userEvent.keyboard("{Control>}z{/Control}");
  await expect.element(status("Turn 4 of 11")).toBeVisible();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect.element(status("Turn 3 of 10")).toBeVisible();
  await expect.element(page.getByText(/turns replaced/)).not.toBeInTheDocument();
});

test("the author edits while the learner is on the way, and the draft stays as it is", async () => {
  const { host } = await openConversation();
  await userEvent.keyboard("{ArrowRight}");
  await region("The author edits step 2 now").getByRole("button", { name: "Remove it" }).click();
  await expect.element(turn(3).getByText("The author changes the walkthrough.")).toBeVisible();
  await userEvent.keyboard("{End}");
  await expect.element(region(`State after turn 11`).getByText("· 8 of 8")).toBeVisible();
  expect(host.library.entry(start).walkthrough.steps.length).toBe(9);
});

test("a scenario and the tools are chosen, and a restart begins at the first turn", async () => {
  await openConversation();
  await page.getByRole("button", { name: "Scenario: first visit" }).click();
  await page.getByRole("menuitemcheckbox", { name: "a step is removed" }).click();
  await userEvent.keyboard("{End}");
  await expect.element(page.getByText("The author changes the walkthrough.")).toBeVisible();
  await page.getByRole("button", { name: "Tools: current tools" }).click();
  await page.getByRole("menuitemcheckbox", { name: "v1 tools" }).click();
  await expect.element(turn(1).getByText("select_walkthrough", { exact: true })).toBeVisible();
  await userEvent.keyboard("{ArrowRight}{ArrowRight}");
  await page.getByRole("button", { name: "Restart" }).click();
  await expect.element(page.getByText(/^Turn 1 of/)).toBeVisible();
});

test("a conversation is saved under a name, replayed against a later draft, and deleted", async () => {
  const { host } = await openConversation();
  await userEvent.keyboard("{Control>}s{/Control}");
  await expect.element(page.getByRole("dialog", { name: "Save the conversation" })).toBeVisible();
  expect(await audit()).toEqual([]);
  await userEvent.keyboard("To the end{Enter}");
  const saved = page.getByRole("button", { name: /^Replay against the draft: To the end/ });
  await saved.click();
  await expect.element(page.getByRole("heading", { name: "Nothing differs" })).toBeVisible();
  await page.getByRole("button", { name: "Back to the conversation" }).click();
  host.library.apply(start, { edit: "rename_step", step: "wts_start0013", title: "Connect a repository" });
  host.emit({ what: "draft", id: start, origin: "elsewhere", seq: 9 });
  await expect.element(page.getByText(/the draft has changed since/)).toBeVisible();
  await saved.click();
  await expect.element(page.getByText("1 of 10 turns differ")).toBeVisible();
  await expect.element(page.getByText("was “Connect your first repository”")).toBeVisible();
  expect(await audit()).toEqual([]);
  await page.getByRole("button", { name: "What can be done with “To the end”" }).click();
  await page.getByRole("menuitem", { name: "Delete…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect.element(page.getByText("Save one to replay it against a later draft.")).toBeVisible();
  await expect.element(turn(1)).toBeVisible();
});

test("a saved conversation is stepped through again", async () => {
  await openConversation();
  await page.getByRole("button", { name: "Skip a step" }).click();
  await userEvent.keyboard("{Control>}s{/Control}Skipping{Enter}");
  await expect.element(page.getByRole("button", { name: /^Replay against the draft: Skipping/ })).toBeVisible();
  await page.getByRole("button", { name: "Restart" }).click();
  await expect.element(status("Turn 1 of 10")).toBeVisible();
  await page.getByRole("button", { name: "What can be done with “Skipping”" }).click();
  await page.getByRole("menuitem", { name: "Step through it" }).click();
  await expect.element(status("Turn 1 of 11")).toBeVisible();
});

test("the draft is compared with what a production serves", async () => {
  await openConversation();
  await page.getByRole("button", { name: "Compare with Production" }).click();
  await expect.element(page.getByRole("heading", { name: "The draft against Production" })).toBeVisible();
  await expect.element(page.getByText("3 of 10 turns differ")).toBeVisible();
  expect(await audit()).toEqual([]);
  await page.getByRole("tab", { name: "Inline" }).click();
  await expect.element(page.getByText("Say when you are ready.").first()).toBeVisible();
});

test("it says what is missing where there is nothing to compare with", async () => {
  await openConversation({}, "wt_hangs001");
  await page.getByRole("button", { name: "Compare with Production" }).click();
  await expect.element(page.getByRole("alert").getByText(/is not in Production/)).toBeVisible();
  await page.getByRole("alert").getByRole("button", { name: "Publish…" }).click();
  await expect.poll(() => location.hash).toBe("#/publish/wt_hangs001");
});

test("without a connection it leads to where one is made", async () => {
  await openConversation({ connections: [] });
  await expect.element(page.getByText(/Connect to a database to compare/)).toBeVisible();
  await page.getByRole("button", { name: "Connect…" }).click();
  await expect.poll(() => location.hash).toBe("#/connections");
});

test("what somebody else writes is in the next look at it", async () => {
  const { host } = await openConversation();
  host.library.apply(start, { edit: "rename_step", step: "wts_start0010", title: "Look around first" });
  host.emit({ what: "draft", id: start, origin: "elsewhere", seq: 9 });
  await expect.element(turn(1).getByText("step 1 · Look around first")).toBeVisible();
});

test("it is opened from the editor and left with Escape, and both are as they were", async () => {
  await openWindow(`#/w/${start}/s/wts_start0013`);
  await page.getByRole("button", { name: "Play as a conversation" }).click();
  await expect.element(status("Turn 1 of 10")).toBeVisible();
  await userEvent.keyboard("{ArrowRight}{ArrowRight}{Escape}");
  await expect.element(page.getByRole("textbox", { name: "Step title" })).toHaveValue("Connect your first repository");
  await userEvent.keyboard("{Shift>}{F5}{/Shift}");
  await expect.element(status("Turn 3 of 10")).toBeVisible();
});

test("it is opened from the menu of a row in the library, and Escape leads back there", async () => {
  await openWindow("#/");
  await page.getByText("Getting started with Acme", { exact: true }).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Play as a conversation" }).click();
  await expect.element(status("Turn 1 of 10")).toBeVisible();
  await userEvent.keyboard("{Escape}");
  await expect.poll(() => location.hash).toBe("#/");
});

test("with the keyboard alone: forward, the call unfolded, something else, and taken back", async () => {
  await openConversation();
  await userEvent.keyboard("{F6}{F6}");
  await expect.element(page.getByRole("group", { name: "Turns so far" })).toHaveFocus();
  await userEvent.keyboard("{ArrowRight}");
  call(2).element().focus();
  await userEvent.keyboard("{Enter}");
  await expect.element(call(2)).toHaveAttribute("aria-expanded", "true");
  await userEvent.keyboard("{F6}");
  expect(document.activeElement?.closest("[data-pane]")?.getAttribute("aria-label")).toBe("State");
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByText(/turns replaced/)).toBeVisible();
  await userEvent.keyboard("{Control>}z{/Control}");
  await expect.element(status("Turn 2 of 10")).toBeVisible();
});

test("a walkthrough without steps says what an agent hears, and leads to the first step", async () => {
  const empty = makeWalkthrough({ id: "wt_empty001", title: "Nothing yet", type: "course", steps: [], editedAt: 0 });
  await openConversation({ walkthroughs: [empty] }, "wt_empty001");
  await expect.element(page.getByText(/has no steps yet, so there is nothing to do in it/)).toBeVisible();
  expect(await audit()).toEqual([]);
  await page.getByRole("button", { name: "Write the first step" }).click();
  await expect.poll(() => location.hash).toBe("#/w/wt_empty001");
});

test("a walkthrough in the trash is not played", async () => {
  const { host } = await openWindow("#/");
  host.library.setTrashed([start], true);
  location.hash = address;
  await expect.element(page.getByRole("heading", { name: "This walkthrough is in the trash" })).toBeVisible();
  expect(await audit()).toEqual([]);
  await page.getByRole("button", { name: "Open the trash" }).click();
  await expect.poll(() => location.hash).toBe(`#/trash/${start}`);
});

test("a conversation that cannot be played says why, and is tried again", async () => {
  const { host } = await openWindow(address, { failing: new Set(["playConversation"]) });
  await expect.element(page.getByRole("alert")).toBeVisible();
  expect(await audit()).toEqual([]);
  host.failing.clear();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect.element(turn(1)).toBeVisible();
});

test("five hundred turns are shown in part, and a text of a megabyte when it is asked for", async () => {
  const steps = Array.from({ length: 500 }, (_, index) => ({
    title: `Step ${index + 1}`,
    user: index === 499 ? "word ".repeat(200_000) : "Do it.",
  }));
  const long = makeWalkthrough({ id: "wt_long0001", title: "Long", type: "course", steps, editedAt: 0 });
  await openConversation({ walkthroughs: [long] }, "wt_long0001");
  await expect.element(status("Turn 1 of 501")).toBeVisible();
  await userEvent.keyboard("{End}{ArrowLeft}");
  await expect.element(turn(500)).toBeVisible();
  expect(document.querySelectorAll("[aria-label^='Turn ']").length).toBeLessThan(40);
  await expect.element(turn(500).getByText("This text has 977 KB.")).toBeVisible();
  await page.getByRole("button", { name: "Show 24 turns before" }).click();
  await expect.element(turn(460)).toBeInTheDocument();
});
