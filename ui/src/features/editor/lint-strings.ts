// Words of what a walkthrough says itself about how it is judged.

import { formatNumber } from "../../lib/time";

export const lintStrings = {
  heading: "Language and lint",
  about: "What lint is to know of this walkthrough alone. It goes along wherever the walkthrough goes.",
  language: "Language",
  libraryLanguage: (name: string) => `The library’s: ${name}`,
  noDictionary: "There is no dictionary for it yet, so its spelling is not checked. Import one in the settings.",
  words: "Own words",
  wordsAbout: "Right in this walkthrough, besides those of the library.",
  wordsPlaceholder: "Add a word",
  removeWord: (word: string) => `Remove “${word}” from the own words`,
  budgets: {
    token_budget: {
      label: "Tokens a step may have",
      usual: "2000",
      about: `Lint warns of a longer step. Empty is ${formatNumber(2_000)}.`,
    },
    walkthrough_token_budget: {
      label: "Tokens the walkthrough may have",
      usual: "50000",
      about: `Lint warns where all texts together are longer. Empty is ${formatNumber(50_000)}.`,
    },
    field_token_budget: {
      label: "Tokens a field may have",
      usual: "",
      about: "Lint warns of a longer text. Empty is as many as the step.",
    },
  },
  budgetProblem: "Give a whole number from 1 on, or nothing.",
};
