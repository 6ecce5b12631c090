// Files dropped on a text go beside the walkthrough and are linked there; dropped elsewhere they are offered for import.

import { useEffect } from "react";
import { events, type Field } from "../../../ipc";
import { takeDrops } from "../../../lib/offered-files";
import { zoom } from "../../../lib/theme";
import { attachPaths } from "./attach";
import { viewOf } from "./open-views";

type Point = { x: number; y: number };

/** The host counts in units of the window, and the page is zoomed in it. */
const inPage = ({ x, y }: Point): Point => ({ x: (x * 100) / zoom.read(), y: (y * 100) / zoom.read() });

function fieldAt({ x, y }: Point): Field | null {
  const place = document.elementFromPoint(x, y)?.closest("section")?.querySelector<HTMLElement>("[data-field]");
  return (place?.dataset.field ?? null) as Field | null;
}

/** Shows which text would get the files. */
function markTarget(field: Field | null): void {
  for (const marked of document.querySelectorAll<HTMLElement>("[data-field]")) {
    marked.toggleAttribute("data-drop", marked.dataset.field === field);
  }
}

export function useDroppedFiles(walkthrough: string): void {
  useEffect(() => {
    const stops = [
      events.filesDragged((at) => markTarget(at && fieldAt(inPage(at)))),
      takeDrops((paths, dropped) => {
        markTarget(null);
        // A bundle is a walkthrough with its review: it is looked at and imported, wherever it is dropped.
        if (paths.every((path) => path.toLowerCase().endsWith(".waymark"))) return false;
        const at = inPage(dropped);
        const field = fieldAt(at);
        const view = field && viewOf(field);
        if (!field || !view) return false;
        const place = view.posAtCoords(at);
        if (place !== null) view.dispatch({ selection: { anchor: place } });
        attachPaths(walkthrough, view, paths);
        return true;
      }),
    ];
    return () => {
      markTarget(null);
      for (const stop of stops) stop();
    };
  }, [walkthrough]);
}
