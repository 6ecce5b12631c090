// What the library has chosen about lint, in memory: groups, hosts, languages and own words.

import { WaymarkError } from "../errors";
import type { LintSettings } from "../types";
import type { Plain } from "./commands";

type Choices = Pick<
  Plain,
  | "lintSettings"
  | "changeLintSettings"
  | "listWords"
  | "addWord"
  | "removeWord"
  | "listLanguages"
  | "importDictionary"
  | "removeDictionary"
>;

export class FakeLintChoices {
  #settings: Required<LintSettings> = {
    language: "en",
    off: [],
    private_hosts: ["wiki.acme.internal"],
    tokenizer: "o200k_base",
  };
  readonly #words = new Set(["acmectl", "Acme"]);
  readonly #imported = new Set(["de"]);

  commands(): Choices {
    return {
      lintSettings: () => this.#settings,
      changeLintSettings: ({ language, off = [], on = [], add_hosts = [], remove_hosts = [], tokenizer }) => {
        const wrong = add_hosts.find((host) => !/^[\w.-]+(:\d+)?$/.test(host));
        if (wrong !== undefined)
          throw new WaymarkError("invalid_input", `\`${wrong}\` is not the name of a host.`, null, "add_hosts");
        const { off: was, private_hosts: hosts, language: before, tokenizer: counted } = this.#settings;
        this.#settings = {
          language: language ?? before,
          off: [...new Set([...was, ...off])].filter((group) => !on.includes(group)),
          private_hosts: [...new Set([...hosts, ...add_hosts])].filter((host) => !remove_hosts.includes(host)).sort(),
          tokenizer: tokenizer ?? counted,
        };
        return this.#settings;
      },
      listWords: () => [...this.#words].sort(),
      addWord: ({ word }) => {
        if (/\s/.test(word.trim()) || word.trim() === "")
          throw new WaymarkError("invalid_input", "That is not one word.", "Add words one by one.", "word");
        this.#words.add(word.trim());
        return null;
      },
      removeWord: (word) => {
        this.#words.delete(word);
      },
      listLanguages: () =>
        [...this.#imported, "en"].sort().map((code) => ({ code, is_imported: this.#imported.has(code) })),
      importDictionary: (language) => {
        if (!/^[a-z][\w-]{1,11}$/.test(language))
          throw new WaymarkError("invalid_input", `\`${language}\` is no code of a language.`, null, "language");
        this.#imported.add(language);
        return true;
      },
      removeDictionary: (language) => {
        this.#imported.delete(language);
      },
    };
  }
}
