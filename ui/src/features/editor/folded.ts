// Which fields are folded away, in every step alike.

import type { Field } from "../../ipc";
import { type Stored, stored } from "../../lib/stored";

const isList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string");

export const folded: Stored<string[]> = stored<string[]>("folded-fields", [], isList);

/** Whether the metadata of the step is shown below its texts. */
export const stepMetadataShown: Stored<boolean> = stored<boolean>(
  "step-metadata",
  false,
  (value): value is boolean => typeof value === "boolean",
);

export function unfold(field: Field): void {
  if (folded.read().includes(field)) folded.write(folded.read().filter((name) => name !== field));
}
