import type { ReviewState } from "../../ipc";
import { count, formatNumber } from "../../lib/time";

export const strings = {
  title: "Import",
  label: "Import walkthroughs",
  introTitle: "Bring walkthroughs in",
  introText:
    "Drop JSON exports or .waymark bundles anywhere on the window, choose files, or paste one. Nothing is written before you have seen what is in them.",
  choose: "Choose files",
  paste: "Or paste a JSON export",
  pastePlaceholder: '{ "version": "1.0", "walkthrough": … }',
  look: "Look at it",
  reading: "Reading…",
  readingFiles: (value: number) => `Reading ${count(value, "file", "files")}…`,
  files: (value: number) => count(value, "file", "files"),
  pasted: "Pasted text",
  steps: (value: number) => count(value, "step", "steps"),
  beside: (value: number) => `${count(value, "picture or file", "pictures and files")} beside it`,
  cannot: "Cannot be imported",
  ready: "ready",
  isNew: "new",
  isThere: "already here",
  inTrash: "in the trash",
  notes: (value: number) => count(value, "note", "notes"),
  clashSameId: (title: string, changes: number) =>
    changes === 0
      ? `“${title}” is already in the library, exactly like this.`
      : `“${title}” is already in the library and differs in ${count(changes, "place", "places")}.`,
  clashTitle: (title: string) => `Another walkthrough in the library has the title “${title}”.`,
  news: (comments: number, decisions: number) =>
    comments + decisions === 0
      ? "Nothing new in its review"
      : `New in its review: ${count(comments, "comment", "comments")}, ${count(decisions, "decision", "decisions")}`,
  decision: {
    draft: (who: string) => `taken out of review by ${who}`,
    in_review: (who: string) => `put up for review by ${who}`,
    approved: (who: string) => `approved by ${who}`,
    changes_requested: (who: string) => `changes requested by ${who}`,
  } satisfies Record<ReviewState, (who: string) => string>,
  conversations: (value: number) => count(value, "conversation", "conversations"),
  clashQuestion: (value: number) =>
    value === 1
      ? "What is to happen with the walkthrough that is here already?"
      : `What is to happen with the ${formatNumber(value)} walkthroughs that are here already?`,
  clashChoices: {
    update: { label: "Update", about: "The file’s version replaces the draft. You can undo that." },
    copy: { label: "Keep both", about: "The file’s version comes in beside it, with new ids." },
    review: { label: "Only the review", about: "Comments and decisions come in; the draft keeps its text." },
    skip: { label: "Leave out", about: "The library stays as it is." },
  },
  cancel: "Cancel",
  other: "Choose others",
  import: (value: number) => `Import ${count(value, "walkthrough", "walkthroughs")}`,
  importing: "Importing…",
  progress: (done: number, total: number) => `${formatNumber(done)} of ${count(total, "file", "files")}`,
  stop: "Stop",
  stopping: "Stopping after the file that is being written…",
  left: (value: number) => `Stopped: ${count(value, "file was", "files were")} not imported.`,
  nothing: "Nothing to import",
  imported: (value: number) => `${count(value, "walkthrough", "walkthroughs")} imported.`,
  updated: (value: number) => `${count(value, "walkthrough", "walkthroughs")} updated.`,
  reviewed: (value: number) => `The ${value === 1 ? "review was" : "reviews were"} taken in.`,
  skipped: "Nothing was imported.",
  ignored: "Only walkthroughs that can be read are imported.",
};
