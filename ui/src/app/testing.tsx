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

/** What a person with another way of perceiving would stumble over, one line each. */
export async function audit(): Promise<string[]> {
  const { violations } = await axe.run(document.body, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    rules: { region: { enabled: false }, "page-has-heading-one": { enabled: false } },
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.any[0]?.message ?? node.all[0]?.message ?? ""}`),
  );
}

/** The calls that wrote something, by name. */
export function writes(host: FakeHost): string[] {
  const reads = /^(library|list|open|peek|preview|lint|rules|about|plan|read|score|show|editSelection|save[S])/;
  return host.calls.map(({ name }) => name).filter((name) => !reads.test(name));
}
