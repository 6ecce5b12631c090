import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** Every webview knows woff2; the older copies of each font would only make the package larger. */
const onlyWoff2: Plugin = {
  name: "only-woff2",
  enforce: "pre",
  transform: (code, id) =>
    id.includes("@fontsource") && id.endsWith(".css")
      ? code.replace(/,\s*url\([^)]*\.woff\)\s*format\(['"]woff['"]\)/g, "")
      : null,
};

/** The fonts of the first screen are fetched along with the program, not when it has drawn its first text. */
const preloadFonts: Plugin = {
  name: "preload-fonts",
  transformIndexHtml: {
    order: "post",
    handler: (_html, { bundle }) =>
      Object.keys(bundle ?? {})
        .filter((file) => /ibm-plex-sans-latin-[456]00-normal-.*\.woff2$/.test(file))
        .map((file) => ({
          tag: "link",
          attrs: { rel: "preload", as: "font", type: "font/woff2", href: `./${file}`, crossorigin: "" },
          injectTo: "head-prepend",
        })),
  },
};

/** The window freezes Object.prototype; an own `constructor` then has to be defined, for it cannot be assigned any more. */
const frozenPrototype: Plugin = {
  name: "frozen-prototype",
  apply: "build",
  transform(code, id) {
    if (!/[/]d3-color[/].*[.]m?js$/.test(id)) return null;
    const assigned = "prototype.constructor = constructor;";
    if (!code.includes(assigned)) this.error("d3-color defines its colors in another way now: look at it again.");
    const defined = `Object.defineProperty(prototype, "constructor", { value: constructor, writable: true, configurable: true });`;
    return code.replace(assigned, defined);
  },
};

// The mode `fake` builds the window against the typed fake of the host, so that it runs in any browser.
export default defineConfig(({ mode }) => ({
  plugins: [react(), onlyWoff2, preloadFonts, frozenPrototype],
  base: "./",
  clearScreen: false,
  define: { __FAKE__: JSON.stringify(process.env.VITE_FAKE === "1" || mode === "fake" || mode === "test") },
  server: { port: 5173, strictPort: true, host: "127.0.0.1" },
  build: { target: "es2022", sourcemap: false, chunkSizeWarningLimit: 900 },
}));
