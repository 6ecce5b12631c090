// The window's program, apart from what it asks of the host first.

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";

export function show(root: Element): void {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
