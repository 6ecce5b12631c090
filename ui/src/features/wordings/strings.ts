import { count } from "../../lib/time";

const number = new Intl.NumberFormat("en");

export const strings = {
  title: "Wordings",
  about: "How a step is put to an agent.",
  loading: "Opening…",
  gallery: "Wordings",
  builtIn: "Built in",
  own: "Your organization's",
  noOwn: "None yet. Duplicate one that is built in, or import a file.",
  new: "New wording",
  import: "Import a file…",
  uses: "Where they are used…",
  editor: "Template",
  output: "What an agent receives",
  name: "Name",
  aboutField: "What it is for",
  template: "Template",
  readOnly: "This one comes with Waymark. Duplicate it to change it.",
  duplicate: "Duplicate",
  copyOf: (name: string) => `${name} (copy)`,
  newName: "New wording",
  newText: "# {{ walkthrough.title }}\n\nStep {{ step.number }} of {{ progress.total_steps }}: {{ step.title }}\n",
  save: "Save",
  saved: (name: string) => `“${name}” is saved.`,
  discard: "Discard changes",
  unsaved: "Not saved yet. What you typed is kept.",
  remove: "Delete",
  removed: (name: string) => `“${name}” is deleted. Where it was used, the default is used again.`,
  undo: "Undo",
  isChanged: "not saved",
  walkthrough: "Walkthrough",
  sample: "A made-up walkthrough",
  step: "Step",
  stepName: (number: number, title: string) => `${number}. ${title}`,
  noOutput: "There is no text until the errors are mended.",
  cost: (total: number, own: number, standard: number) => {
    const difference = own - standard;
    const compared =
      difference === 0
        ? "as many as the default"
        : `${number.format(Math.abs(difference))} ${difference > 0 ? "more" : "fewer"} than the default`;
    return `${count(total, "token", "tokens")}: the fields, and ${number.format(own)} for the wording, ${compared}`;
  },
  problems: (value: number) => (value === 0 ? "Nothing is wrong." : count(value, "problem", "problems")),
  place: (line: number, column: number) => `Line ${line}, column ${column}`,
  severity: { error: "Error", warning: "Warning", info: "Note" },
  usesTitle: "Where wordings are used",
  usesAbout:
    "The most particular choice holds: one for a connection and a type, then one for a type, then one for a connection, then the one for everything else.",
  usesFor: "For",
  drafts: "The drafts, and connections without a choice of their own",
  allTypes: "All types",
  asOtherwise: "No choice of its own",
  close: "Close",
  usedFor: (value: number) => (value === 0 ? "" : count(value, "use", "uses")),
};
