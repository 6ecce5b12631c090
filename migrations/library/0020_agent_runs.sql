-- Providers of models, without their keys, which are in the keyring; and the runs of their models through walkthroughs.
CREATE TABLE providers (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    base_url TEXT NOT NULL,
    allows_plain_http INTEGER NOT NULL DEFAULT 0 CHECK (allows_plain_http IN (0, 1)),
    -- A JSON list of names and prices.
    models TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE agent_runs (
    id TEXT PRIMARY KEY NOT NULL,
    walkthrough_id TEXT NOT NULL REFERENCES walkthroughs (id) ON DELETE CASCADE,
    -- When it began.
    at INTEGER NOT NULL,
    -- What is listed of it, as JSON: provider, model, who talked with it, ending, checks, totals, cost.
    summary TEXT NOT NULL,
    -- Of the draft when the run began.
    content_hash TEXT NOT NULL,
    transcript TEXT NOT NULL
) STRICT;

CREATE INDEX agent_runs_walkthrough ON agent_runs (walkthrough_id, at);
