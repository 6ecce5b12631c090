// Which sections are folded, in whatever walkthrough. It is this window's business, and remembered by it alone.

import { type Stored, stored } from "../../../lib/stored";
import { foldKey } from "./outline";

const areTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string");
export const foldedSections: Stored<readonly string[]> = stored("folded-sections", [], areTexts);
/** The oldest are forgotten. */
const remembered = 500;

export function setFolded(walkthrough: string, name: string | null, isFolded: boolean): void {
  const key = foldKey(walkthrough, name);
  const others = foldedSections.read().filter((known) => known !== key);
  foldedSections.write(isFolded ? [...others, key].slice(-remembered) : others);
}
