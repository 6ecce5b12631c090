// Steps together, sections, metadata and templates, from memory.

import { WaymarkError } from "../errors";
import type { Template, Walkthrough } from "../types";
import type { Plain } from "./commands";
import type { FakeLibrary } from "./library";
import { inSection, movedSteps } from "./structure";

type Kept = Template & { walkthrough: Walkthrough };

const builtIn: Template[] = [
  {
    name: "First minutes",
    about: "From nothing to a first result, which the user then makes their own.",
    type: "quickstart",
    steps: 5,
    is_own: false,
  },
  {
    name: "Careful installation",
    about: "Looks first, asks before it changes anything, proves that it works.",
    type: "installer",
    steps: 5,
    is_own: false,
  },
  {
    name: "Symptom to cause",
    about: "One cause after the other is found or ruled out.",
    type: "troubleshooting",
    steps: 5,
    is_own: false,
  },
  {
    name: "Two products",
    about: "Few rights, one real event, and what to do when it breaks.",
    type: "integration",
    steps: 5,
    is_own: false,
  },
  {
    name: "Lessons",
    about: "One idea, something to try, a question; and again.",
    type: "course",
    steps: 5,
    is_own: false,
  },
];

type Names =
  | "addStep"
  | "duplicateSteps"
  | "moveSteps"
  | "setSection"
  | "showMetadata"
  | "enterMetadata"
  | "listTemplates"
  | "createFromTemplate"
  | "saveTemplate"
  | "removeTemplate";

export function stepCommands(library: FakeLibrary): Pick<Plain, Names> {
  const own: Kept[] = library.templates;
  const present = (id: string) => library.entry(id).walkthrough;
  return {
    addStep: ({ walkthrough, at, title }) => library.addStep(walkthrough, at, title),
    duplicateSteps: ({ walkthrough, steps }) => library.duplicateSteps(walkthrough, steps),
    moveSteps: ({ walkthrough, steps, to }) => library.become(walkthrough, movedSteps(present(walkthrough), steps, to)),
    setSection: ({ walkthrough, steps, section }) => {
      const before = present(walkthrough);
      const named = before.steps.map((step) => (steps.includes(step.id) ? inSection(step, section) : step));
      return library.become(walkthrough, { ...before, steps: named });
    },
    showMetadata: ({ walkthrough, step }) => {
      const { metadata, steps } = present(walkthrough);
      return shown(step === null ? metadata : (steps.find(({ id }) => id === step)?.metadata ?? null));
    },
    enterMetadata: ({ of: { walkthrough, step }, text }) => {
      const before = present(walkthrough);
      if (step === null) return library.become(walkthrough, { ...before, metadata: entered(before.metadata, text) });
      const steps = before.steps.map((known) =>
        known.id === step ? { ...known, metadata: entered(known.metadata, text) } : known,
      );
      return library.become(walkthrough, { ...before, steps });
    },
    listTemplates: () => [...builtIn, ...own.map(({ walkthrough: _, ...template }) => template)],
    createFromTemplate: ({ template, title }) => {
      const known = [...builtIn, ...own].find(({ name }) => name === template);
      if (!known) throw new WaymarkError("not_found", `There is no template \`${template}\`.`);
      const made = library.create(title, known.type).draft.walkthrough.id;
      const source = own.find(({ name }) => name === template)?.walkthrough.steps;
      const titles = source?.map((step) => step.title) ?? ["Begin", "Do it", "Look at it"];
      titles.forEach((name, index) => void library.addStep(made, index, name));
      return library.open(made);
    },
    saveTemplate: ({ walkthrough, name, about }) => {
      const { type, steps } = present(walkthrough);
      const others = own.filter((known) => known.name !== name);
      const saved = { name, about, type, steps: steps.length, is_own: true };
      own.splice(0, own.length, ...others, { ...saved, walkthrough: present(walkthrough) });
      return saved;
    },
    removeTemplate: (name) => {
      own.splice(0, own.length, ...own.filter((known) => known.name !== name));
    },
  };
}

type Whole = Record<string, unknown>;

function shown(metadata: string | null): string {
  const { waymark: _, ...plain } = JSON.parse(metadata ?? "{}") as Whole;
  return Object.keys(plain).length === 0 ? "" : `${JSON.stringify(plain, null, 2)}\n`;
}

function entered(metadata: string | null, text: string): string | null {
  const { waymark } = JSON.parse(metadata ?? "{}") as Whole;
  let plain: unknown;
  try {
    plain = JSON.parse(text.trim() || "{}");
  } catch {
    const message = "This is not valid JSON: expected value at line 2 column 8.";
    throw new WaymarkError("invalid_input", message, "Correct the JSON at that line and column.", "metadata");
  }
  const whole = { ...(plain as Whole), ...(waymark === undefined ? {} : { waymark }) };
  return Object.keys(whole).length === 0 ? null : JSON.stringify(whole);
}
