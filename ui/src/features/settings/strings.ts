export const strings = {
  title: "Settings",
  appearance: "Appearance",
  theme: "Theme",
  themes: { system: "As the system", light: "Light", dark: "Dark" },
  size: "Size of everything",
  larger: "Larger",
  smaller: "Smaller",
  about: "About",
  version: "Version",
  library: "Library folder",
  logs: "Log folder",
  openLogs: "Open the log folder",
};
