-- The schema of an organization's database, as the platform has it today. Applied to an empty database only: a database
-- that already has these tables belongs to the platform and is never altered by this file.

CREATE TYPE mcp_server_auth_type AS ENUM ('platform_oauth', 'custom_oauth', 'none', 'collect_email');
CREATE TYPE support_request_method AS ENUM ('slack', 'linear', 'dashboard', 'none');
CREATE TYPE walkthrough_type AS ENUM ('course', 'installer', 'troubleshooting', 'integration', 'quickstart');
CREATE TYPE walkthrough_status AS ENUM ('draft', 'published', 'archived');

-- Around the walkthroughs.

CREATE TABLE organization (
    id text PRIMARY KEY,
    name text NOT NULL,
    slug text UNIQUE,
    logo text,
    created_at timestamp NOT NULL,
    metadata text
);

CREATE TABLE mcp_servers (
    id text PRIMARY KEY,
    organization_id text NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    name text NOT NULL,
    product_platform_or_tool text NOT NULL,
    slug text NOT NULL UNIQUE,
    created_at bigint DEFAULT (extract(epoch FROM now()) * 1000)::bigint,
    auth_type mcp_server_auth_type DEFAULT 'none',
    support_ticket_type support_request_method DEFAULT 'dashboard',
    walkthrough_tools_enabled text DEFAULT 'true'
);
CREATE INDEX mcp_servers_organization_id_idx ON mcp_servers (organization_id);

CREATE TABLE mcp_server_user (
    id text PRIMARY KEY,
    distinct_id text UNIQUE,
    email text,
    upstream_sub text,
    profile_data jsonb,
    first_seen_at bigint DEFAULT (extract(epoch FROM now()) * 1000)::bigint
);

CREATE TABLE mcp_server_session (
    mcp_server_session_id text PRIMARY KEY,
    mcp_server_slug text NOT NULL REFERENCES mcp_servers (slug) ON DELETE CASCADE,
    connection_date date NOT NULL,
    connection_timestamp bigint,
    mcp_server_user_id text REFERENCES mcp_server_user (id) ON DELETE CASCADE,
    title text
);
CREATE INDEX mcp_server_session_slug_idx ON mcp_server_session (mcp_server_slug);
CREATE INDEX mcp_server_session_user_id_idx ON mcp_server_session (mcp_server_user_id);

CREATE TABLE mcp_tool_calls (
    id text PRIMARY KEY,
    created_at bigint DEFAULT (extract(epoch FROM now()) * 1000)::bigint,
    mcp_server_id text REFERENCES mcp_servers (id),
    tool_name text NOT NULL,
    mcp_server_user_id text REFERENCES mcp_server_user (id) ON DELETE CASCADE,
    mcp_server_session_id text NOT NULL REFERENCES mcp_server_session (mcp_server_session_id) ON DELETE CASCADE,
    input jsonb,
    output jsonb
);
CREATE INDEX mcp_tool_calls_session_id_idx ON mcp_tool_calls (mcp_server_session_id);

CREATE TABLE support_requests (
    id text PRIMARY KEY,
    created_at bigint DEFAULT (extract(epoch FROM now()) * 1000)::bigint,
    title text,
    concise_summary text,
    status text,
    email text,
    organization_id text NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    mcp_server_id text REFERENCES mcp_servers (id) ON DELETE CASCADE,
    mcp_server_session_id text REFERENCES mcp_server_session (mcp_server_session_id) ON DELETE CASCADE
);

-- The five walkthrough tables.

CREATE TABLE walkthroughs (
    id text PRIMARY KEY,
    organization_id text NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
    title text NOT NULL,
    description text,
    type walkthrough_type NOT NULL DEFAULT 'course',
    status walkthrough_status DEFAULT 'draft',
    created_at bigint DEFAULT (extract(epoch FROM now()) * 1000)::bigint,
    updated_at bigint DEFAULT (extract(epoch FROM now()) * 1000)::bigint,
    estimated_duration_minutes integer,
    tags jsonb DEFAULT '[]',
    metadata jsonb
);
CREATE INDEX walkthroughs_organization_id_idx ON walkthroughs (organization_id);
CREATE INDEX walkthroughs_status_idx ON walkthroughs (status);

