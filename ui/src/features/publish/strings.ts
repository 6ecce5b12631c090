import { count, formatAgo, formatClock, formatNumber } from "../../lib/time";

const learners = (value: number) => count(value, "learner", "learners");

export const strings = {
  to: "to",
  walkthroughs: (value: number) => count(value, "walkthrough", "walkthroughs"),
  chooseConnection: "Where to publish",
  production: "production",
  options: "More choices",
  asDraft: "Upload without showing it to learners",
  cancel: "Cancel",
  close: "Close",
  planning: (connection: string) => `Comparing with ${connection}…`,
  planMade: (at: number, hash: string) =>
    `Plan made ${formatClock(at)} · content hash ${hash.slice(0, 4)}…${hash.slice(-2)}`,
  planMadeOnly: (at: number) => `Plan made ${formatClock(at)}`,

  publish: "Publish",
  publishChanges: (value: number) => `Publish ${count(value, "change", "changes")}`,
  publishNew: "Publish it for the first time",
  publishMany: (value: number) => `Publish ${count(value, "walkthrough", "walkthroughs")}`,
  overwrite: "Overwrite production",
  nothing: "Nothing to publish",
  blocked: "Cannot be published yet",
  publishing: "Publishing…",
  upToDate: "Production is what your draft is",
  upToDateText: "There is nothing to publish.",

  whatChanges: "What changes",
  nothingChanges: "Nothing changes in production.",
  unchanged: (value: number) => `${count(value, "walkthrough", "walkthroughs")} up to date`,
  newWalkthrough: (steps: number) => `New in production with ${count(steps, "step", "steps")}`,
  actions: { create: "new", update: "changed", none: "unchanged", conflict: "conflict", delete: "deleted" },
  states: {
    added: "new",
    removed: "removed",
    moved: "moved",
    changed: "changed",
    relinked: "next step",
    renamed: "renamed",
  },
  details: {
    title: "Title",
    description: "Description",
    type: "Type",
    status: "Status",
    tags: "Tags",
    estimated_duration_minutes: "Duration in minutes",
    metadata: "Metadata",
  } as Record<string, string>,
  nothingBefore: "nothing",
  detail: "detail",
  assignmentPill: "assignment",
  assignment: (server: string) => `Server ${server}`,
  notAssigned: "not assigned",
  movedFrom: (from: number) => `moved from ${from}`,
  renamedFrom: (title: string) => `was “${title}”`,
  relinked: "its next step changes",
  eventsLost: (value: number) => `${count(value, "completion event", "completion events")} go with it`,
  lines: (field: string, added: number, removed: number) =>
    `${field} · ${count(Math.max(added, removed), "line", "lines")}`,
  showText: (title: string) => `Show what changes in “${title}”`,
  diffOf: (number: number | null, field: string) => (number === null ? field : `${number} · ${field}`),
  agentLeftOut:
    "Over a hundred steps change, so what the agent receives was left out. These are the texts as they are written.",
  agentText: "The whole step, as an agent receives it",
  metadata: "metadata",
  more: (value: number) => `${formatNumber(value)} more`,

  whatItDoes: "What it does to learners",
  halfWay: "are half-way now",
  nobodyStarted: "Nobody has started it yet.",
  newToAll: "It is new: nobody loses anything.",
  eventsDeleted: (value: number, title: string) =>
    [count(value, "completion event", "completion events"), ` of “${title}” will be deleted.`] as const,
  eventsDeletedOf: (value: number, steps: number) =>
    [
      count(value, "completion event", "completion events"),
      ` of ${formatNumber(steps)} removed steps will be deleted.`,
    ] as const,
  standing: (value: number, title: string, goal: string | null) =>
    [
      learners(value),
      value === 1
        ? ` stands on the removed step “${title}” and moves on to ${goal === null ? "the next open step" : `“${goal}”`}.`
        : ` stand on the removed step “${title}” and move on to ${goal === null ? "their next open step" : `“${goal}”`}.`,
    ] as const,
  standingOn: (value: number, steps: number) =>
    [
      learners(value),
      ` ${value === 1 ? "stands on one" : "stand on some"} of ${formatNumber(steps)} removed steps and ${value === 1 ? "moves" : "move"} on.`,
    ] as const,
  median: (before: number, after: number) => [`${before} %`, " median progress becomes ", `${after} %`, "."] as const,
  percent: (value: number) =>
    [learners(value), value === 1 ? " sees another percentage." : " see another percentage."] as const,
  reopened: (value: number) =>
    [
      learners(value),
      value === 1 ? " had finished and is asked to do a new step." : " had finished and are asked to do a new step.",
    ] as const,
  completed: (value: number) => [learners(value), value === 1 ? " has completed it." : " have completed it."] as const,
  nobodyRepeats: "Nobody is asked to repeat a step.",
  nothingLost: "No progress is lost.",

  checks: "Checks",
  inSync: (revision: number, at: number, now: number) =>
    `Production is what you last saw (${revision > 0 ? `revision ${formatNumber(revision)}, ` : ""}${formatAgo(at, now)}).`,
  inSyncAll: "Production is what you last saw.",
  canRollBack: (revision: number) => `Revision ${formatNumber(revision)} is saved here; you can roll back.`,
  revisionKept: "What is published is kept here as a revision.",
  overwrittenKept: "What production has is saved here as a revision first; you can bring it back.",
  hiddenFromLearners: "Learners do not see it.",
  visible: "Learners see it on its servers at once.",
  noServers: "It is assigned to no server: no learner can reach it.",
  noServersOf: (value: number, total: number) =>
    `${formatNumber(value)} of ${formatNumber(total)} ${value === 1 ? "is" : "are"} assigned to no server: no learner can reach ${value === 1 ? "it" : "them"}.`,

  confirmTitle: "Publish this?",
  confirmOther: (what: string) => `${what}?`,
  conflictTitle: "Production changed in the meantime",
  conflictText:
    "Nothing was written. Bring production’s version here first, or replace it: what is there now is kept as a revision.",
  conflictEdited:
    "Nothing was written. You have edits of your own: merge the two (you are asked where both changed the same), or replace what production has; it is kept as a revision first.",
  merge: "Merge with production’s version",
  mergeOne: (title: string) => `Merge “${title}”`,
  pull: "Pull production’s version",
  pulling: "Pulling…",
  pulled: (title: string) => `“${title}” is now what production has.`,
  planToOverwrite: "Plan to overwrite it",

  progress: (done: number, total: number) => `${formatNumber(done)} of ${formatNumber(total)}`,
  stop: "Stop",
  stopping: "Stopping after what is being written…",
  stoppingShort: "Stopping…",
  publishedSome: (done: number, total: number) => `${formatNumber(done)} of ${formatNumber(total)} published`,
  notPublished: "Not published",
  unknown: "The outcome is not known yet",
  unknownText:
    "The connection broke while the database was committing. Production has either the old version or the new one. Asking again settles it.",
  unknownNote: "Outcome not known: ask again",
  notPublishedNote: "Not published: see why",
  askAgain: "Ask again",
  revision: (value: number) => (value === 0 ? "It was there already." : `Revision ${formatNumber(value)}`),
  nextAssign: "It is assigned to no server yet, so no learner can reach it. Assign it, and publish again.",
  assign: "Assign it to a server",
  nextDraft: "It is uploaded as a draft: learners do not see it yet.",
  openWalkthrough: "Back to the walkthrough",
  toLibrary: "Back to the library",
  planAgain: "Plan again",
  done: (title: string, name: string) => `“${title}” is published to “${name}”.`,
  doneUnreachable: (title: string, name: string) =>
    `“${title}” is published to “${name}”, and assigned to no server: no learner can reach it yet.`,
  notDone: (title: string) => `“${title}” was not published.`,

  noConnections: "There is nowhere to publish to yet",
  noConnectionsText: "Connect to your organization’s database, or try it on a private sandbox on this computer.",
  connect: "Add a connection",
  sandbox: "Try it on a sandbox",
  sandboxStart: "Start the sandbox",
  sandboxStarting: "Starting the sandbox…",
  editConnection: "Open connections",

  buttonTo: (name: string) => `Publish to ${name}`,
  planned: (value: number) => (value === 0 ? "up to date" : count(value, "change", "changes")),
  plannedNew: "new there",
  plannedConflict: "production changed",
  plannedBlocked: (value: number) => `${count(value, "error", "errors")} to fix first`,
  plannedQuestions: (value: number) => `${count(value, "question", "questions")} before it goes`,
  reached: (value: string) => `${value} half-way`,
  seePlan: "See the whole plan",
  unlock: "Unlock to see the plan",
  seeIt: "Show",
};
