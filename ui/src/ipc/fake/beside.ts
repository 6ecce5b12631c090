// What stands beside the texts, in memory: snippets, and files of a walkthrough.

import { WaymarkError } from "../errors";
import type { Attachment, KeptSnippet } from "../types";
import type { Plain } from "./commands";

type BesideCommands = Pick<
  Plain,
  | "listSnippets"
  | "saveSnippet"
  | "removeSnippet"
  | "chooseAttachments"
  | "attachFiles"
  | "attachPasted"
  | "listAttachments"
  | "showAttachment"
>;

/** One green pixel. */
const pixel =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkSPr/HwADiQHzcyyCTwAAAABJRU5ErkJggg==";

export class FakeBeside {
  readonly #snippets = new Map<string, KeptSnippet>([
    ["ask-first", { name: "ask-first", text: "Ask before you run anything that changes files.\n" }],
    ["on-failure", { name: "on-failure", text: "If it fails, show the last lines of the log and offer to try again." }],
  ]);
  readonly #files = new Map<string, Attachment[]>();

  commands(): BesideCommands {
    return {
      listSnippets: () => [...this.#snippets.values()].sort((a, b) => a.name.localeCompare(b.name)),
      saveSnippet: ({ snippet, was }) => this.#save(snippet, was),
      removeSnippet: (name) => {
        const snippet = this.#snippets.get(name);
        if (!snippet) throw new WaymarkError("not_found", `There is no snippet \`${name}\`.`);
        this.#snippets.delete(name);
        return snippet;
      },
      chooseAttachments: () => ["/home/writer/Screen Shot.png"],
      attachFiles: ({ walkthrough, paths }) =>
        paths.map((path) => this.#attach(walkthrough, path.replace(/^.*[\\/]/, ""))),
      attachPasted: ({ walkthrough, name }) => this.#attach(walkthrough, name),
      listAttachments: (id) => this.#files.get(id) ?? [],
      showAttachment: ({ walkthrough, name }) => {
        const known = this.#files.get(walkthrough)?.some((file) => file.name === name);
        if (!known) throw new WaymarkError("not_found", `The walkthrough has no file \`${name}\`.`);
        return /\.(png|jpg|gif|webp)$/.test(name) ? pixel : null;
      },
    };
  }

  #save({ name, text }: KeptSnippet, was: string | null): KeptSnippet {
    const snippet = { name: name.trim(), text };
    if (!/^[\p{L}\p{N}_-]{1,40}$/u.test(snippet.name)) {
      const hint = "Use 1 to 40 letters, digits, `-` and `_`, such as `ask-first`.";
      throw new WaymarkError("invalid_input", `A snippet cannot be called \`${snippet.name}\`.`, hint, "name");
    }
    if (was !== snippet.name && this.#snippets.has(snippet.name)) {
      const hint = "Choose another name, or change that one.";
      throw new WaymarkError("invalid_input", `There is a snippet \`${snippet.name}\` already.`, hint, "name");
    }
    if (was !== null) this.#snippets.delete(was);
    this.#snippets.set(snippet.name, snippet);
    return snippet;
  }

  #attach(walkthrough: string, given: string): Attachment {
    const name = given.replace(/[^\p{L}\p{N}._]+/gu, "-");
    const isPicture = /\.(png|jpg|gif|webp)$/.test(name);
    const words = name.replace(/\.[^.]*$/, "").replace(/[-_]/g, " ");
    const markdown = isPicture ? `![${words}](files/${name})` : `[${name}](files/${name})`;
    const file = { name, bytes: 1_000, markdown };
    const others = (this.#files.get(walkthrough) ?? []).filter((known) => known.name !== name);
    this.#files.set(walkthrough, [...others, file]);
    return file;
  }
}
