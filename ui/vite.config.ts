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

// The mode `fake` builds the window against the typed fake of the host, so that it runs in any browser.
export default defineConfig(({ mode }) => ({
  plugins: [react(), onlyWoff2, preloadFonts],
  base: "./",
  clearScreen: false,
  define: { __FAKE__: JSON.stringify(process.env.VITE_FAKE === "1" || mode === "fake" || mode === "test") },
  server: { port: 5173, strictPort: true, host: "127.0.0.1" },
  build: { target: "es2022", sourcemap: false, chunkSizeWarningLimit: 900 },
}));
