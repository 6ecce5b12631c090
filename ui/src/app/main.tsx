// The window's entry.

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <StrictMode>
      <main>Waymark</main>
    </StrictMode>,
  );
