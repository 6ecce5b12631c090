// Which lines stand beside each other: of lines that took the place of others the first beside the first, and so on.

type Kind = "same" | "added" | "removed" | "gap";
type Row<Line> = { kind: "gap" | "line"; before: Line | null; after: Line | null };

export function paired<Line extends { kind: Kind }>(lines: readonly Line[]): Row<Line>[] {
  const rows: Row<Line>[] = [];
  let open: Row<Line>[] = [];
  for (const line of lines) {
    if (line.kind === "removed") {
      // What is removed after something was added begins anew.
      if (open.some(({ after }) => after)) open = [];
      const row: Row<Line> = { kind: "line", before: line, after: null };
      open.push(row);
      rows.push(row);
    } else if (line.kind === "added") {
      const beside = open.find(({ after }) => after === null);
      if (beside) beside.after = line;
      else rows.push({ kind: "line", before: null, after: line });
    } else {
      open = [];
      rows.push({ kind: line.kind === "gap" ? "gap" : "line", before: line, after: line });
    }
  }
  return rows;
}
