// The types and states of a walkthrough, in words.

export const kinds = ["quickstart", "installer", "troubleshooting", "integration", "course"] as const;
export type Kind = (typeof kinds)[number];

export const kindWords: Record<Kind, { label: string; about: string }> = {
  quickstart: { label: "quickstart", about: "The first minutes with something." },
  installer: { label: "installer", about: "Installs something, with the agent at the keyboard." },
  troubleshooting: { label: "troubleshooting", about: "Finds and mends a fault." },
  integration: { label: "integration", about: "Connects two things." },
  course: { label: "course", about: "A longer course, lesson by lesson." },
};

export const stages = ["draft", "published", "archived"] as const;
export type Stage = (typeof stages)[number];
