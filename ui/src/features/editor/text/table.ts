// A Markdown table as rows of cells, and back as lines whose columns stand under each other.

export type Table = {
  /** White space before each line. */
  indent: string;
  /** The header first; without the line of dashes. */
  rows: string[][];
  aligns: Align[];
};

type Align = "none" | "left" | "right" | "center";

const dashes = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

export function parseTable(lines: readonly string[]): Table | null {
  const [header, rule, ...body] = lines;
  if (header === undefined || rule === undefined || !dashes.test(rule) || !header.includes("|")) return null;
  const indent = /^\s*/.exec(header)?.[0] ?? "";
  const aligns = cellsOf(rule).map(alignOf);
  const rows = [header, ...body].map((line) => filled(cellsOf(line), aligns.length));
  return { indent, rows, aligns };
}

/** The lines of a table, each column as wide as its widest cell. */
export function formatTable({ indent, rows, aligns }: Table): string[] {
  const widths = aligns.map((_, column) => Math.max(3, ...rows.map((row) => width(row[column] ?? ""))));
  const line = (cells: string[]) => `${indent}| ${cells.join(" | ")} |`;
  const padded = rows.map((row) =>
    line(aligns.map((align, column) => pad(row[column] ?? "", widths[column] ?? 3, align))),
  );
  const rule = line(aligns.map((align, column) => dashesOf(align, widths[column] ?? 3)));
  return [padded[0] ?? "", rule, ...padded.slice(1)];
}

/** Where the cells of a line are, without the white space around them. */
export function cellRanges(line: string): { from: number; to: number }[] {
  const ranges: { from: number; to: number }[] = [];
  let start = line.search(/\S/);
  if (start === -1) return [];
  if (line[start] === "|") start += 1;
  for (let at = start; at <= line.length; at += 1) {
    if (line[at] === "\\") at += 1;
    else if (at === line.length || line[at] === "|") {
      const isRest = at === line.length && line.slice(start).trim() === "";
      if (!isRest || ranges.length === 0) ranges.push(trimmed(line, start, at));
      start = at + 1;
    }
  }
  return ranges;
}

function trimmed(line: string, from: number, to: number): { from: number; to: number } {
  const text = line.slice(from, to);
  const words = text.trim();
  if (words === "") {
    const middle = Math.min(from + 1, to);
    return { from: middle, to: middle };
  }
  const at = from + text.indexOf(words);
  return { from: at, to: at + words.length };
}

const cellsOf = (line: string) => cellRanges(line).map(({ from, to }) => line.slice(from, to));

const filled = (cells: string[], count: number) => Array.from({ length: count }, (_, column) => cells[column] ?? "");

function alignOf(cell: string): Align {
  const [left, right] = [cell.startsWith(":"), cell.endsWith(":")];
  return left && right ? "center" : right ? "right" : left ? "left" : "none";
}

function dashesOf(align: Align, width: number): string {
  const left = align === "left" || align === "center" ? ":" : "-";
  const right = align === "right" || align === "center" ? ":" : "-";
  return left + "-".repeat(width - 2) + right;
}

function pad(text: string, to: number, align: Align): string {
  const gap = Math.max(0, to - width(text));
  if (align === "right") return " ".repeat(gap) + text;
  const before = align === "center" ? Math.floor(gap / 2) : 0;
  return " ".repeat(before) + text + " ".repeat(gap - before);
}

const wide =
  /\p{Extended_Pictographic}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

/** Columns that a text takes in type of one width. */
function width(text: string): number {
  let columns = 0;
  for (const character of text) columns += /\p{M}|\u200d/u.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return columns;
}
