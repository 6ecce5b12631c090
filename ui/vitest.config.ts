import react from "@vitejs/plugin-react";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import manifest from "./package.json" with { type: "json" };

// Everything runs in a real browser, the one of the system: no browser is downloaded.
const used = Object.keys(manifest.dependencies).filter((name) => !/^@(fontsource|tauri-apps)\//.test(name));
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell";

export default defineConfig({
  plugins: [react()],
  define: { __FAKE__: "true" },
  // Named beforehand, so that a dependency found late does not reload the page under a test.
  optimizeDeps: { include: ["react-dom/client", "react/jsx-dev-runtime", "vitest-browser-react", "axe-core", ...used] },
  test: {
    include: ["src/**/*.test.{ts,tsx}"],
    testTimeout: 30_000,
    // Patience for a busy machine: what comes at once is seen at once, and only a failure takes as long.
    expect: { poll: { timeout: 8_000 } },
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: { executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-software-rasterizer"] },
      }),
      instances: [{ browser: "chromium", viewport: { width: 1280, height: 800 } }],
    },
  },
});
