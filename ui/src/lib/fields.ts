// The four fields: their order, their words and their color, the same on every screen.

export const fields = [
  "introduction_for_agent",
  "context_for_agent",
  "content_for_user",
  "operations_for_agent",
] as const;
export type FieldName = (typeof fields)[number];

type Words = { label: string; lower: string; purpose: string; token: string };

export const fieldWords: Record<FieldName, Words> = {
  introduction_for_agent: {
    label: "Introduction",
    lower: "introduction",
    purpose: "for the agent: goal and when it is done",
    token: "introduction",
  },
  context_for_agent: { label: "Context", lower: "context", purpose: "for the agent: background", token: "context" },
  content_for_user: {
    label: "User content",
    lower: "user content",
    purpose: "said to the user, word for word",
    token: "user",
  },
  operations_for_agent: {
    label: "Operations",
    lower: "operations",
    purpose: "for the agent: what to do",
    token: "operations",
  },
};

export const fieldColor = (field: FieldName) => `var(--field-${fieldWords[field].token})`;
export const fieldSoftColor = (field: FieldName) => `var(--field-${fieldWords[field].token}-soft)`;

/** What a part of a step or a walkthrough is called inside a sentence. */
export const partWords = {
  title: "title",
  description: "description",
  tags: "tags",
  metadata: "metadata",
  introduction_for_agent: fieldWords.introduction_for_agent.lower,
  context_for_agent: fieldWords.context_for_agent.lower,
  content_for_user: fieldWords.content_for_user.lower,
  operations_for_agent: fieldWords.operations_for_agent.lower,
  section: "section",
  quiz: "quiz",
  certificate: "certificate",
} as const;
