// Finds a name by some of its letters, in their order: `gsa` is in “Getting started with Acme”.

export type Fuzzy = { score: number; marks: { from: number; to: number }[] };

const isWordStart = (text: string, at: number) => at === 0 || /[\s\-_/.:(]/.test(text[at - 1] ?? "");

/** How well the letters fit, and which they are; null where they are not all there. */
export function fuzzy(letters: string, name: string): Fuzzy | null {
  const wanted = letters.toLowerCase().replace(/\s+/g, "");
  const text = name.toLowerCase();
  if (wanted === "" || text.length !== name.length) return wanted === "" ? { score: 0, marks: [] } : null;
  const whole = text.indexOf(letters.toLowerCase().trim());
  if (whole >= 0) {
    const bonus = isWordStart(text, whole) ? 20 : 0;
    return { score: 100 + bonus - whole / 10, marks: [{ from: whole, to: whole + letters.trim().length }] };
  }
  return walk(wanted, text, true) ?? walk(wanted, text, false);
}

/** Takes each letter where it comes next: at the start of a word if there is one and `prefersStarts`. */
function walk(wanted: string, text: string, prefersStarts: boolean): Fuzzy | null {
  const marks: Fuzzy["marks"] = [];
  let score = 0;
  let at = -1;
  for (const letter of wanted) {
    const next = nextOf(text, letter, at, prefersStarts);
    if (next < 0) return null;
    const last = marks.at(-1);
    if (last && next === at + 1) last.to = next + 1;
    else marks.push({ from: next, to: next + 1 });
    score += next === at + 1 ? 4 : isWordStart(text, next) ? 5 : 0;
    at = next;
  }
  // Letters that are scattered through words are there by chance.
  return score < wanted.length * 3 ? null : { score: score - text.length / 50, marks };
}

function nextOf(text: string, letter: string, after: number, prefersStarts: boolean): number {
  const near = text.indexOf(letter, after + 1);
  if (!prefersStarts || near < 0 || near === after + 1) return near;
  for (let at = near; at >= 0; at = text.indexOf(letter, at + 1)) if (isWordStart(text, at)) return at;
  return near;
}
