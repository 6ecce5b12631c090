// Opens the built interface over the fake host, goes to each screen, and takes its picture in both themes: pictures.mjs FOLDER [NAME…]
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright";

const dist = fileURLToPath(new URL("../dist-fake/", import.meta.url));
const [folder = ".", ...only] = process.argv.slice(2);
const small = { width: 1280, height: 800 };
const large = { width: 1920, height: 1080 };
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2" };

const server = createServer((request, response) => {
  const path = new URL(request.url ?? "/", "http://localhost").pathname;
  try {
    const body = readFileSync(join(dist, path === "/" ? "index.html" : path));
    response
      .writeHead(200, { "content-type": types[extname(path === "/" ? "index.html" : path)] ?? "text/plain" })
      .end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const { port } = server.address();

const editor = "#/w/wt_start001/s/wts_start0013";
const report = "#/w/wt_start001/s/wts_start0015";
const press = (keys) => (page) => page.keyboard.press(keys);
const tab = (name) => (page) => page.getByRole("tab", { name }).click();
const click = (name) => (page) => page.getByRole("button", { name, exact: true }).first().click();
const quiz = async (page) => {
  await click("Add a quiz")(page);
  await page.keyboard.type("What does acme status show while a check waits?");
  await page.getByRole("textbox", { name: "Option 1" }).fill("queued");
  await page.getByRole("textbox", { name: "Option 2" }).fill("running");
  await page.getByRole("radio", { name: "Option 1 is right" }).click();
  await page.getByRole("tab", { name: "Quiz", exact: true }).click();
};
const certificate = async (page) => {
  await page.getByText("Learners can earn a certificate").click();
  await page.waitForTimeout(600);
  await page.getByRole("img", { name: /example learner/ }).scrollIntoViewIfNeeded();
};
const byHand = async (page) => {
  await page.keyboard.press("F8");
  await page.keyboard.press("3");
};
const ofProblem = async (page) => {
  await page.getByRole("textbox", { name: "Context" }).click();
  await page.keyboard.type("See teh file.");
  await page.waitForTimeout(1_200);
  await page.keyboard.press("F7");
};
const steps = (count) => async (page) => {
  for (let turn = 0; turn < count; turn += 1) await page.keyboard.press("ArrowRight");
};
const called = async (page) => {
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Control+j");
};
const branched = async (page) => {
  await steps(2)(page);
  await click("Wrong step id")(page);
  await click("Come back tomorrow")(page);
  await page.keyboard.press("Control+s");
  await page.keyboard.type("Comes back after a mistake");
  await page.keyboard.press("Enter");
};
const answer = async (page) => {
  await page.getByRole("tab", { name: "VS Code" }).click();
  await page
    .getByRole("button", { name: /get_next_step/ })
    .first()
    .click();
};
const review = async (page) => {
  await tab(/Review/)(page);
  await page.keyboard.press("Control+Alt+m");
  await page.getByRole("textbox", { name: "New comment" }).fill("Does the reader know by now what a check is?");
};
/** Name, address, state of the fake, what is done first. */
const screens = [
  ["library", "#/", ""],
  ["library-empty", "#/", "empty"],
  ["library-broken", "#/", "broken"],
  ["editor", editor, "", tab("Agent")],
  ["editor-user", editor, "", tab("User")],
  ["editor-problems", report, "", tab(/Problems/)],
  ["review", editor, "", review],
  ["problem-menu", report, "", ofProblem],
  ["flow", "#/w/wt_start001/flow", ""],
  ["quiz", "#/w/wt_start001/quiz/wts_start0013", "", quiz],
  ["conversation", "#/w/wt_start001/conversation", "", steps(2)],
  ["conversation-call", "#/w/wt_start001/conversation", "", called],
  ["conversation-otherwise", "#/w/wt_start001/conversation", "", branched],
  ["conversation-compared", "#/w/wt_start001/conversation", "", click("Compare with Production")],
  ["agent-runs", "#/w/wt_start001/agent-runs", ""],
  ["details", "#/w/wt_start001/details", ""],
  ["certificate", "#/w/wt_start001/details", "", certificate],
  ["history", "#/history/wt_start001", ""],
  ["publish", "#/publish/wt_start001", ""],
  ["assignments", "#/assignments/con_prod0001", ""],
  ["releases", "#/releases", ""],
  ["merge", "#/merge/wt_start001/con_prod0001", "conflict", byHand],
  ["import", "#/import", ""],
  ["connections", "#/connections", ""],
  ["connection", "#/connections", "", press("Control+n")],
  ["agents", "#/agents", "", click("Start the endpoint")],
  ["agents-answer", "#/agents", "", answer],
  ["agents-empty", "#/agents", "empty"],
  ["trash", "#/trash", ""],
  ["replace", "#/replace", "", (page) => page.getByRole("textbox", { name: "Find" }).first().fill("acme")],
  ["snippets", "#/snippets", ""],
  ["wordings", "#/wordings", ""],
  ["settings", "#/settings", ""],
  ["settings-writing", "#/settings/writing", ""],
  ["settings-lint", "#/settings/lint", ""],
  ["settings-models", "#/settings/models", ""],
  ["settings-shortcuts", "#/settings/shortcuts", ""],
  ["recovery", "#/", "damaged"],
  ["recovered", "#/", "damaged", click("Recover")],
  ["palette", editor, "", press("Control+Shift+P")],
  ["quick-open", "#/", "", press("Control+p")],
  ["shortcuts", "#/", "", press("?")],
  ["new", "#/", "", press("Control+n")],
];
/** The four that people are on most are taken with more room, too. */
const roomy = new Set(["library", "editor", "conversation", "history", "publish"]);
const looks = [
  ["light", "normal"],
  ["dark", "normal"],
  ["light", "more"],
];
/** Only these are kept with more contrast: the rest follows the same tokens. */
const sharp = new Set(["library", "editor", "settings"]);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell",
  args: ["--no-sandbox"],
});
const problems = [];
for (const [theme, contrast] of looks) {
  for (const [name, hash, fake, prepare] of screens) {
    if (contrast === "more" && !sharp.has(name)) continue;
    if (only.length > 0 && !only.includes(name)) continue;
    const page = await browser.newPage({ viewport: small, colorScheme: theme, reducedMotion: "reduce" });
    page.on("pageerror", (error) => problems.push(`${name} ${theme}: ${error.message}`));
    await page.goto(`http://127.0.0.1:${port}/?fake=${fake}&theme=${theme}&contrast=${contrast}${hash}`);
    await page.waitForSelector("main[aria-label]");
    await page.waitForTimeout(900);
    try {
      await prepare?.(page);
    } catch (error) {
      problems.push(`${name} ${theme}: ${error.message}`);
    }
    await page.waitForTimeout(600);
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: join(folder, `${name}-${theme}${contrast === "more" ? "-contrast" : ""}.png`) });
    if (roomy.has(name) && contrast === "normal") {
      await page.setViewportSize(large);
      await page.waitForTimeout(300);
      await page.screenshot({ path: join(folder, `${name}-${theme}-large.png`) });
    }
    await page.close();
  }
}
await browser.close();
server.close();
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exit(problems.length === 0 ? 0 : 1);
