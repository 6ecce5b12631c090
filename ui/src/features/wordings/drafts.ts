// Wordings that were typed and not saved. They are there when the screen opens again, also after the window was closed.

import type { Wording } from "../../ipc";
import { type Stored, stored } from "../../lib/stored";

type Drafts = Readonly<Record<string, Wording>>;

const hasText = (value: object, key: string): boolean => key in value && typeof Reflect.get(value, key) === "string";
const isWording = (value: unknown): value is Wording =>
  typeof value === "object" && value !== null && ["name", "about", "text"].every((key) => hasText(value, key));
const isDrafts = (value: unknown): value is Drafts =>
  typeof value === "object" && value !== null && Object.values(value).every(isWording);

/** By the name of the wording that is changed; a new one is at the empty name. */
export const wordingDrafts: Stored<Drafts> = stored<Drafts>("wording-drafts", {}, isDrafts);

/** Keeps what is typed, or forgets it. */
export function keepDraft(name: string, draft: Wording | null): void {
  const { [name]: _, ...others } = wordingDrafts.read();
  wordingDrafts.write(draft ? { ...others, [name]: draft } : others);
}
