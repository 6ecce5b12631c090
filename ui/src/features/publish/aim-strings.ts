// What is published, where it is not the draft, in words; `button` takes the place of the number of changes.

import { count, formatNumber } from "../../lib/time";

type AimWords = { title: string; button: string | null; done: (name: string) => string; next: string };

export const aimStrings: Record<
  "draft" | "revision" | "from" | "to_draft" | "to_archived" | "to_published" | "to_deleted",
  AimWords
> = {
  draft: {
    title: "Publish",
    button: null,
    done: (name: string) => `Published to “${name}”`,
    next: "Learners get it with their next step.",
  },
  revision: {
    title: "Roll back",
    button: "Roll back",
    done: (name: string) => `Rolled back in “${name}”`,
    next: "Learners get the earlier version with their next step. Your draft is as it was.",
  },
  from: {
    title: "Promote",
    button: "Promote",
    done: (name: string) => `Promoted to “${name}”`,
    next: "Learners there get it with their next step. Your draft is as it was.",
  },
  to_draft: {
    title: "Unpublish",
    button: "Unpublish",
    done: (name: string) => `Hidden from learners in “${name}”`,
    next: "Production keeps it as a draft, and learners’ progress with it.",
  },
  to_archived: {
    title: "Archive in production",
    button: "Archive",
    done: (name: string) => `Archived in “${name}”`,
    next: "Learners no longer see it. What they have done is kept.",
  },
  to_deleted: {
    title: "Delete in production",
    button: "Delete for good",
    done: (name: string) => `Deleted in “${name}”`,
    next: "Your draft stays, and what production had is in its history.",
  },
  to_published: {
    title: "Show again",
    button: "Show it again",
    done: (name: string) => `Shown again in “${name}”`,
    next: "Learners get what production has with their next step.",
  },
};

export const sourceStrings = {
  label: "What goes",
  draft: "the draft",
  connection: (name: string) => `what ${name} has now`,
};

export const releaseStrings = {
  open: "Make a release…",
  title: (value: number) => `A release of ${count(value, "walkthrough", "walkthroughs")}`,
  about: "A release has a name, shows how far each walkthrough is, and goes on where it was interrupted.",
  name: "Name",
  make: "Make the release",
  cancel: "Cancel",
};

export const beforeStrings = {
  title: "Published here before",
  nothing: "Nothing yet, from this library.",
  draft: "the draft",
  revision: "an earlier revision",
  promoted: (name: string) => `promoted from ${name}`,
  status: "another status",
  deleted: "deleted",
  by: (author: string, revision: number) =>
    revision > 0 ? `as ${author}, revision ${formatNumber(revision)}` : `as ${author}`,
  assignments: "All assignments…",
  ghosts: "Removed steps in learners’ progress…",
};

export const ghostStrings = {
  title: "Removed steps in learners’ progress",
  about:
    "Learners keep the ids of steps that they completed and that are gone since. They count for nothing, and can be taken out. If such a step is ever published again, these learners do it again.",
  looking: "Looking at what learners have completed…",
  nothing: "There is nothing to take out.",
  found: (steps: number, learners: number) =>
    `${count(steps, "removed step", "removed steps")} in the progress of ${count(learners, "learner", "learners")}:`,
  ghost: (step: string, learners: number) => `${step}: completed by ${count(learners, "learner", "learners")}`,
  clean: "Take them out",
  close: "Close",
  done: (learners: number) => `Taken out of the progress of ${count(learners, "learner", "learners")}.`,
};
