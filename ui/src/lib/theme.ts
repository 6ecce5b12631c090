// Light, dark, or as the system has it; and the size of everything.

import { type Stored, stored } from "./stored";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const zooms = [0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2];

export const theme: Stored<Theme> = stored<Theme>("theme", "system", (value): value is Theme =>
  themes.some((known) => known === value),
);

export const zoom: Stored<number> = stored<number>("zoom", 1, (value): value is number =>
  zooms.some((known) => known === value),
);

export function zoomBy(steps: number): void {
  const index = Math.min(Math.max(zooms.indexOf(zoom.read()) + steps, 0), zooms.length - 1);
  zoom.write(zooms[index] ?? 1);
}

/** Keeps the document as chosen. Called once, before the first paint. */
export function followTheme(): void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const show = () => {
    const chosen = theme.read();
    const isDark = chosen === "dark" || (chosen === "system" && system.matches);
    document.documentElement.dataset.theme = isDark ? "dark" : "light";
    document.documentElement.style.setProperty("zoom", zoom.read() === 1 ? "" : String(zoom.read()));
  };
  system.addEventListener("change", show);
  theme.subscribe(show);
  zoom.subscribe(show);
  show();
}
