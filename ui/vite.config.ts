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
        .filter((file) => /ibm-plex-(sans-latin-[456]00|mono-latin-500)-normal-.*\.woff2$/.test(file))
        .map((file) => ({
          tag: "link",
          attrs: { rel: "preload", as: "font", type: "font/woff2", href: `./${file}`, crossorigin: "" },
          injectTo: "head-prepend",
        })),
  },
};

/** The program is fetched beside its small entry, not after it. */
const preloadProgram: Plugin = {
  name: "preload-program",
  apply: "build",
  transformIndexHtml: {
    order: "post",
    handler: (_html, { bundle = {} }) => {
      const program = Object.values(bundle).find(
        (file) => file.type === "chunk" && file.moduleIds.some((id) => id.endsWith("/src/app/window.tsx")),
      );
      const [files, sheets] = [new Set<string>(), new Set<string>()];
      const add = (name: string | undefined) => {
        const chunk = name === undefined ? undefined : bundle[name];
        if (chunk?.type !== "chunk" || files.has(chunk.fileName)) return;
        files.add(chunk.fileName);
        for (const sheet of chunk.viteMetadata?.importedCss ?? []) sheets.add(sheet);
        for (const needed of chunk.imports) add(needed);
      };
      add(program?.fileName);
      const link = (rel: string) => (file: string) => ({
        tag: "link",
        attrs: { rel, href: `./${file}`, crossorigin: "" },
        injectTo: "head" as const,
      });
      return [...[...files].map(link("modulepreload")), ...[...sheets].map(link("stylesheet"))];
    },
  },
};

/** What the first screen needs comes in few files: each is a question to the host. The entry stays as small as it is. */
const filesOfTheStart = [
  { name: "entry", priority: 2, test: /\/src\/(ipc\/first|lib\/(settings|theme))\.ts$|vite\/preload-helper/ },
  {
    name: "program",
    priority: 1,
    test: /\/src\/(ui|lib|ipc|features\/(library|snippets))\/(?!fake\/)|action-specs|\/node_modules\/(react-dom|scheduler|@radix-ui|@floating-ui|@tanstack|@tabler|aria-hidden|react-remove-scroll)/,
  },
];

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
  plugins: [react(), onlyWoff2, preloadFonts, preloadProgram, frozenPrototype],
  base: "./",
  clearScreen: false,
  define: { __FAKE__: JSON.stringify(process.env.VITE_FAKE === "1" || mode === "fake" || mode === "test") },
  server: { port: 5173, strictPort: true, host: "127.0.0.1" },
  build: {
    target: "es2022",
    // The webview of Linux and macOS knows `user-select` by its old name only: the build writes both.
    cssTarget: ["safari17", "chrome111"],
    sourcemap: false,
    modulePreload: { polyfill: false },
    // All styles come at once: a sheet that comes later has everything on the screen laid out and drawn again.
    cssCodeSplit: false,
    chunkSizeWarningLimit: 900,
    rolldownOptions: mode === "fake" ? {} : { output: { codeSplitting: { groups: filesOfTheStart } } },
  },
}));
