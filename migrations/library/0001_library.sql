-- The draft library.
--
-- The five walkthrough tables have the names and columns of the platform's schema (seed 000) in SQLite's types:
-- BIGINT and INTEGER are INTEGER, everything else is TEXT. Two things differ on purpose. A step's link has no foreign
-- key, because a draft may hold a dangling link until somebody mends it (lint reports it). And a preview learner who
-- stands on a removed step stands nowhere, instead of keeping the step from being removed.

CREATE TABLE organization (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL
) STRICT;

-- Drafts belong to nobody's organization until they are published; the column is there because the platform has it.
INSERT INTO organization (id, name) VALUES ('org_local', 'Drafts');

-- A server that drafts are assigned to. Here its id is its slug: the same draft can go to several databases.
CREATE TABLE mcp_servers (
    id TEXT PRIMARY KEY NOT NULL,
    organization_id TEXT NOT NULL DEFAULT 'org_local' REFERENCES organization (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    slug TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE walkthroughs (
    id TEXT PRIMARY KEY NOT NULL,
    organization_id TEXT NOT NULL DEFAULT 'org_local' REFERENCES organization (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    description TEXT,
    type TEXT NOT NULL DEFAULT 'course'
        CHECK (type IN ('course', 'installer', 'troubleshooting', 'integration', 'quickstart')),
    status TEXT DEFAULT 'draft' CHECK (status IN ('draft', 'published', 'archived')),
    created_at INTEGER,
    updated_at INTEGER,
    estimated_duration_minutes INTEGER,
    tags TEXT DEFAULT '[]',
    metadata TEXT
) STRICT;

CREATE INDEX walkthroughs_organization_id_idx ON walkthroughs (organization_id);
CREATE INDEX walkthroughs_status_idx ON walkthroughs (status);
CREATE INDEX walkthroughs_title_idx ON walkthroughs (title);

CREATE TABLE walkthrough_steps (
    id TEXT PRIMARY KEY NOT NULL,
    walkthrough_id TEXT NOT NULL REFERENCES walkthroughs (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    content_fields TEXT NOT NULL DEFAULT
        '{"version":"v1","introductionForAgent":"","contextForAgent":"","contentForUser":"","operationsForAgent":""}',
    display_order INTEGER NOT NULL DEFAULT 0,
    next_step_id TEXT,
    created_at INTEGER,
    updated_at INTEGER,
    metadata TEXT
) STRICT;

CREATE INDEX walkthrough_steps_walkthrough_id_idx ON walkthrough_steps (walkthrough_id);
CREATE INDEX walkthrough_steps_display_order_idx ON walkthrough_steps (display_order);
CREATE INDEX walkthrough_steps_next_step_id_idx ON walkthrough_steps (next_step_id);

CREATE TABLE mcp_server_walkthroughs (
    id TEXT PRIMARY KEY NOT NULL,
    mcp_server_id TEXT NOT NULL REFERENCES mcp_servers (id) ON DELETE CASCADE,
    walkthrough_id TEXT NOT NULL REFERENCES walkthroughs (id) ON DELETE CASCADE,
    display_order INTEGER NOT NULL DEFAULT 0,
    is_enabled TEXT NOT NULL DEFAULT 'true' CHECK (is_enabled IN ('true', 'false')),
    created_at INTEGER
) STRICT;

CREATE UNIQUE INDEX mcp_server_walkthroughs_server_walkthrough_unique
    ON mcp_server_walkthroughs (mcp_server_id, walkthrough_id);
CREATE INDEX mcp_server_walkthroughs_server_id_idx ON mcp_server_walkthroughs (mcp_server_id);
CREATE INDEX mcp_server_walkthroughs_walkthrough_id_idx ON mcp_server_walkthroughs (walkthrough_id);
CREATE INDEX mcp_server_walkthroughs_display_order_idx ON mcp_server_walkthroughs (display_order);

-- The learners of the preview. `mcp_server_user` and `mcp_server_session` follow in the next migration.
CREATE TABLE walkthrough_progress (
    id TEXT PRIMARY KEY NOT NULL,
    mcp_server_user_id TEXT NOT NULL REFERENCES mcp_server_user (id) ON DELETE CASCADE,
    walkthrough_id TEXT NOT NULL REFERENCES walkthroughs (id) ON DELETE CASCADE,
    completed_steps TEXT DEFAULT '[]',
    current_step_id TEXT REFERENCES walkthrough_steps (id) ON DELETE SET NULL,
    completed_at INTEGER,
    started_at INTEGER,
    last_activity_at INTEGER,
    metadata TEXT
) STRICT;

CREATE INDEX walkthrough_progress_user_id_idx ON walkthrough_progress (mcp_server_user_id);
CREATE INDEX walkthrough_progress_walkthrough_id_idx ON walkthrough_progress (walkthrough_id);
CREATE INDEX walkthrough_progress_last_activity_idx ON walkthrough_progress (last_activity_at);
CREATE INDEX walkthrough_progress_current_step_idx ON walkthrough_progress (current_step_id);

CREATE TABLE walkthrough_step_completions (
    id TEXT PRIMARY KEY NOT NULL,
    mcp_server_user_id TEXT NOT NULL REFERENCES mcp_server_user (id) ON DELETE CASCADE,
    walkthrough_id TEXT NOT NULL REFERENCES walkthroughs (id) ON DELETE CASCADE,
    step_id TEXT NOT NULL REFERENCES walkthrough_steps (id) ON DELETE CASCADE,
    mcp_server_id TEXT NOT NULL REFERENCES mcp_servers (id) ON DELETE CASCADE,
    mcp_server_session_id TEXT NOT NULL REFERENCES mcp_server_session (mcp_server_session_id) ON DELETE CASCADE,
    completed_at INTEGER,
    metadata TEXT
) STRICT;

CREATE UNIQUE INDEX wtsc_user_step_unique
    ON walkthrough_step_completions (mcp_server_user_id, walkthrough_id, step_id);
CREATE INDEX wtsc_server_time_idx ON walkthrough_step_completions (mcp_server_id, completed_at);
CREATE INDEX wtsc_walkthrough_step_time_idx ON walkthrough_step_completions (walkthrough_id, step_id, completed_at);
CREATE INDEX wtsc_user_walkthrough_idx ON walkthrough_step_completions (mcp_server_user_id, walkthrough_id);
CREATE INDEX wtsc_session_idx ON walkthrough_step_completions (mcp_server_session_id);
CREATE INDEX wtsc_server_walkthrough_idx ON walkthrough_step_completions (mcp_server_id, walkthrough_id);
CREATE INDEX wtsc_step_idx ON walkthrough_step_completions (step_id);

-- What Waymark knows about a draft beside its content.
CREATE TABLE drafts (
    walkthrough_id TEXT PRIMARY KEY NOT NULL REFERENCES walkthroughs (id) ON DELETE CASCADE,
    -- Goes up by one with each edit.
    version INTEGER NOT NULL DEFAULT 1,
    changed_at INTEGER NOT NULL,
    trashed_at INTEGER,
    -- What follows is computed from the content of version `derived_version` by the Waymark `derived_by`.
    problems INTEGER NOT NULL DEFAULT 0,
    content_hash TEXT,
    derived_version INTEGER NOT NULL DEFAULT 0,
    derived_by TEXT NOT NULL DEFAULT ''
) STRICT;

-- Every write to a walkthrough, with the edit that takes it back. Replaying `edit` from the first entry gives the draft.
CREATE TABLE journal (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    walkthrough_id TEXT NOT NULL REFERENCES walkthroughs (id) ON DELETE CASCADE,
    -- The version that this edit made.
    version INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('create', 'edit', 'undo', 'redo')),
    edit TEXT NOT NULL,
    inverse TEXT NOT NULL,
    origin TEXT NOT NULL,
    at INTEGER NOT NULL,
    -- Of a `kind = 'edit'`: in force, taken back (and can be done again), or taken back for good by a later edit.
    state TEXT NOT NULL DEFAULT 'done' CHECK (state IN ('done', 'undone', 'dropped')),
    UNIQUE (walkthrough_id, version)
) STRICT;

CREATE INDEX journal_undoable_idx ON journal (walkthrough_id, state, version) WHERE kind = 'edit';

CREATE TABLE revisions (
    id TEXT PRIMARY KEY NOT NULL,
    walkthrough_id TEXT NOT NULL REFERENCES walkthroughs (id) ON DELETE CASCADE,
    -- Counts from 1 within the walkthrough.
    number INTEGER NOT NULL,
    reason TEXT NOT NULL,
    name TEXT,
    author TEXT,
    connection_id TEXT,
    -- The number in `metadata.waymark` of production, where it went there or came from there.
    remote_revision INTEGER,
    content_hash TEXT NOT NULL,
    walkthrough TEXT NOT NULL,
    at INTEGER NOT NULL,
    UNIQUE (walkthrough_id, number)
) STRICT;

-- The version that a draft and a remote last had in common. `remote` is a connection's id, later also a folder.
CREATE TABLE sync_bases (
    walkthrough_id TEXT NOT NULL REFERENCES walkthroughs (id) ON DELETE CASCADE,
    remote TEXT NOT NULL,
    walkthrough TEXT NOT NULL,
    revision INTEGER NOT NULL,
    synced_at INTEGER NOT NULL,
    -- What the draft has changed since, as of the draft's `derived_version`.
    changes INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (walkthrough_id, remote)
) STRICT;

CREATE INDEX sync_bases_remote_idx ON sync_bases (remote);

-- Everything about a connection except its password, which is in the keyring and never here.
CREATE TABLE connections (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL UNIQUE,
    host TEXT NOT NULL,
    port INTEGER NOT NULL,
    database TEXT NOT NULL,
    user TEXT NOT NULL,
    tls TEXT NOT NULL CHECK (tls IN ('verify-full', 'verify-ca', 'require', 'disable')),
    ca_file TEXT,
    organization TEXT NOT NULL,
    is_production INTEGER NOT NULL CHECK (is_production IN (0, 1)),
    is_pgbouncer INTEGER NOT NULL CHECK (is_pgbouncer IN (0, 1)),
    created_at INTEGER NOT NULL
) STRICT;

-- The servers that a connection had when it was last asked, for assigning offline.
CREATE TABLE remembered_servers (
    connection_id TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (connection_id, slug)
) STRICT;

-- What was written, for whoever else has the library open.
CREATE TABLE changes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    what TEXT NOT NULL,
    id TEXT NOT NULL,
    origin TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
