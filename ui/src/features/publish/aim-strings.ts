// What is published, where it is not the draft, in words; `button` takes the place of the number of changes.

type AimWords = { title: string; button: string | null; done: (name: string) => string; next: string };

export const aimStrings: Record<
  "draft" | "revision" | "to_draft" | "to_archived" | "to_published" | "to_deleted",
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
