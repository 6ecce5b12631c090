-- What agents called, in the order in which it was answered, with the text that they got: what the window shows beside the
-- drafts. It can be cleared while agents are at work; what the engine decides on stays in `mcp_tool_calls`.
CREATE TABLE call_log (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    tool_call_id TEXT NOT NULL REFERENCES mcp_tool_calls (id) ON DELETE CASCADE,
    answer TEXT NOT NULL,
    answer_bytes INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX call_log_tool_call_id_unique ON call_log (tool_call_id);
