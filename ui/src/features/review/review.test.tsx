import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { audit, openWindow } from "../../app/testing";

const start = "#/w/wt_start001";

async function openReview() {
  await page.getByRole("tab", { name: /^Review/ }).click();
  await expect.element(page.getByRole("region", { name: "Review", exact: true })).toBeVisible();
}

test("a selection is commented on by keyboard, marked in the text, answered and resolved", async () => {
  const { host } = await openWindow(start);
  const text = page.getByRole("textbox", { name: "User content" });
  await text.click();
  await userEvent.keyboard(
    "{Control>}{Home}{/Control}{Shift>}{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}{/Shift}",
  );
  await userEvent.keyboard("{Control>}{Alt>}m{/Alt}{/Control}");
  await expect.element(page.getByRole("textbox", { name: "New comment" })).toHaveFocus();
  await userEvent.keyboard("Is this clear?");
  await page.getByRole("button", { name: "Comment", exact: true }).last().click();
  const dialog = page.getByRole("dialog", { name: "Who is commenting?" });
  await dialog.getByRole("textbox", { name: "Name" }).fill("Ada");
  await dialog.getByRole("button", { name: "Use this name" }).click();
  const thread = page.getByRole("article", { name: "Thread by Ada" });
  await expect.element(thread.getByText("Is this clear?")).toBeVisible();
  await expect.poll(() => document.querySelectorAll(".cm-commented").length).toBeGreaterThan(0);
  await expect.element(page.getByRole("option", { name: /1 open comment/ })).toBeVisible();
  expect(await audit()).toEqual([]);

  await thread.getByRole("button", { name: "Reply" }).click();
  await userEvent.keyboard("I think so.");
  await thread.getByRole("button", { name: "Reply" }).click();
  await expect.element(thread.getByText("I think so.")).toBeVisible();
  await thread.getByRole("button", { name: "Resolve" }).click();
  await expect.element(thread).not.toBeInTheDocument();
  await expect.poll(() => document.querySelectorAll(".cm-commented").length).toBe(0);
  await page.getByRole("button", { name: /^Resolved 1/ }).click();
  await expect.element(page.getByText("Resolved by Ada")).toBeVisible();
  expect(host.calls.filter(({ name }) => name === "setReviewAuthor")).toHaveLength(1);
});

test("an approval is of the content that was looked at, and says why it is void", async () => {
  await openWindow(start);
  await openReview();
  await page.getByRole("button", { name: "Approve" }).click();
  await page.getByRole("button", { name: "Use this name" }).click();
  await expect.element(page.getByRole("textbox", { name: "What to say with it" })).toHaveFocus();
  await userEvent.keyboard("Tried it.");
  await page.getByRole("button", { name: "Approve" }).click();
  await expect.element(page.getByText(/for exactly this content/)).toBeVisible();
  expect(await audit()).toEqual([]);
  await page.getByRole("textbox", { name: "User content" }).click();
  await userEvent.keyboard("More. ");
  await expect.element(page.getByText(/is void: the content has changed since/)).toBeVisible();
});

test("what was typed stays where it could not be sent, and a report comes in once", async () => {
  const { host } = await openWindow(start);
  await openReview();
  await page.getByRole("button", { name: "More of the review" }).click();
  await page.getByRole("menuitem", { name: "Import an audit report…" }).click();
  const thread = page.getByRole("article", { name: "Thread by Audit" });
  await expect.element(thread.getByText("Nothing says which version is needed.")).toBeVisible();
  await expect.element(thread.getByText("Critical")).toBeVisible();

  host.failing.add("replyToThread");
  await thread.getByRole("button", { name: "Reply" }).click();
  await page.getByRole("button", { name: "Use this name" }).click();
  await userEvent.keyboard("Which one?");
  await thread.getByRole("button", { name: "Reply" }).click();
  await expect.element(page.getByText("The library folder cannot be written.")).toBeVisible();
  await expect.element(thread.getByRole("textbox", { name: "Reply" })).toHaveValue("Which one?");
});
