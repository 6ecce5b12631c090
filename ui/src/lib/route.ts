// Where the window is: kept in the URL's hash, so that back, forward and deep links work.

import { useSyncExternalStore } from "react";
import type { FieldName } from "./fields";
import { aimOf, type aims, historyOf, placeOf, runOf, slotOf } from "./route-parts";
import type { SlotName } from "./slot-place";

export type Route =
  /** `query`: what is searched for and filtered by, as the library writes it. */
  | { screen: "library"; query?: string }
  /** A step (and a field of it, and a place in that, in UTF-16 units), or the details, or (neither) the first step. */
  | {
      screen: "editor";
      id: string;
      step: string | null;
      isDetails?: boolean;
      /** Something else than the text: the flow (with the step that is chosen in it), or the step's quiz. */
      part?: Part;
      field?: FieldName;
      /** A text that is in no field. */
      slot?: SlotName;
      at?: number;
    }
  /** The conversation that an agent would have. */
  | { screen: "conversation"; id: string }
  /** A model that goes through it: a new run, one that is kept, or two side by side. */
  | { screen: "agent-runs"; id: string; run?: string; other?: string }
  /** Several ids are joined by commas. Without an aim it is the draft that goes. */
  | { screen: "publish"; id: string; aim?: PublishAim }
  /** Servers and walkthroughs, beside what a connection has. */
  | { screen: "assignments"; connection: string | null }
  /** All releases, or one. */
  | { screen: "releases"; id?: string }
  /** A draft and what a connection has. */
  | { screen: "merge"; id: string; connection: string }
  /** Of a whole walkthrough or of one step of it, with the revision that is shown and what it is compared with. */
  | { screen: "history"; id: string; step: string | null; revision?: string; other?: string }
  | { screen: "import" }
  | { screen: "replace" }
  /** With one that is looked for. */
  | { screen: "trash"; id?: string }
  | { screen: "connections" }
  /** Agents at the drafts. */
  | { screen: "agents" }
  /** `name`: the one that is opened. */
  | { screen: "snippets"; name?: string }
  /** How a step is put to an agent. */
  | { screen: "wordings" }
  /** `rule`: the lint rule that is looked up. */
  | { screen: "settings"; section?: SettingsSection; rule?: string }
  | { screen: "unknown" };

export type Part = "flow" | "quiz";

/**
 * Something else than the draft: an earlier revision, what another connection has, or what production has, under another
 * status or no longer.
 */
export type PublishAim = { revision: string } | { from: string } | { status: (typeof aims)[number] };
export const settingsSections = ["appearance", "writing", "lint", "models", "backups", "shortcuts", "about"] as const;
export type SettingsSection = (typeof settingsSections)[number];

const plain = ["import", "replace", "trash", "connections", "agents", "snippets", "wordings"] as const;

export function parseRoute(hash: string): Route {
  const [first = "", id = "", mark, step, ...place] = hash
    .replace(/^#?\/?/, "")
    .split("/")
    .map(decode);
  if (first === "") return { screen: "library" };
  if (first.startsWith("?")) return { screen: "library", query: hash.slice(hash.indexOf("?") + 1) };
  if (first === "w" && id && mark === "details")
    return { screen: "editor", id, step: null, isDetails: true, ...slotOf([step, place[0]]) };
  if (first === "w" && id && mark === "s" && step) return { screen: "editor", id, step, ...placeOf(place) };
  if (first === "w" && id && mark === "flow") return { screen: "editor", id, step: step || null, part: "flow" };
  if (first === "w" && id && mark === "quiz" && step)
    return { screen: "editor", id, step, part: "quiz", ...slotOf(place) };
  if (first === "w" && id && mark === "conversation") return { screen: "conversation", id };
  if (first === "w" && id && mark === "agent-runs") return runOf(id, step, place[0]);
  if (first === "w" && id) return { screen: "editor", id, step: null };
  if (first === "snippets" && id) return { screen: "snippets", name: id };
  if (first === "trash" && id) return { screen: "trash", id };
  if (first === "publish" && id) return { screen: "publish", id, ...aimOf(mark, step) };
  if (first === "assignments") return { screen: "assignments", connection: id || null };
  if (first === "releases") return { screen: "releases", ...(id ? { id } : {}) };
  if (first === "merge" && id && mark) return { screen: "merge", id, connection: mark };
  if (first === "history" && id) return historyOf(id, mark, step, place[0]);
  if (first === "settings") {
    const section = settingsSections.find((name) => name === id);
    return {
      screen: "settings",
      ...(section ? { section } : {}),
      ...(section === "lint" && mark ? { rule: mark } : {}),
    };
  }
  const screen = plain.find((name) => name === first);
  return screen ? { screen } : { screen: "unknown" };
}

export function hrefTo(route: Route): string {
  switch (route.screen) {
    case "library":
      return route.query ? `#/?${route.query}` : "#/";
    case "unknown":
      return "#/";
    case "editor": {
      const parts = [route.field ?? route.slot, route.at].filter((part) => part !== undefined);
      const place = parts.map((part) => `/${part}`).join("");
      if (route.part) {
        const chosen = route.step === null ? "" : `/${encodeURIComponent(route.step)}${place}`;
        return `#/w/${encodeURIComponent(route.id)}/${route.part}${chosen}`;
      }
      const step = route.step === null ? "" : `/s/${encodeURIComponent(route.step)}${place}`;
      return `#/w/${encodeURIComponent(route.id)}${route.isDetails ? `/details${place}` : step}`;
    }
    case "conversation":
      return `#/w/${encodeURIComponent(route.id)}/conversation`;
    case "agent-runs": {
      const chosen = [route.run, route.other].filter((part) => part !== undefined).map(encodeURIComponent);
      return [`#/w/${encodeURIComponent(route.id)}/agent-runs`, ...chosen].join("/");
    }
    case "trash":
      return route.id === undefined ? "#/trash" : `#/trash/${encodeURIComponent(route.id)}`;
    case "snippets":
      return route.name === undefined ? "#/snippets" : `#/snippets/${encodeURIComponent(route.name)}`;
    case "publish":
      return ["#/publish", ...[route.id, ...Object.entries(route.aim ?? {}).flat()].map(encodeURIComponent)].join("/");
    case "assignments":
      return route.connection === null ? "#/assignments" : `#/assignments/${encodeURIComponent(route.connection)}`;
    case "releases":
      return route.id === undefined ? "#/releases" : `#/releases/${encodeURIComponent(route.id)}`;
    case "merge":
      return `#/merge/${encodeURIComponent(route.id)}/${encodeURIComponent(route.connection)}`;
    case "history": {
      const parts = [route.id, route.step, route.revision, route.other].map((part) => encodeURIComponent(part ?? "-"));
      return `#/history/${parts.join("/").replace(/(\/-)+$/, "")}`;
    }
    case "settings": {
      const parts = [route.section, route.rule].filter((part) => part !== undefined).map(encodeURIComponent);
      return ["#/settings", ...parts].join("/");
    }
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

/** The address before this one, where this window has been at one. */
let before: string | null = null;

globalThis.addEventListener?.("hashchange", ({ oldURL }) => {
  if (oldURL) before = new URL(oldURL).hash;
});

/** To where one was, or to the given place where this window was nowhere before. */
export function goBack(otherwise: Route): void {
  if (before !== null && before !== location.hash) location.hash = before;
  else navigate(otherwise);
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
