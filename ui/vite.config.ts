import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The mode `fake` builds the window against the typed fake of the host, so that it runs in any browser.
export default defineConfig(({ mode }) => ({
  plugins: [react()],
  base: "./",
  clearScreen: false,
  define: { __FAKE__: JSON.stringify(process.env.VITE_FAKE === "1" || mode === "fake" || mode === "test") },
  server: { port: 5173, strictPort: true, host: "127.0.0.1" },
  build: { target: "es2022", sourcemap: false, chunkSizeWarningLimit: 900 },
}));
