import type { ConnectionId, ConversationSummary } from "../../ipc";

/** What is looked at in place of the conversation: what became different of it. */
export type Beside = { what: "replay"; saved: ConversationSummary } | { what: "compare"; connection: ConnectionId };
