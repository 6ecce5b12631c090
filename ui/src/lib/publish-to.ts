// Where somebody published to last: the choice on every screen that leads there.

import { type Stored, stored } from "./stored";

export const publishTo: Stored<string> = stored(
  "publish-to",
  "",
  (value): value is string => typeof value === "string",
);
