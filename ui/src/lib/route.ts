// Where the window is: kept in the URL's hash, so that back, forward and deep links work.

import { useSyncExternalStore } from "react";

export type Route =
  | { screen: "library" }
  /** A step, or the walkthrough's details, or (neither) its first step. */
  | { screen: "editor"; id: string; step: string | null; isDetails?: boolean }
  | { screen: "publish"; id: string }
  | { screen: "import" }
  | { screen: "trash" }
  | { screen: "connections" }
  | { screen: "settings" }
  | { screen: "unknown" };

const plain = ["import", "trash", "connections", "settings"] as const;

export function parseRoute(hash: string): Route {
  const [first = "", id = "", mark, step] = hash
    .replace(/^#?\/?/, "")
    .split("/")
    .map(decode);
  if (first === "") return { screen: "library" };
  if (first === "w" && id && mark === "details") return { screen: "editor", id, step: null, isDetails: true };
  if (first === "w" && id) return { screen: "editor", id, step: mark === "s" && step ? step : null };
  if (first === "publish" && id) return { screen: "publish", id };
  const screen = plain.find((name) => name === first);
  return screen ? { screen } : { screen: "unknown" };
}

export function hrefTo(route: Route): string {
  switch (route.screen) {
    case "library":
    case "unknown":
      return "#/";
    case "editor": {
      const step = route.step === null ? "" : `/s/${encodeURIComponent(route.step)}`;
      return `#/w/${encodeURIComponent(route.id)}${route.isDetails ? "/details" : step}`;
    }
    case "publish":
      return `#/publish/${encodeURIComponent(route.id)}`;
    default:
      return `#/${route.screen}`;
  }
}

export function navigate(route: Route, how: "push" | "replace" = "push"): void {
  const href = hrefTo(route);
  if (how === "push") {
    location.hash = href;
  } else {
    history.replaceState(null, "", href);
    globalThis.dispatchEvent(new HashChangeEvent("hashchange"));
  }
}

let known: { hash: string; route: Route } = { hash: "", route: { screen: "library" } };

function current(): Route {
  if (known.hash !== location.hash) known = { hash: location.hash, route: parseRoute(location.hash) };
  return known.route;
}

export function useRoute(): Route {
  return useSyncExternalStore((changed) => {
    globalThis.addEventListener("hashchange", changed);
    return () => globalThis.removeEventListener("hashchange", changed);
  }, current);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
