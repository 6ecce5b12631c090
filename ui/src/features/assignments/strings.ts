import { count, formatNumber } from "../../lib/time";

export const strings = {
  title: "Assignments",
  label: "Servers and walkthroughs",
  connection: "Connection",
  production: "production",
  publish: (value: number) =>
    value === 0 ? "All is published" : `Publish ${count(value, "walkthrough", "walkthroughs")}…`,
  total: (walkthroughs: number, servers: number) =>
    `${count(walkthroughs, "walkthrough", "walkthroughs")} · ${count(servers, "server", "servers")}`,
  legend: "A dot marks what is not published yet.",
  keys: "Space assigns and takes away, D enables and disables, Alt+↑ and Alt+↓ move within the server.",
  walkthrough: "Walkthrough",
  byTitle: "Sort by title",
  byServer: (name: string) => `Sort by place on ${name}`,
  unknownServer: "The connection has no such server, as far as is known: publishing would refuse it.",
  cell: (title: string, server: string, draft: string, there: string | null) =>
    `${title} on ${server}: ${draft}${there === null ? "" : `, not published yet; there: ${there}`}`,
  offered: (order: number, isEnabled: boolean) =>
    isEnabled ? `place ${formatNumber(order)}` : `place ${formatNumber(order)}, disabled`,
  notAssigned: "not assigned",
  assign: "Assign",
  unassign: "Take away",
  enable: "Enable",
  disable: "Disable",
  up: "Move up",
  down: "Move down",
  first: "Move to the top",
  last: "Move to the end",
  drag: (title: string) => `Drag ${title} to another place`,
  undo: "Undo",
  done: (value: number) => `${count(value, "walkthrough", "walkthroughs")} changed.`,
  moved: (title: string, place: number) => `${title} stands at place ${place} now.`,
  nothingDone: "They were so already.",
  undone: "Taken back.",
  kept: (value: number) => `${count(value, "walkthrough", "walkthroughs")} could not be taken back.`,
  nothing: "No servers yet",
  nothingText:
    "Test a connection, and its servers are the columns here. A server that a draft names shows up before there is any connection.",
  toConnections: "Open connections",
  changedThere: "changed there",
};
