// For tests: the whole window over a fresh fake of the host, and an audit of what it shows.

import axe from "axe-core";
import { page } from "vitest/browser";
import { render } from "vitest-browser-react";
import type { FakeHost, FakeOptions } from "../ipc/fake/host";
import "../styles/tokens.css";
import "../styles/base.css";
import "./testing.css";
import type { Contrast, Theme } from "../lib/settings";
import { forgetAll } from "../lib/stored";
import { contrast, followTheme, theme } from "../lib/theme";
import { toasts } from "../ui/tell";
import { App } from "./App";

declare global {
  var waymarkFake: FakeHost;
}

export async function openWindow(
  hash: string,
  options: FakeOptions = {},
  look: Theme = "light",
  sharpness: Contrast = "system",
) {
  forgetAll();
  for (const { id } of toasts.read()) toasts.dismiss(id);
  theme.write(look);
  contrast.write(sharpness);
  followTheme();
  await import("../ipc");
  globalThis.waymarkFake.reset(options);
  location.hash = hash;
  await page.viewport(1280, 800);
  const view = await render(<App />);
  return { host: globalThis.waymarkFake, view };
}

const looks = [
  ["light", "normal"],
  ["dark", "normal"],
  ["light", "more"],
  ["dark", "more"],
] as const;

/**
 * What a person with another way of perceiving would stumble over, one line each, in both themes and with more contrast. How
 * things are built is the same in all four looks and is looked at once; colors are looked at in each.
 */
export async function audit(): Promise<string[]> {
  const { dataset } = document.documentElement;
  const before = { theme: dataset.theme, contrast: dataset.contrast };
  const found = await violations({
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    rules: { region: { enabled: false }, "page-has-heading-one": { enabled: false } },
  });
  for (const [theme, contrast] of looks) {
    if (theme === before.theme && contrast === before.contrast) continue;
    Object.assign(dataset, { theme, contrast });
    const colors = await violations({ runOnly: { type: "rule", values: ["color-contrast"] } });
    found.push(...colors.map((line) => `${theme}, contrast ${contrast}: ${line}`));
  }
  Object.assign(dataset, before);
  return found;
}

async function violations(options: axe.RunOptions): Promise<string[]> {
  const { violations } = await axe.run(document.body, { ...options, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.any[0]?.message ?? node.all[0]?.message ?? ""}`),
  );
}

/** What can be pressed and lies beyond an edge past which nobody can scroll: lost where everything is large. */
export function lost(): string[] {
  const reachable = (element: Element): boolean => {
    const { left, right } = element.getBoundingClientRect();
    for (let box = element.parentElement; box; box = box.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(box).overflowX) && box.scrollWidth > box.clientWidth) return true;
    }
    return left >= -1 && right <= innerWidth + 1;
  };
  const pressed = document.querySelectorAll("button, a[href], input, select, textarea, [role='option'], [role='tab']");
  return [...pressed]
    .filter((element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
    .filter((element) => element.getBoundingClientRect().width > 1 && !reachable(element))
    .map((element) => `${element.tagName} ${element.getAttribute("aria-label") ?? element.textContent}`);
}

/** The calls that wrote something, by name. */
export function writes(host: FakeHost): string[] {
  const reads =
    /^(newTask|cancelTask|library|lastBulk|list|look|open|peek|preview|lint|rules|about|plan|read|score|show|editSelection|save[S])/;
  return host.calls.map(({ name }) => name).filter((name) => !reads.test(name));
}
