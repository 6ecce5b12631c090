// What somebody asked for about a problem from within a text.

import type { Finding } from "../../../ipc";
import { kept, type Stored } from "../../../lib/stored";
import type { ToSilence } from "../SilenceDialog";

/** The rule that is to be silenced. */
export const silencing: Stored<ToSilence | null> = kept<ToSilence | null>(null);

/** The problem whose remedies are to choose from. */
export const choosing: Stored<Finding | null> = kept<Finding | null>(null);
