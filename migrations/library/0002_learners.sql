-- Who previews: the platform's tables around the learners, as far as the drafts need them.

CREATE TABLE mcp_server_user (
    id TEXT PRIMARY KEY NOT NULL,
    distinct_id TEXT UNIQUE,
    email TEXT,
    upstream_sub TEXT,
    profile_data TEXT,
    first_seen_at INTEGER
) STRICT;

CREATE TABLE mcp_server_session (
    mcp_server_session_id TEXT PRIMARY KEY NOT NULL,
    mcp_server_slug TEXT NOT NULL REFERENCES mcp_servers (slug) ON DELETE CASCADE,
    connection_date TEXT NOT NULL,
    connection_timestamp INTEGER,
    mcp_server_user_id TEXT REFERENCES mcp_server_user (id) ON DELETE CASCADE,
    title TEXT
) STRICT;

CREATE INDEX mcp_server_session_slug_idx ON mcp_server_session (mcp_server_slug);
CREATE INDEX mcp_server_session_user_id_idx ON mcp_server_session (mcp_server_user_id);

CREATE TABLE mcp_tool_calls (
    id TEXT PRIMARY KEY NOT NULL,
    created_at INTEGER,
    mcp_server_id TEXT REFERENCES mcp_servers (id) ON DELETE CASCADE,
    tool_name TEXT NOT NULL,
    mcp_server_user_id TEXT REFERENCES mcp_server_user (id) ON DELETE CASCADE,
    mcp_server_session_id TEXT NOT NULL REFERENCES mcp_server_session (mcp_server_session_id) ON DELETE CASCADE,
    input TEXT,
    output TEXT
) STRICT;

CREATE INDEX mcp_tool_calls_session_id_idx ON mcp_tool_calls (mcp_server_session_id, created_at);
CREATE INDEX mcp_tool_calls_server_id_idx ON mcp_tool_calls (mcp_server_id);

-- The drafts' own endpoint, which shows every draft and is no server that anything is assigned to. No slug of the
-- platform's has a colon.
INSERT INTO mcp_servers (id, name, slug) VALUES ('waymark:drafts', 'Drafts', 'waymark:drafts');
