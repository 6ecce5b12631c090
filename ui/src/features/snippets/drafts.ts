// Snippets that were typed and not saved. They are there when the dialog opens again, also after the window was closed.

import type { KeptSnippet } from "../../ipc";
import { type Stored, stored } from "../../lib/stored";

type Drafts = Readonly<Record<string, KeptSnippet>>;

const isText = (value: unknown): value is string => typeof value === "string";
const isSnippet = (value: unknown): value is KeptSnippet =>
  typeof value === "object" &&
  value !== null &&
  "name" in value &&
  "text" in value &&
  isText(value.name) &&
  isText(value.text);
const isDrafts = (value: unknown): value is Drafts =>
  typeof value === "object" && value !== null && Object.values(value).every(isSnippet);

export const snippetDrafts: Stored<Drafts> = stored<Drafts>("snippet-drafts", {}, isDrafts);

/** A snippet is changed under its name; a new one is known by the text that it begins with. */
export const draftKey = ({ name, text }: KeptSnippet): string => (name === "" ? `+${text}` : name);