CREATE TABLE walkthrough_steps (
    id text PRIMARY KEY,
    walkthrough_id text NOT NULL REFERENCES walkthroughs (id) ON DELETE CASCADE,
    title text NOT NULL,
    content_fields jsonb NOT NULL DEFAULT
        '{"version": "v1", "introductionForAgent": "", "contextForAgent": "", "contentForUser": "", "operationsForAgent": ""}',
    display_order integer NOT NULL DEFAULT 0,
    -- NO ACTION: a step that another one points to cannot be deleted before that link is cleared.
    next_step_id text REFERENCES walkthrough_steps (id),
    created_at bigint DEFAULT (extract(epoch FROM now()) * 1000)::bigint,
    updated_at bigint DEFAULT (extract(epoch FROM now()) * 1000)::bigint,
    metadata jsonb
);
CREATE INDEX walkthrough_steps_walkthrough_id_idx ON walkthrough_steps (walkthrough_id);
CREATE INDEX walkthrough_steps_display_order_idx ON walkthrough_steps (display_order);
CREATE INDEX walkthrough_steps_next_step_id_idx ON walkthrough_steps (next_step_id);

CREATE TABLE mcp_server_walkthroughs (
    id text PRIMARY KEY,
    mcp_server_id text NOT NULL REFERENCES mcp_servers (id) ON DELETE CASCADE,
    walkthrough_id text NOT NULL REFERENCES walkthroughs (id) ON DELETE CASCADE,
    display_order integer NOT NULL DEFAULT 0,
    is_enabled text NOT NULL DEFAULT 'true',
    created_at bigint DEFAULT (extract(epoch FROM now()) * 1000)::bigint,
    CONSTRAINT mcp_server_walkthroughs_server_walkthrough_unique UNIQUE (mcp_server_id, walkthrough_id)
);
CREATE INDEX mcp_server_walkthroughs_server_id_idx ON mcp_server_walkthroughs (mcp_server_id);
CREATE INDEX mcp_server_walkthroughs_walkthrough_id_idx ON mcp_server_walkthroughs (walkthrough_id);
CREATE INDEX mcp_server_walkthroughs_display_order_idx ON mcp_server_walkthroughs (display_order);

CREATE TABLE walkthrough_progress (
    id text PRIMARY KEY,
    mcp_server_user_id text NOT NULL REFERENCES mcp_server_user (id) ON DELETE CASCADE,
    walkthrough_id text NOT NULL REFERENCES walkthroughs (id) ON DELETE CASCADE,
    completed_steps jsonb DEFAULT '[]',
    -- NO ACTION: a step that a learner stands on cannot be deleted before the learner moves on.
    current_step_id text REFERENCES walkthrough_steps (id),
    completed_at bigint,
    started_at bigint DEFAULT (extract(epoch FROM now()) * 1000)::bigint,
    last_activity_at bigint DEFAULT (extract(epoch FROM now()) * 1000)::bigint,
    metadata jsonb
);
CREATE INDEX walkthrough_progress_user_id_idx ON walkthrough_progress (mcp_server_user_id);
CREATE INDEX walkthrough_progress_walkthrough_id_idx ON walkthrough_progress (walkthrough_id);
CREATE INDEX walkthrough_progress_last_activity_idx ON walkthrough_progress (last_activity_at);
CREATE INDEX walkthrough_progress_completed_steps_gin_idx ON walkthrough_progress USING gin (completed_steps);

CREATE TABLE walkthrough_step_completions (
    id text PRIMARY KEY,
    mcp_server_user_id text NOT NULL REFERENCES mcp_server_user (id) ON DELETE CASCADE,
    walkthrough_id text NOT NULL REFERENCES walkthroughs (id) ON DELETE CASCADE,
    step_id text NOT NULL REFERENCES walkthrough_steps (id) ON DELETE CASCADE,
    mcp_server_id text NOT NULL REFERENCES mcp_servers (id) ON DELETE CASCADE,
    mcp_server_session_id text NOT NULL REFERENCES mcp_server_session (mcp_server_session_id) ON DELETE CASCADE,
    completed_at bigint DEFAULT (extract(epoch FROM now()) * 1000)::bigint,
    metadata jsonb,
    CONSTRAINT wtsc_user_step_unique UNIQUE (mcp_server_user_id, walkthrough_id, step_id)
);
CREATE INDEX wtsc_server_time_idx ON walkthrough_step_completions (mcp_server_id, completed_at);
CREATE INDEX wtsc_walkthrough_step_time_idx ON walkthrough_step_completions (walkthrough_id, step_id, completed_at);
CREATE INDEX wtsc_user_walkthrough_idx ON walkthrough_step_completions (mcp_server_user_id, walkthrough_id);
CREATE INDEX wtsc_session_idx ON walkthrough_step_completions (mcp_server_session_id);
CREATE INDEX wtsc_server_walkthrough_idx ON walkthrough_step_completions (mcp_server_id, walkthrough_id);
