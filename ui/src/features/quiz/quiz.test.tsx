import { expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import { audit, openWindow } from "../../app/testing";
import type { FakeHost } from "../../ipc/fake/host";

const step = "wts_start0013";
const start = `#/w/wt_start001/quiz/${step}`;
const stored = (host: FakeHost) =>
  host.library.entry("wt_start001").walkthrough.steps.find(({ id }) => id === step)?.metadata ?? "";

async function addQuiz() {
  await page.getByRole("button", { name: "Add a quiz" }).click();
  await expect.element(page.getByRole("textbox", { name: "Question", exact: true })).toHaveFocus();
}

test("a quiz is written by keyboard, tried out, and undone", async () => {
  const { host } = await openWindow(start);
  await addQuiz();
  await userEvent.keyboard("Which one?{Tab}{Tab}Wrong{Enter}");
  await expect.element(page.getByRole("textbox", { name: "Option 2" })).toHaveFocus();
  await userEvent.keyboard("Right");
  await expect.element(page.getByText("Question 1 has no right answer. Say which answer is right.")).toBeVisible();
  await page.getByRole("radio", { name: "Option 2 is right" }).click();
  await expect.poll(() => stored(host)).toContain('"text":"Right","correct":true');
  await page.getByRole("button", { name: "Remove option 3" }).click();
  await expect.element(page.getByRole("textbox", { name: "Option 3" })).not.toBeInTheDocument();

  await page.getByRole("tab", { name: "Quiz", exact: true }).click();
  const preview = page.getByRole("article", { name: "What the learner sees" });
  await preview.getByText("Wrong").click();
  await preview.getByRole("button", { name: "Check the answers" }).click();
  await expect.element(preview.getByText("Not passed")).toBeVisible();
  await preview.getByRole("button", { name: "Try again" }).click();
  await preview.getByText("Right").click();
  await preview.getByRole("button", { name: "Check the answers" }).click();
  await expect.element(preview.getByText("Passed", { exact: true })).toBeVisible();
  await expect.element(preview.getByText("Best of 2 attempts: 1 of 1")).toBeVisible();

  await expect.element(page.getByRole("option", { name: /has a quiz/ })).toBeVisible();
  while (host.library.open("wt_start001").can_undo) {
    (document.activeElement as HTMLElement | null)?.blur();
    await userEvent.keyboard("{Control>}z{/Control}");
    await expect.poll(() => host.calls.at(-1)?.name).not.toBe("undo");
  }
  await expect.element(page.getByRole("button", { name: "Add a quiz" })).toBeVisible();
});

test("questions of every kind are added, moved and removed", async () => {
  const { host } = await openWindow(start);
  await addQuiz();
  await userEvent.keyboard("First");
  const add = page.getByRole("group", { name: "Add a question" });
  for (const kind of ["Multiple choice", "True or false", "Short text"]) {
    await add.getByRole("button", { name: kind }).click();
    await userEvent.keyboard(kind);
  }
  await page.getByRole("radio", { name: "False" }).click();
  await page.getByRole("textbox", { name: "Accepted answer 1" }).fill("acme.toml");
  await page.getByRole("button", { name: "Move the question up" }).nth(3).click();
  const prompts = () =>
    page
      .getByRole("textbox", { name: "Question", exact: true })
      .elements()
      .map((prompt) => (prompt as HTMLTextAreaElement).value);
  await expect.poll(prompts).toEqual(["First", "Multiple choice", "Short text", "True or false"]);
  await page.getByRole("button", { name: "Remove the question" }).nth(1).click();
  await expect.poll(prompts).toEqual(["First", "Short text", "True or false"]);
  await page.getByRole("textbox", { name: "Points" }).nth(1).fill("3");
  await page.getByRole("textbox", { name: "Passed at" }).fill("80");
  await expect.poll(() => stored(host)).toMatch(/"pass_mark":80.*"points":3.*acme\.toml.*"answer":false/);
});

test("a certificate is set up with what it will look like", async () => {
  const { host } = await openWindow("#/w/wt_start001/details");
  const metadata = () => host.library.entry("wt_start001").walkthrough.metadata ?? "";
  await page.getByText("Learners can earn a certificate").click();
  await expect.poll(metadata).toContain('"enabled":true');
  await page.getByLabelText("Earned at (percent of the steps)").fill("90");
  await page.getByRole("combobox", { name: "Difficulty" }).selectOptions("beginner");
  await page.getByLabelText("Title on it").fill("Acme, mastered");
  await expect.element(page.getByRole("img", { name: /example learner/ })).toHaveTextContent(/Acme, mastered/);
  await page.getByLabelText("Text on it").fill("{grade}");
  await expect.element(page.getByText(/The certificate has no/)).toBeVisible();
  await expect.element(page.getByLabelText("Text on it")).toHaveFocus();
  await expect.poll(metadata).toMatch(/"threshold":90.*"difficulty":"beginner".*"title":"Acme, mastered"/);
});

test("what is typed into a certificate stays in the field, and so does the cursor, while it saves itself", async () => {
  const { host } = await openWindow("#/w/wt_start001/details");
  const metadata = () => host.library.entry("wt_start001").walkthrough.metadata ?? "";
  await page.getByText("Learners can earn a certificate").click();
  const title = page.getByLabelText("Title on it");
  await title.click();
  const field = title.element();
  for (const word of ["Acme", ", mastered", " twice"]) {
    await userEvent.keyboard(word);
    await expect.poll(metadata).toContain(`${word}"`);
  }
  await expect.poll(metadata).toContain('"title":"Acme, mastered twice"');
  expect(document.activeElement).toBe(field);
  await expect.element(title).toHaveValue("Acme, mastered twice");
});

test("quizzes and certificates can be used by everybody", async () => {
  await openWindow(start);
  await expect.element(page.getByText("No quiz in this step")).toBeVisible();
  expect(await audit()).toEqual([]);
  await addQuiz();
  for (const kind of ["Multiple choice", "True or false", "Short text"])
    await page.getByRole("group", { name: "Add a question" }).getByRole("button", { name: kind }).click();
  await page.getByRole("tab", { name: "Quiz", exact: true }).click();
  await expect.element(page.getByRole("article", { name: "What the learner sees" })).toBeVisible();
  expect(await audit()).toEqual([]);
  location.hash = "#/w/wt_start001/details";
  await page.getByText("Learners can earn a certificate").click();
  await expect.element(page.getByRole("img", { name: /example learner/ })).toBeVisible();
  expect(await audit()).toEqual([]);
});
