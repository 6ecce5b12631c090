import type { AuditSeverity, GapType, ReviewState } from "../../ipc";
import { count } from "../../lib/time";

const states: Record<ReviewState, string> = {
  draft: "Draft",
  in_review: "In review",
  approved: "Approved",
  changes_requested: "Changes requested",
};
const gaps: Record<GapType, string> = {
  clarity: "Clarity",
  prerequisite: "Prerequisite",
  logical_flow: "Logical flow",
  execution_error: "Execution error",
  completeness: "Completeness",
  cross_reference: "Cross-reference",
};
const severities: Record<AuditSeverity, string> = { critical: "Critical", warning: "Warning", info: "Info" };

export const strings = {
  review: "Review",
  states,
  gaps,
  severities,
  about: {
    draft: "Nobody has been asked to look at it yet.",
    in_review: "Waiting for somebody to approve it or to request changes.",
    approved: (who: string, when: string) => `By ${who}, ${when}, for exactly this content.`,
    changes: (who: string, when: string) => `By ${who}, ${when}.`,
    void: (who: string, when: string) =>
      `The approval by ${who}, ${when}, is void: the content has changed since. It counts again if the content is taken back.`,
  },
  content: (hash: string) => `Content ${hash.slice(0, 8)}`,
  putUp: "Put up for review",
  takeOut: "Back to draft",
  approve: "Approve",
  requestChanges: "Request changes",
  note: "What to say with it",
  notePlaceholder: "Optional",
  decideAbout: {
    approved: "Your approval is for exactly this content. Any edit makes it void.",
    changes_requested: "Say what has to change. Comments say where.",
  },
  show: "Threads that are shown",
  filters: { open: "Open", resolved: "Resolved", all: "All" },
  noneOpen: "No open comments.",
  noneAtAll: "No comments yet. Select some text and comment on it, or on a step or the whole walkthrough.",
  none: "None.",
  more: "More of the review",
  importAudit: "Import an audit report…",
  exportBundle: "Export with the review…",
  changeName: (name: string) => `Comment as ${name}…`,
  exported: (path: string) => `Exported to ${path}, with its review.`,
  imported: (added: number, findings: number) =>
    added === 0
      ? `Nothing new: all of ${count(findings, "finding", "findings")} are here already.`
      : `${count(added, "comment", "comments")} from ${count(findings, "finding", "findings")}.`,
  unplaced: (value: number) => `${count(value, "finding names", "findings name")} no step of this walkthrough.`,
  comment: "Comment",
  commentOn: { step: "On this step", walkthrough: "On the walkthrough" },
  newComment: "New comment",
  placeholder: "What would you say to the writer?",
  replyPlaceholder: "Reply",
  reply: "Reply",
  send: "Comment",
  cancel: "Cancel",
  save: "Save",
  edit: "Edit",
  takeBack: "Take back",
  takenBack: "Taken back by its author.",
  tookBack: "The comment was taken back.",
  undo: "Undo",
  changed: "edited",
  resolve: "Resolve",
  reopen: "Open again",
  resolvedBy: (who: string) => `Resolved by ${who}`,
  whole: "The whole walkthrough",
  step: (number: number, title: string) => `${number} · ${title}`,
  stepGone: (title: string) => `${title} (this step is gone)`,
  textGone: "This text is gone",
  toText: "Show it in the text",
  turn: (number: number, words: string) => `Turn ${number} of the conversation: ${words}`,
  suggested: "Suggested fix",
  threadBy: (who: string) => `Thread by ${who}`,
  nameTitle: "Who is commenting?",
  nameAbout:
    "Your name stands beside what you write and decide, here and in the files that you send. It is kept in this library.",
  name: "Name",
  nameSave: "Use this name",
  commentHere: "Comment on the selection",
};
