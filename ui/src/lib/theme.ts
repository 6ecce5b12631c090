// How everything looks: light or dark, contrast, motion, and sizes. Says it to the style sheets as attributes of the document.

import { type Contrast, type Motion, setting, settings, type Theme } from "./settings";
import { kept, type Stored } from "./stored";

const zooms = [80, 90, 100, 110, 125, 150, 175, 200];
const textSizes = [12, 13, 14, 15, 16, 18, 20];

export const theme: Stored<Theme> = setting("theme");
export const contrast: Stored<Contrast> = setting("contrast");
export const motion: Stored<Motion> = setting("motion");
export const zoom: Stored<number> = setting("zoom");
export const textSize: Stored<number> = setting("text_size");

/** The theme that is shown, whoever decided it: the person or the system. */
export const shownTheme: Stored<"light" | "dark"> = kept<"light" | "dark">("light");

export const zoomBy = (steps: number): void => zoom.write(next(zooms, zoom.read(), steps));
export const textSizeBy = (steps: number): void => textSize.write(next(textSizes, textSize.read(), steps));

/** The value so many places on, or the last one there is. */
function next(sizes: readonly number[], now: number, steps: number): number {
  const at = sizes.findIndex((size) => size >= now);
  const index = Math.min(Math.max((at < 0 ? sizes.length - 1 : at) + steps, 0), sizes.length - 1);
  return sizes[index] ?? now;
}

/** Keeps the document as chosen. Called once, before the first paint. */
export function followTheme(): void {
  const systems = {
    dark: matchMedia("(prefers-color-scheme: dark)"),
    contrast: matchMedia("(prefers-contrast: more)"),
    still: matchMedia("(prefers-reduced-motion: reduce)"),
  };
  const show = () => {
    const chosen = settings.read();
    const { dataset, style } = document.documentElement;
    const isDark = chosen.theme === "dark" || (chosen.theme === "system" && systems.dark.matches);
    const shown = isDark ? "dark" : "light";
    dataset.theme = shown;
    if (shownTheme.read() !== shown) shownTheme.write(shown);
    dataset.contrast = chosen.contrast === "more" || systems.contrast.matches ? "more" : "normal";
    dataset.motion = chosen.motion === "reduced" || systems.still.matches ? "reduced" : "normal";
    style.setProperty("--text-content", `${chosen.text_size}px`);
  };
  for (const system of Object.values(systems)) system.addEventListener("change", show);
  settings.subscribe(show);
  show();
}
