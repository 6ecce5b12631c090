// Opens the built interface over the fake host, goes to each screen, and takes its picture in both themes: pictures.mjs FOLDER [WIDTHxHEIGHT]
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright";

const dist = fileURLToPath(new URL("../dist-fake/", import.meta.url));
const [folder = ".", size = "1280x800"] = process.argv.slice(2);
const [width = 1280, height = 800] = size.split("x").map(Number);
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
const press = (keys) => (page) => page.keyboard.press(keys);
const tab = (name) => (page) => page.getByRole("tab", { name }).click();
/** Name, address, state of the fake, what is done first. */
const screens = [
  ["library", "#/", ""],
  ["library-empty", "#/", "empty"],
  ["library-broken", "#/", "broken"],
  ["editor", editor, "", tab("Agent")],
  ["editor-user", editor, "", tab("User")],
  ["editor-problems", editor, "", tab(/Problems/)],
  ["details", "#/w/wt_start001/details", ""],
  ["publish", "#/publish/wt_start001", ""],
  ["import", "#/import", ""],
  ["connections", "#/connections", ""],
  ["connection", "#/connections", "", press("Control+n")],
  ["trash", "#/trash", ""],
  ["settings", "#/settings", ""],
  ["palette", editor, "", press("Control+Shift+P")],
  ["quick-open", "#/", "", press("Control+p")],
  ["shortcuts", "#/", "", press("?")],
  ["new", "#/", "", press("Control+n")],
];
const looks = [
  ["light", "normal"],
  ["dark", "normal"],
  ["light", "more"],
];
/** Only these are kept with more contrast: the rest follows the same tokens. */
const sharp = new Set(["library", "editor", "settings"]);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const problems = [];
for (const [theme, contrast] of looks) {
  for (const [name, hash, fake, prepare] of screens) {
    if (contrast === "more" && !sharp.has(name)) continue;
    const page = await browser.newPage({ viewport: { width, height }, colorScheme: theme, reducedMotion: "reduce" });
    page.on("pageerror", (error) => problems.push(`${name} ${theme}: ${error.message}`));
    await page.goto(`http://127.0.0.1:${port}/?fake=${fake}&theme=${theme}&contrast=${contrast}${hash}`);
    await page.waitForSelector("main[aria-label]");
    await page.waitForTimeout(900);
    await prepare?.(page);
    await page.waitForTimeout(600);
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: join(folder, `${name}-${theme}${contrast === "more" ? "-contrast" : ""}.png`) });
    await page.close();
  }
}
await browser.close();
server.close();
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exit(problems.length === 0 ? 0 : 1);
