// What the agent and the user would see, in the shape of the real preview. Tokens are guessed from the length.

import type { Field, FieldsV1, Segment, StepPreview, Walkthrough, WalkthroughType } from "../types";
import { toHtml } from "./markdown";

export const requiredFields: Record<WalkthroughType, Field[]> = {
  course: ["content_for_user"],
  quickstart: ["content_for_user"],
  installer: ["content_for_user", "operations_for_agent"],
  troubleshooting: ["context_for_agent", "content_for_user"],
  integration: ["context_for_agent", "content_for_user", "operations_for_agent"],
};

const blocks: [Field, string][] = [
  ["introduction_for_agent", "objective"],
  ["context_for_agent", "background"],
  ["operations_for_agent", "operations"],
  ["content_for_user", "say_to_user"],
];

const tokens = (text: string) => Math.ceil(text.length / 4.2);

export function previewStep(
  walkthrough: Walkthrough,
  index: number,
  title: string,
  fields: FieldsV1,
  withUser: boolean,
): StepPreview {
  const step = walkthrough.steps[index];
  const total = walkthrough.steps.length;
  const agent: Segment[] = [
    { text: `# ${walkthrough.title}\nStep ${index + 1} of ${total}: ${title}\n\n`, field: null },
  ];
  for (const [field, tag] of blocks) {
    const text = fields[field];
    if (!text?.trim()) continue;
    agent.push({ text: `<${tag}>\n${text}\n</${tag}>\n`, field }, { text: "\n", field: null });
  }
  const percent = Math.round((100 * index) / Math.max(total, 1));
  agent.push({
    text: `Progress: ${percent}% (${index} of ${total}). This step's id: ${step?.id ?? ""}\n`,
    field: null,
  });
  const counts = blocks.map(([field]) => ({ field, tokens: tokens(fields[field] ?? "") }));
  const sum = tokens(agent.map((segment) => segment.text).join(""));
  return {
    step: step?.id ?? "",
    agent,
    tokens: {
      encoding: "o200k_base",
      total: sum,
      fields: counts,
      template: Math.max(0, sum - counts.reduce((so_far, { tokens }) => so_far + tokens, 0)),
    },
    user_html: withUser ? toHtml(fields.content_for_user ?? "") : null,
  };
}
