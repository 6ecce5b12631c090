// Finding in the four texts of a step: what is searched, where it is, going from one to the next, and replacing.

import { RegExpCursor, SearchQuery } from "@codemirror/search";
import { type EditorState, type Extension, RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { kept, type Stored } from "../../../lib/stored";
import { openViews } from "./open-views";

export type Find = { search: string; replace: string; matchCase: boolean; wholeWord: boolean; regexp: boolean };
export type Match = { view: EditorView; from: number; to: number };

/** What is looked for, and whether it is to be replaced; null while the bar is closed. */
export const finding: Stored<{ withReplace: boolean } | null> = kept<{ withReplace: boolean } | null>(null);

/** Matches that are counted and gone through; replacing knows no limit. */
export const matchesMax = 5_000;

export function queryOf({ search, replace, matchCase, wholeWord, regexp }: Find): SearchQuery {
  // Typed text is meant as it stands: `\n` is two characters unless it is a pattern.
  const pattern = regexp && wholeWord ? `\\b(?:${search})\\b` : search;
  return new SearchQuery({
    search: search === "" ? "" : pattern,
    replace,
    caseSensitive: matchCase,
    wholeWord: wholeWord && !regexp,
    regexp,
    literal: !regexp,
  });
}

/** Each match in a text, with what it is to become. An empty match, such as of `a*`, is none. */
function* replacements(query: SearchQuery, { doc }: EditorState) {
  const { search, replace, regexp, caseSensitive } = query;
  if (regexp) {
    const cursor = new RegExpCursor(doc, search, { ignoreCase: !caseSensitive });
    for (let next = cursor.next(); !next.done; next = cursor.next()) {
      const { from, to, match } = next.value;
      if (from < to) yield { from, to, insert: filledIn(replace, match) };
    }
    return;
  }
  const cursor = query.getCursor(doc);
  for (let next = cursor.next(); !next.done; next = cursor.next()) yield { ...next.value, insert: replace };
}

/** `$1` and `$&` are parts of the match, and a backslash makes breaks and tabs. */
function filledIn(replace: string, match: RegExpExecArray): string {
  return replace.replace(/\$(\$|&|\d{1,2})|\\([nrt\\])/g, (whole, part?: string, mark?: string) => {
    if (mark !== undefined) return { n: "\n", r: "\r", t: "\t" }[mark] ?? "\\";
    if (part === "$") return "$";
    if (part === "&") return match[0];
    return match[Number(part)] ?? whole;
  });
}

/** The matches in all open texts, in the order of the screen. An empty match, such as of `a*`, is none. */
export function matchesOf(query: SearchQuery, most = matchesMax): Match[] {
  const found: Match[] = [];
  if (!query.valid) return found;
  for (const { view } of openViews()) {
    const cursor = query.getCursor(view.state);
    for (let next = cursor.next(); !next.done && found.length < most; next = cursor.next()) {
      if (next.value.from < next.value.to) found.push({ view, from: next.value.from, to: next.value.to });
    }
  }
  return found;
}

/** The place of the selected match among all, from 1; 0 where none is selected. */
export function placeOf(matches: readonly Match[]): number {
  return 1 + matches.findIndex(({ view, from, to }) => isSelected(view, from, to) && view === current);
}

let current: EditorView | null = null;

const isSelected = ({ state }: EditorView, from: number, to: number) =>
  state.selection.main.from === from && state.selection.main.to === to;

export function select(match: Match | undefined): void {
  if (!match) return;
  const { view, from, to } = match;
  current = view;
  view.dispatch({
    selection: { anchor: from, head: to },
    effects: EditorView.scrollIntoView(from, { y: "nearest", yMargin: 90 }),
  });
}

/** Goes to the match after (or before) where one is, round through the fields. */
export function go(matches: readonly Match[], by: 1 | -1): void {
  const views = openViews().map(({ view }) => view);
  const here = current && views.includes(current) ? views.indexOf(current) : by === 1 ? 0 : views.length - 1;
  const { from, to } = views[here]?.state.selection.main ?? { from: 0, to: 0 };
  const isAfter = (match: Match) => {
    const at = views.indexOf(match.view);
    return by === 1
      ? at > here || (at === here && match.from >= to && !(match.from === from && match.to === to))
      : at < here || (at === here && match.to <= from);
  };
  select(by === 1 ? (matches.find(isAfter) ?? matches[0]) : (matches.findLast(isAfter) ?? matches.at(-1)));
}

/** Opens the bar; finding begins at the text with the focus. */
export function openFind(withReplace: boolean): void {
  const views = openViews().map(({ view }) => view);
  current = views.find((view) => view.hasFocus) ?? current ?? views[0] ?? null;
  finding.write({ withReplace });
}

/** Leaves the cursor where the last match was. */
export function focusMatch(): void {
  current?.focus();
}

/** Replaces the selected match, if one is selected. */
export function replaceSelected(query: SearchQuery): void {
  const view = current;
  if (!view || !query.valid) return;
  for (const { from, to, insert } of replacements(query, view.state)) {
    if (!isSelected(view, from, to)) continue;
    const changes = { from, to, insert };
    view.dispatch({ changes, selection: { anchor: from + insert.length }, userEvent: "input.replace" });
    return;
  }
}

/** Replaces every match in every text, each text in one change. Gives how many. */
export function replaceEvery(query: SearchQuery): number {
  if (!query.valid) return 0;
  let count = 0;
  for (const { view } of openViews()) {
    const changes = [...replacements(query, view.state)].map(({ from, to, insert }) => ({ from, to, insert }));
    count += changes.length;
    if (changes.length > 0) view.dispatch({ changes, userEvent: "input.replace.all" });
  }
  return count;
}

const setQuery = StateEffect.define<SearchQuery | null>();

const shownQuery = StateField.define<SearchQuery | null>({
  create: () => null,
  update: (query, { effects }) =>
    effects.reduce((known, effect) => (effect.is(setQuery) ? effect.value : known), query),
});

/** Marks the matches in all texts; with null takes the marks away. */
export function mark(query: SearchQuery | null): void {
  for (const { view } of openViews()) view.dispatch({ effects: setQuery.of(query?.valid ? query : null) });
}

const match = Decoration.mark({ class: "cm-match" });
const chosen = Decoration.mark({ class: "cm-match cm-match-chosen" });

/** Only what is in view is marked: a long text costs what a short one does. */
const marks = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = decorate(view);
    }
    update(update: ViewUpdate) {
      const was = update.startState.field(shownQuery);
      const query = update.state.field(shownQuery);
      if (query === null && was === null) return;
      if (query !== was || update.docChanged || update.viewportChanged || update.selectionSet)
        this.decorations = decorate(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

function decorate(view: EditorView): DecorationSet {
  const query = view.state.field(shownQuery);
  const builder = new RangeSetBuilder<Decoration>();
  if (query === null) return builder.finish();
  for (const { from, to } of view.visibleRanges) {
    const [start, end] = [view.state.doc.lineAt(from).from, view.state.doc.lineAt(to).to];
    const cursor = query.getCursor(view.state, start, end);
    for (let next = cursor.next(); !next.done; next = cursor.next()) {
      const { from: at, to: until } = next.value;
      if (at < until) builder.add(at, until, isSelected(view, at, until) ? chosen : match);
    }
  }
  return builder.finish();
}

export const findMarks: Extension = [
  shownQuery,
  marks,
  EditorView.theme({
    ".cm-match": { backgroundColor: "var(--warning-soft)", boxShadow: "0 0 0 1px var(--warning)", borderRadius: "2px" },
    ".cm-match-chosen": { backgroundColor: "color-mix(in srgb, var(--warning) 40%, transparent)" },
  }),
];
