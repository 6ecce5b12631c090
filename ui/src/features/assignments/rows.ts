// The rows as they are shown, and what of them is still to be published.

import type { AssignmentMatrix, MatrixCell, MatrixRow, MatrixServer } from "../../ipc";

/** By title, or as learners see them on one server, with the others behind. */
export function rowsOf({ walkthroughs, servers }: AssignmentMatrix, by: string | null): MatrixRow[] {
  const server = servers.find(({ slug }) => slug === by);
  if (!server) return walkthroughs;
  const places = new Map(server.order.map((id, index) => [id, index]));
  const place = ({ id }: MatrixRow) => places.get(id) ?? Number.MAX_SAFE_INTEGER;
  return [...walkthroughs].sort((a, b) => place(a) - place(b));
}

export const cellOf = (row: MatrixRow, slug: string): MatrixCell | undefined =>
  row.cells.find(({ server }) => server === slug);

/** Walkthroughs whose assignments are not what the connection has. */
export const unpublishedOf = ({ walkthroughs }: AssignmentMatrix): string[] =>
  walkthroughs.filter(({ cells }) => cells.some(({ is_unpublished }) => is_unpublished)).map(({ id }) => id);

/** Before which other one a walkthrough goes to move so far; null is behind all, undefined is nowhere. */
export function moveBy({ order }: MatrixServer, id: string, by: number): string | null | undefined {
  const from = order.indexOf(id);
  if (from < 0) return undefined;
  const to = Math.min(Math.max(from + by, 0), order.length - 1);
  if (to === from) return undefined;
  const others = order.filter((other) => other !== id);
  return others[to] ?? null;
}
