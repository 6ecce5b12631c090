import { expect, test } from "vitest";
import { hrefTo, parseRoute, type Route } from "./route";

const routes: Route[] = [
  { screen: "library" },
  { screen: "editor", id: "wt_1", step: null },
  { screen: "editor", id: "wt_1", step: "wts_/?#" },
  { screen: "editor", id: "wt_1", step: null, isDetails: true },
  { screen: "editor", id: "wt_1", step: "wts_1", field: "content_for_user" },
  { screen: "editor", id: "wt_1", step: "wts_1", field: "operations_for_agent", at: 120 },
  { screen: "editor", id: "wt_1", step: "wts_1", slot: "title", at: 3 },
  { screen: "editor", id: "wt_1", step: null, isDetails: true, slot: "certificate_body", at: 0 },
  { screen: "editor", id: "wt_1", step: "wts_1", part: "quiz", slot: "answer-0-12", at: 4 },
  { screen: "editor", id: "wt_1", step: "wts_1", part: "quiz" },
  { screen: "conversation", id: "wt_ü" },
  { screen: "agent-runs", id: "wt_ü" },
  { screen: "agent-runs", id: "wt_1", run: "run_1", other: "run_/2" },
  { screen: "publish", id: "wt_ü" },
  { screen: "publish", id: "wt_1,wt_2", aim: { status: "archived" } },
  { screen: "publish", id: "wt_1", aim: { revision: "rev_/1" } },
  { screen: "merge", id: "wt_ü", connection: "con_1" },
  { screen: "import" },
  { screen: "trash" },
  { screen: "trash", id: "wt_1/2" },
  { screen: "snippets" },
  { screen: "snippets", name: "größe/2" },
  { screen: "connections" },
  { screen: "agents" },
  { screen: "settings" },
  { screen: "settings", section: "shortcuts" },
];

test("every route is found again by its address", () => {
  for (const route of routes) expect(parseRoute(hrefTo(route))).toEqual(route);
});

test("an address of nothing is unknown, and broken escapes do no harm", () => {
  expect(parseRoute("#/nothing")).toEqual({ screen: "unknown" });
  expect(parseRoute("#/w/%E0%A4%A")).toEqual({ screen: "editor", id: "%E0%A4%A", step: null });
  expect(parseRoute("#/w/wt_1/s/wts_1/nothing/-5")).toEqual({ screen: "editor", id: "wt_1", step: "wts_1" });
  expect(parseRoute("")).toEqual({ screen: "library" });
});
