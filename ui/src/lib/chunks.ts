// A long text in pieces of whole lines. Joined, they are the text.

/** The smaller a piece, the less is laid out and painted when a letter in it changes; of a long text the pieces are larger, for there
 * is no telling a thousand pieces apart in a moment. */
const linesOf = (text: string) => (text.length > 300_000 ? 240 : text.length > 150_000 ? 60 : 10);

export function chunks(text: string): string[] {
  if (text.length < 4_000) return [text];
  const pieces: string[] = [];
  let start = 0;
  let lines = 0;
  const linesEach = linesOf(text);
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) {
    lines += 1;
    if (lines < linesEach) continue;
    pieces.push(text.slice(start, at + 1));
    start = at + 1;
    lines = 0;
  }
  if (start < text.length) pieces.push(text.slice(start));
  return pieces;
}
