// A few of the rules, as the host lists them.

import type { Rule } from "../types";

type Known = Pick<Rule, "id" | "name" | "severity" | "explanation" | "fix" | "group" | "example">;

const known: Known[] = [
  {
    id: "L004",
    name: "no steps",
    severity: "warning",
    explanation: "A learner who starts it gets nothing.",
    fix: null,
    group: null,
    example: { case: "A walkthrough that has a title and nothing else." },
  },
  {
    id: "L006",
    name: "required field is empty",
    severity: "error",
    explanation: "Each type of walkthrough has fields that the platform's forms require.",
    fix: null,
    group: null,
    example: { case: "A tutorial's step with nothing under `Operations`." },
  },
  {
    id: "L010",
    name: "cannot be stored",
    severity: "error",
    explanation: "Postgres cannot store NUL characters, and far too long texts stall agents and databases.",
    fix: "Delete the NUL characters",
    group: null,
    example: { text: "The end\0of it" },
  },
  {
    id: "L015",
    name: "no definition of done",
    severity: "info",
    explanation: "An agent that is not told when a step is done goes on too early, or never.",
    fix: null,
    group: null,
    example: { case: "An introduction without `Done when the service answers.` or words like it." },
  },
  {
    id: "L023",
    name: "literal backslash-n",
    severity: "warning",
    explanation: "It was meant as a line break, and everybody reads it as two characters.",
    fix: "Replace with line breaks",
    group: null,
    example: { text: "# Title\\n\\nText" },
  },
  {
    id: "L026",
    name: "code without a language",
    severity: "info",
    explanation: "Clients color code by its language, and agents tell a command from its output by it.",
    fix: "Mark it as plain text",
    group: null,
    example: { text: "```\nnpm install\n```" },
  },
  {
    id: "L028",
    name: "relative link",
    severity: "warning",
    explanation: "Production has no place for files: the agent and the user get a link that leads nowhere.",
    fix: null,
    group: null,
    example: { text: "See [the list](./list.md)." },
  },
  {
    id: "L044",
    name: "vague instruction",
    severity: "info",
    explanation: "What is left open in an operation, the agent decides anew each time.",
    fix: null,
    group: "instructions",
    example: { text: "Check the logs, the settings etc." },
  },
  {
    id: "L047",
    name: "wordy",
    severity: "info",
    explanation: "The short form says the same in fewer tokens.",
    fix: "Use the short form",
    group: "wording",
    example: { text: "Stop it in order to save power." },
  },
  {
    id: "L050",
    name: "unknown word",
    severity: "info",
    explanation: "It is not in the dictionary of the text's language, and not among your own words.",
    fix: null,
    group: "spelling",
    example: { text: "Open teh file." },
  },
];

export const rules: Rule[] = known.map((rule) => ({ ...rule, can_silence: rule.id !== "L010" }));
