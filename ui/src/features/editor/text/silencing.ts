// The rule that somebody wants to silence from within a text.

import { kept, type Stored } from "../../../lib/stored";
import type { ToSilence } from "../SilenceDialog";

export const silencing: Stored<ToSilence | null> = kept<ToSilence | null>(null);
