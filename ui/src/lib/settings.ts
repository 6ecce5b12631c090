// What a person chose about the window. The host keeps it beside the library's own settings, so that it outlives the webview's storage
// and the native menu knows it too; this is the copy that everything in the window reads, without waiting.

import { kept, type Stored } from "./stored";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];
export const contrasts = ["system", "more"] as const;
export type Contrast = (typeof contrasts)[number];
export const motions = ["system", "reduced"] as const;
export type Motion = (typeof motions)[number];

export type Settings = {
  theme: Theme;
  contrast: Contrast;
  motion: Motion;
  /** Size of everything, in percent. */
  zoom: number;
  /** Size of the written text, in pixels. */
  text_size: number;
  has_menu_bar: boolean;
  /** Keys that are not the ones an action comes with, by its id. An empty string is no keys at all. */
  shortcuts: { [id: string]: string };
};

export const initialSettings: Settings = {
  theme: "system",
  contrast: "system",
  motion: "system",
  zoom: 100,
  text_size: 14,
  has_menu_bar: true,
  shortcuts: {},
};

const store = kept<Settings>(initialSettings);
let save: (settings: Settings) => void = () => undefined;

/** Takes over what the host has. Called before the first paint, and again when the host has answered for itself. */
export function beginSettings(loaded: Settings, keep: (settings: Settings) => void): void {
  save = () => undefined;
  store.write(loaded);
  save = keep;
}

export const settings: Stored<Settings> = {
  ...store,
  write: (next) => {
    store.write(next);
    save(next);
  },
};

/** One of the settings, as a value of its own. */
export function setting<Name extends keyof Settings>(name: Name): Stored<Settings[Name]> {
  return {
    read: () => settings.read()[name],
    write: (value) => settings.write({ ...settings.read(), [name]: value }),
    subscribe: settings.subscribe,
  };
}
