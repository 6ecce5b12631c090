// Which fields are folded away, in every step alike.

import type { Field } from "../../ipc";
import { type Stored, stored } from "../../lib/stored";

const isList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string");

export const folded: Stored<string[]> = stored<string[]>("folded-fields", [], isList);

export function unfold(field: Field): void {
  if (folded.read().includes(field)) folded.write(folded.read().filter((name) => name !== field));
}
