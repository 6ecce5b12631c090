// Which columns the list has: the person's choice, kept beyond the window.

import { type Stored, stored } from "../../lib/stored";
import type { Column } from "./view";

export const choosable = ["type", "status", "state", "servers", "tags", "steps", "problems", "edited"] as const;
export type Choosable = (typeof choosable)[number];

const isChoice = (value: unknown): value is Choosable[] =>
  Array.isArray(value) && value.every((one) => choosable.some((known) => known === one));

export const libraryColumns: Stored<Choosable[]> = stored<Choosable[]>(
  "library-columns",
  ["state", "problems", "edited"],
  isChoice,
);

const widths: Record<Column, string> = {
  title: "minmax(220px, 1fr)",
  type: "116px",
  status: "84px",
  state: "184px",
  servers: "minmax(72px, 140px)",
  tags: "minmax(72px, 180px)",
  steps: "64px",
  problems: "84px",
  edited: "92px",
};

/** The columns of a row, as CSS has them: the box to select by, the title, those chosen, and the menu. */
export const gridOf = (chosen: readonly Choosable[]): string =>
  ["28px", widths.title, ...chosen.map((column) => widths[column]), "36px"].join(" ");

/** With one more or one less, in their own order. */
export const switched = (chosen: readonly Choosable[], column: Choosable): Choosable[] =>
  choosable.filter((known) => (known === column ? !chosen.includes(known) : chosen.includes(known)));
