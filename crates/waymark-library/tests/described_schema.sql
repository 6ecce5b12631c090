-- The five walkthrough tables as the platform's own documentation describes them, to the letter.

CREATE TABLE walkthroughs (
    id TEXT PRIMARY KEY,                    -- Format: wt_{8-char-nanoid}
    organization_id TEXT NOT NULL,         -- References organization.id
    title TEXT NOT NULL,
    description TEXT,
    type walkthrough_type DEFAULT 'course' NOT NULL,
    status walkthrough_status DEFAULT 'draft',
    created_at BIGINT DEFAULT (current timestamp),
    updated_at BIGINT DEFAULT (current timestamp),
    estimated_duration_minutes INTEGER,
    tags JSONB DEFAULT '[]',               -- Array of strings
    metadata JSONB                         -- Flexible metadata storage
);

CREATE TABLE walkthrough_steps (
    id TEXT PRIMARY KEY,                    -- Format: wts_{8-char-nanoid}
    walkthrough_id TEXT NOT NULL,          -- References walkthroughs.id
    title TEXT NOT NULL,
    content_fields JSONB NOT NULL DEFAULT '{...}',
    display_order INTEGER NOT NULL DEFAULT 0,
    next_step_id TEXT,                      -- Self-referencing for step linking
    created_at BIGINT DEFAULT (current timestamp),
    updated_at BIGINT DEFAULT (current timestamp),
    metadata JSONB
);

CREATE TABLE mcp_server_walkthroughs (
    id TEXT PRIMARY KEY,                    -- Format: msw_{8-char-nanoid}
    mcp_server_id TEXT NOT NULL,           -- References mcp_servers.id
    walkthrough_id TEXT NOT NULL,          -- References walkthroughs.id
    display_order INTEGER NOT NULL DEFAULT 0,
    is_enabled TEXT NOT NULL DEFAULT 'true', -- 'true' or 'false'
    created_at BIGINT DEFAULT (current timestamp)
);

CREATE TABLE walkthrough_progress (
    id TEXT PRIMARY KEY,                    -- Format: wtp_{8-char-nanoid}
    mcp_server_user_id TEXT NOT NULL,      -- References mcp_server_user.id
    walkthrough_id TEXT NOT NULL,          -- References walkthroughs.id
    completed_steps JSONB DEFAULT '[]',    -- Array of completed step IDs
    current_step_id TEXT,                   -- References walkthrough_steps.id
    completed_at BIGINT,                    -- NULL until walkthrough completed
    started_at BIGINT DEFAULT (current timestamp),
    last_activity_at BIGINT DEFAULT (current timestamp),
    metadata JSONB
);

CREATE TABLE walkthrough_step_completions (
    id TEXT PRIMARY KEY,                    -- Format: wtsc_{8-char-nanoid}
    mcp_server_user_id TEXT NOT NULL,      -- References mcp_server_user.id
    walkthrough_id TEXT NOT NULL,          -- References walkthroughs.id
    step_id TEXT NOT NULL,                  -- References walkthrough_steps.id
    mcp_server_id TEXT NOT NULL,           -- References mcp_servers.id
    mcp_server_session_id TEXT NOT NULL,   -- References mcp_server_session.id
    completed_at BIGINT DEFAULT (current timestamp),
    metadata JSONB
);
