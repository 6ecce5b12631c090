// Proves the direction of imports: app -> features -> {ui, ipc} -> lib, features never import features, and the host
// (`@tauri-apps/*`) is reached only through src/ipc. Also watches the length of files.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

const src = resolve(dirname(fileURLToPath(import.meta.url)), "../src");
const allowed = {
  app: ["app", "features", "ui", "ipc", "lib", "styles"],
  features: ["ui", "ipc", "lib"],
  ui: ["ui", "lib"],
  ipc: ["ipc", "lib"],
  lib: ["lib"],
};
const longest = 200;
const problems = [];

function* files(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* files(path);
    else if (/\.(ts|tsx)$/.test(name)) yield path;
  }
}

function area(path) {
  const [top, feature] = relative(src, path).split(sep);
  return { top, feature };
}

for (const path of files(src)) {
  const text = readFileSync(path, "utf8");
  const here = area(path);
  const name = relative(src, path);
  const isGenerated = name.includes("generated");
  const isTest = name.includes(".test.") || name.endsWith("testing.tsx");
  const lines = text.split("\n").length - 1;
  if (lines > longest && !isGenerated && !isTest) problems.push(`${name}: ${lines} lines, more than ${longest}`);
  for (const [, target] of text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)) {
    if (target.startsWith("@tauri-apps/") && here.top !== "ipc")
      problems.push(`${name}: imports ${target} outside src/ipc`);
    if (!target.startsWith(".")) continue;
    const there = area(resolve(dirname(path), target));
    const isOwn = there.top === here.top && (here.top !== "features" || there.feature === here.feature);
    if (!isOwn && !isTest && !allowed[here.top]?.includes(there.top))
      problems.push(`${name}: may not import ${target}`);
    if (there.top === "ipc" && here.top !== "ipc" && !/\/ipc(\/index|\/first)?$/.test(target) && !isTest) {
      problems.push(`${name}: imports ${target} past the doorway src/ipc`);
    }
  }
}

for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exit(problems.length === 0 ? 0 : 1);
