// What a draft says itself about how it is judged, from memory.

import { WaymarkError } from "../errors";
import type { OwnChoice, OwnChoices } from "../types";
import type { Plain } from "./commands";
import type { FakeLibrary } from "./library";

const nothing: OwnChoices = {
  language: null,
  words: [],
  token_budget: null,
  walkthrough_token_budget: null,
  field_token_budget: null,
};

export function ownChoiceCommands(library: FakeLibrary): Pick<Plain, "ownChoices" | "makeOwnChoice"> {
  const read = (id: string): OwnChoices => ({
    ...nothing,
    ...JSON.parse(library.entry(id).walkthrough.metadata ?? "{}").waymark,
  });
  return {
    ownChoices: (id) => {
      const { language, words, token_budget, walkthrough_token_budget, field_token_budget } = read(id);
      return { language, words, token_budget, walkthrough_token_budget, field_token_budget };
    },
    makeOwnChoice: ({ walkthrough, choice }) => {
      const draft = library.entry(walkthrough).walkthrough;
      const whole = JSON.parse(draft.metadata ?? "{}");
      const waymark = { ...whole.waymark, ...made(read(walkthrough), choice) };
      return library.become(walkthrough, { ...draft, metadata: JSON.stringify({ ...whole, waymark }) });
    },
  };
}

function made({ words }: OwnChoices, choice: OwnChoice): Partial<OwnChoices> {
  if (choice.add_word !== undefined) {
    if (/\s/.test(choice.add_word))
      throw new WaymarkError("invalid_input", "That is not one word.", "Add words one by one, without spaces.", "word");
    return { words: [...new Set([...words, choice.add_word])].sort() };
  }
  if (choice.remove_word !== undefined) return { words: words.filter((word) => word !== choice.remove_word) };
  if (choice.token_budget === 0)
    throw new WaymarkError("invalid_input", "A text cannot have 0 tokens.", null, "token_budget");
  return choice;
}
