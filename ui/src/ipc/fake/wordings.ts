// Wordings in memory. The engine is the host's: here a value is put in for each `{{ path }}`, and nothing more.

import { WaymarkError } from "../errors";
import type {
  Field,
  ListedWording,
  RemovedWording,
  Segment,
  TokenCount,
  Walkthrough,
  Wording,
  WordingChoice,
  WordingLook,
  WordingNames,
  WordingProblem,
} from "../types";
import type { Plain } from "./commands";
import type { FakeLibrary } from "./library";

type WordingCommands = Pick<
  Plain,
  | "listWordings"
  | "listWordingNames"
  | "listWordingChoices"
  | "lookAtWording"
  | "saveWording"
  | "removeWording"
  | "restoreWording"
  | "chooseWording"
  | "chooseWordingFile"
>;

const standard = "# {{ walkthrough.title }}\n\n{{ step.title }}\n\n<say>\n{{ step.content_for_user }}\n</say>\n";
const names: WordingNames = {
  variables: ["walkthrough.title", "step.title", "step.number", "step.content_for_user"].map((name) => ({
    name,
    about: "What it says.",
  })),
  filters: [{ name: "upper", about: "In capitals." }],
  tests: [{ name: "defined", about: "Whether it is there." }],
};
const tokens = (text: string) => Math.ceil(text.length / 4.2);

export class FakeWordings {
  readonly #own = new Map<string, Wording>();
  #choices: WordingChoice[] = [];

  constructor(private readonly library: () => FakeLibrary) {}

  commands(): WordingCommands {
    return {
      listWordings: () => this.#list(),
      listWordingNames: () => names,
      listWordingChoices: () => this.#choices,
      lookAtWording: ({ text, walkthrough, step }) => {
        const draft = walkthrough === null ? null : this.library().entry(walkthrough).walkthrough;
        return look(text, draft, step);
      },
      saveWording: ({ wording, was }) => this.#save(wording, was),
      removeWording: (name) => this.#remove(name),
      restoreWording: ({ wording, choices }) => {
        this.#own.set(wording.name, wording);
        this.#choices = [...this.#choices, ...choices];
        return wording;
      },
      chooseWording: ({ connection, kind, wording }) => {
        const others = this.#choices.filter((choice) => choice.connection !== connection || choice.kind !== kind);
        this.#choices = wording === null ? others : [...others, { connection, kind, wording }];
        return this.#choices;
      },
      chooseWordingFile: () => ({ name: "from-file", text: "{{ step.title }}\r\n" }),
    };
  }

  #list(): ListedWording[] {
    const builtIn = (name: string, about: string): ListedWording => ({
      name,
      about,
      text: name === "default" ? standard : "{{ step.title }}: {{ step.content_for_user }}",
      is_built_in: true,
      changed_at: null,
    });
    const own = [...this.#own.values()].sort((a, b) => a.name.localeCompare(b.name));
    return [
      builtIn("default", "Named blocks, each with a word on its purpose."),
      builtIn("compact", "As few tokens as possible."),
      ...own.map((wording) => ({ ...wording, is_built_in: false, changed_at: 1_763_712_000_000 })),
    ];
  }

  #save(wording: Wording, was: string | null): Wording {
    const name = wording.name.trim();
    const isTaken = name !== was && this.#list().some((known) => known.name === name);
    if (name === "" || isTaken) {
      const message = isTaken ? `There is a wording \`${name}\` already.` : "The name of the wording is empty.";
      throw new WaymarkError("invalid_input", message, "Choose another name.", "name");
    }
    if (was !== null) this.#own.delete(was);
    this.#own.set(name, { ...wording, name });
    this.#choices = this.#choices.map((choice) => (choice.wording === was ? { ...choice, wording: name } : choice));
    return { ...wording, name };
  }

  #remove(name: string): RemovedWording {
    const wording = this.#own.get(name);
    if (!wording) throw new WaymarkError("not_found", `There is no wording \`${name}\`.`);
    this.#own.delete(name);
    const choices = this.#choices.filter((choice) => choice.wording === name);
    this.#choices = this.#choices.filter((choice) => choice.wording !== name);
    return { wording, choices };
  }
}

function look(text: string, draft: Walkthrough | null, id: string | null): WordingLook {
  const step = draft?.steps.find((known) => known.id === id) ?? draft?.steps[0];
  const content = step?.content_fields.version === "v1" ? step.content_fields.content_for_user : null;
  const values: Record<string, string> = {
    "walkthrough.title": draft?.title ?? "First steps with Acme",
    "step.title": step?.title ?? "Start the first project",
    "step.number": "1",
    "step.content_for_user": content ?? "Let us start.",
  };
  const agent: Segment[] = [];
  const problems: WordingProblem[] = [];
  let end = 0;
  for (const match of text.matchAll(/\{\{\s*([\w.]+)\s*\}\}/g)) {
    const path = match[1] ?? "";
    agent.push({ text: text.slice(end, match.index), field: null });
    end = match.index + match[0].length;
    const field: Field | null = path === "step.content_for_user" ? "content_for_user" : null;
    if (path in values) agent.push({ text: values[path] ?? "", field });
    else problems.push(problem(text, match.index + match[0].indexOf(path), path));
  }
  agent.push({ text: text.slice(end), field: null });
  const unclosed = text.lastIndexOf("{{");
  const isBroken = unclosed > text.lastIndexOf("}}");
  if (isBroken) problems.push({ ...problem(text, unclosed, "{{"), severity: "error", message: "A tag has no end." });
  const sum = tokens(agent.map((segment) => segment.text).join(""));
  const shown = tokens(values["step.content_for_user"] ?? "");
  const count = (total: number): TokenCount => ({ encoding: "o200k_base", total, fields: [], template: total - shown });
  return {
    problems,
    agent: isBroken ? [] : agent.filter((segment) => segment.text !== ""),
    tokens: isBroken ? null : count(sum),
    default_tokens: count(text === standard ? sum : look(standard, draft, id).default_tokens.total),
  };
}

function problem(text: string, at: number, about: string): WordingProblem {
  const before = text.slice(0, at).split("\n");
  return {
    severity: "warning",
    line: before.length,
    column: [...(before.at(-1) ?? "")].length + 1,
    length: about.length,
    message: `There is no variable \`${about}\`; nothing is shown in its place.`,
    hint: "Did you mean `step.title`?",
  };
}
