// A search good enough to look at: words and phrases in one step, `type:`, `missing:`, `in:title`. The real one is Rust's.

import type {
  FoundWalkthrough,
  LibraryFound,
  Mark,
  Match,
  Part,
  SearchLibrary,
  SearchPlace,
  Step,
  Walkthrough,
} from "../types";
import type { FakeLibrary } from "./library";

type Wanted = {
  words: RegExp[];
  type: string | null;
  missing: Part | null;
  isTitle: boolean;
  place: SearchPlace;
  notes: string[];
};
type Document = { step: Match["step"]; texts: [Part, string][] };

const fields = ["introduction_for_agent", "context_for_agent", "content_for_user", "operations_for_agent"] as const;
const types = ["course", "installer", "troubleshooting", "integration", "quickstart"];

export function fakeSearch(library: FakeLibrary, input: SearchLibrary): LibraryFound {
  const wanted = read(input.text ?? "");
  const found = library
    .walkthroughs(wanted.place === "trash")
    .filter(({ type }) => wanted.type === null || type.startsWith(wanted.type))
    .map((walkthrough) => inPlace(findIn(walkthrough, wanted, input.matches_max ?? 3), wanted.place))
    .filter((one) => one !== null);
  const total = found.reduce((sum, { matches_total }) => sum + matches_total, 0);
  return {
    walkthroughs: found.slice(0, input.limit ?? 50),
    walkthroughs_total: found.length,
    matches_total: total,
    snippets: [],
    place: wanted.place,
    notes: wanted.notes,
  };
}

/** Every text of the fake has one version that was like it. */
function inPlace(found: FoundWalkthrough | null, place: SearchPlace): FoundWalkthrough | null {
  if (found === null || place !== "history") return found;
  const revision = { id: "rev_0002", number: 2, at: 1_700_000_000_000 };
  return { ...found, matches: found.matches.map((match) => ({ ...match, revision })) };
}

function read(text: string): Wanted {
  const wanted: Wanted = { words: [], type: null, missing: null, isTitle: false, place: "library", notes: [] };
  for (const [, key, quoted, plain] of text.matchAll(/(?:(\w+):)?(?:"([^"]*)"?|([^\s"]+))/g)) {
    const value = quoted ?? plain ?? "";
    if (key === "in" && (value === "trash" || value === "history")) wanted.place = value;
    else if (key === "in") wanted.isTitle = true;
    else if (key === "missing") wanted.missing = fields.find((field) => field.startsWith(value)) ?? null;
    else if (key === "type") {
      wanted.type = value;
      if (!types.some((type) => type.startsWith(value)))
        wanted.notes.push(`There is no walkthrough type \`${value}\`. Use one of: ${types.join(" ")}.`);
    } else wanted.words.push(new RegExp(`(?<!\\w)${value.replace(/[^\w ]/g, ".")}\\w*`, "gi"));
  }
  return wanted;
}

function findIn(walkthrough: Walkthrough, wanted: Wanted, most: number): FoundWalkthrough | null {
  const { id, title, type, status } = walkthrough;
  const documents: Document[] = [
    { step: null, texts: [["title", title], ["description", walkthrough.description ?? ""], ["tags", walkthrough.tags.join(", ")]] }, // biome-ignore format: one line for each document.
    ...walkthrough.steps.map(ofStep),
  ];
  const matches = documents.map((document) => matchIn(document, wanted)).filter((match) => match !== null);
  if (matches.length === 0) return null;
  return { id, title, type, status, matches: matches.slice(0, most), matches_total: matches.length };
}

function ofStep(step: Step, index: number): Document {
  const content = step.content_fields;
  const texts = fields.map((field): [Part, string] => [field, content.version === "v1" ? (content[field] ?? "") : ""]);
  return { step: { id: step.id, number: index + 1, title: step.title }, texts: [["title", step.title], ...texts] };
}

function matchIn({ step, texts }: Document, { words, missing, isTitle }: Wanted): Match | null {
  if (missing && (!step || texts.some(([part, text]) => part === missing && text.trim() !== ""))) return null;
  const looked = isTitle ? texts.slice(0, 1) : texts;
  const all = looked.map(([, text]) => text).join("\n");
  if (!words.every((word) => all.search(word) >= 0)) return null;
  const [part, text] = looked.find(([, text]) => words.some((word) => text.search(word) >= 0)) ?? ["title", ""];
  if (words.length === 0)
    return {
      step,
      part: missing ?? "title",
      snippet: { text: "", marks: [] },
      place: null,
      slot: null,
      revision: null,
    };
  const place = marksIn(text, words)[0] ?? null;
  const start = Math.max(0, (place?.from ?? 0) - 30);
  const line = `${start > 0 ? "…" : ""}${text.slice(start, start + 140).replace(/\s+/g, " ").trim()}`; // biome-ignore format: one thing.
  return { step, part, snippet: { text: line, marks: marksIn(line, words) }, place, slot: null, revision: null };
}

function marksIn(text: string, words: RegExp[]): Mark[] {
  const marks = words.flatMap((word) =>
    [...text.matchAll(word)].map((found) => ({ from: found.index, to: found.index + found[0].length })),
  );
  return marks.sort((a, b) => a.from - b.from).filter(({ from }, index, all) => from >= (all[index - 1]?.to ?? 0));
}
