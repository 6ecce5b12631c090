import { count, formatAgo, formatNumber } from "../../lib/time";

const changes = (value: number) => count(value, "change", "changes");

export const strings = {
  title: "Merge",
  with: "with",
  looking: (connection: string) => `Comparing with ${connection}…`,
  lastSync: (at: number, now: number) => `Last in sync ${formatAgo(at, now)}`,
  neverInSync: "Never in sync before: everything that differs is asked about",
  cancel: "Cancel",

  open: (value: number, total: number) =>
    value === 0 ? "Every conflict is answered" : `${formatNumber(value)} of ${formatNumber(total)} open`,
  heading: "What both changed",
  none: "Nothing is in conflict",
  noneText: "What you changed and what production changed go together.",
  noNews: "Production has nothing new",
  noNewsText: "It is what this draft was last in sync with. There is nothing to merge.",
  toPublish: "Back to publishing",

  before: "Before",
  nothingBefore: "There was nothing.",
  noBase: "Both have it, and were never in sync.",
  mine: "Yours",
  theirs: "Production’s",
  removed: "Not there.",
  unchanged: "As before.",
  takeMine: "Take yours",
  takeTheirs: "Take production’s",
  write: "Write it by hand",
  next: "Next conflict",
  previous: "Previous conflict",
  written: "What it is to be",
  jsonHint: "JSON. Empty removes it.",
  states: { open: "open", mine: "yours", theirs: "production’s", text: "by hand" },
  keys: (next: string) => `1, 2 and 3 answer the conflict that is marked; ${next} goes to the next.`,

  whatComes: "What comes in",
  whatComesText: "Production changed this, and you did not.",
  nothingComes: "Nothing else is new in production.",
  whatHappens: "What merging does",
  takes: (mine: number, theirs: number, text: number) =>
    [
      mine > 0 ? `${formatNumber(mine)} of yours` : "",
      theirs > 0 ? `${formatNumber(theirs)} of production’s` : "",
      text > 0 ? `${formatNumber(text)} written by hand` : "",
    ]
      .filter(Boolean)
      .join(", "),
  draftTakes: (answers: string) => `Of what both changed: ${answers}.`,
  draftGets: (value: number) => `${changes(value)} of production’s come into the draft.`,
  kept: "Your draft as it is now and production’s version are kept in the history. Undo takes the merge back.",
  notWritten: "Production is not written. Publish afterwards.",
  merge: (answers: string, value: number) => {
    const parts = [answers, value > 0 ? changes(value) : ""].filter(Boolean);
    return parts.length === 0 ? "Merge" : `Merge ${parts.join(" and ")}`;
  },
  conflictsOpen: (value: number) => `${count(value, "conflict", "conflicts")} open`,
  merging: "Merging…",
  merged: (title: string) => `“${title}” has both now.`,
  undo: "Undo",
  changedSince: "The draft or production changed meanwhile. Your answers stay where nothing is different.",

  stepStates: { added: "new", removed: "removed", moved: "moved", renamed: "renamed", changed: "changed" },
  step: (number: number | null, title: string) => (number === null ? title : `${formatNumber(number)} · ${title}`),
  details: {
    title: "Title",
    description: "Description",
    type: "Type",
    tags: "Tags",
    duration: "Duration in minutes",
    estimated_duration_minutes: "Duration in minutes",
    metadata: "Metadata",
  } as Record<string, string>,
  stepTitle: "Title",
  existence: "Changed by one, removed by the other",
  content: "Content of a version that this Waymark does not know",
  contentKey: (key: string) => `Content key ${key}`,
  member: (path: string) => `Metadata ${path}`,
  quiz: "Quiz",
  link: "Where it leads",
  move: "Where it stands",
  server: (slug: string) => `Server ${slug}`,
};
