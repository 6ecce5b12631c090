import { count } from "../../lib/time";

const walkthroughs = (value: number) => count(value, "walkthrough", "walkthroughs");
const places = (where: number, snippets: number) =>
  snippets === 0
    ? walkthroughs(where)
    : [where > 0 ? walkthroughs(where) : "", count(snippets, "snippet", "snippets")].filter(Boolean).join(" and ");
const occurrences = (value: number) => count(value, "occurrence", "occurrences");

export const strings = {
  title: "Find and replace",
  label: "Find and replace in the library",
  find: "Find",
  replaceWith: "Replace with",
  isCaseSensitive: "Match case",
  isWholeWord: "Whole words",
  isRegex: "Regular expression",
  where: "Where",
  everywhere: "All texts",
  parts: {
    title: "Titles",
    description: "Descriptions",
    introduction_for_agent: "Introductions",
    context_for_agent: "Context",
    content_for_user: "User content",
    operations_for_agent: "Operations",
    section: "Sections",
    quiz: "Quizzes",
    certificate: "Certificates",
  },
  snippets: "Snippets",
  snippet: "Snippet",
  partNames: { title: "Title", description: "Description", section: "Section", certificate: "Certificate" },
  prompt: (question: number) => `Question ${question}`,
  answer: (question: number, answer: number) => `Question ${question}, answer ${answer}`,
  explanation: (question: number) => `Question ${question}, explanation`,
  filter: "Only in walkthroughs that a search finds",
  filterHint: "type:installer tag:helm",
  found: (all: number, where: number, snippets: number) => `${occurrences(all)} in ${places(where, snippets)}`,
  replace: (value: number) => `Replace ${occurrences(value)}`,
  replacing: "Replacing…",
  start: "Find and replace across the library",
  startText:
    "Type what to look for. Every place is shown before anything is written, and a replacement is taken back as a whole.",
  nothing: "Nothing was found",
  nothingText: "Look at the case, the whole words and where you look.",
  looking: "Looking through the library…",
  include: (title: string) => `Replace in ${title}`,
  includeOne: (line: number, found: string) => `Replace “${found}” in line ${line}`,
  ofChosen: (chosen: number, all: number) => (chosen === all ? `${all}` : `${chosen} of ${all}`),
  details: "Walkthrough",
  step: (number: number, title: string) => `${number} ${title}`,
  more: (value: number) => `and ${value} more, which are replaced too`,
  fold: (title: string) => `Show what is found in ${title}`,
  done: (value: number, where: number, snippets: number) =>
    `Replaced ${occurrences(value)} in ${places(where, snippets)}.`,
  nothingDone: "Nothing was replaced.",
  skipped: (value: number) => `${count(value, "place was", "places were")} left as it is`,
  undo: "Undo",
  undone: (value: number, snippets: number) => `Taken back in ${places(value, snippets)}.`,
  last: "Last replacements",
  lastOf: (where: number, snippets: number) => places(where, snippets),
  takenBack: "taken back",
  merged: (value: number) =>
    `${count(value, "walkthrough was", "walkthroughs were")} changed since; what came later is kept.`,
  kept: (value: number, snippets: number) => `In ${places(value, snippets)} not everything could be taken back.`,
  remove: "remove",
} as const;
