// A text that somebody wants to keep as a snippet, while a dialog asks for its name.

import { kept, type Stored } from "./stored";

export const newSnippet: Stored<string | null> = kept<string | null>(null);
