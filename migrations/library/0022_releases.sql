-- Several walkthroughs that go to one connection together, under a name. What is in it is what the drafts were when it
-- was made: `digest` is of what production is to have, so that a draft that changed since is seen, and what has arrived.
CREATE TABLE releases (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL UNIQUE,
    remote TEXT NOT NULL,
    -- The status that production is to have, and whether over what changed there.
    status TEXT NOT NULL CHECK (status IN ('draft', 'published')),
    is_overwriting INTEGER NOT NULL DEFAULT 0 CHECK (is_overwriting IN (0, 1)),
    created_at INTEGER NOT NULL,
    -- When it was first run, and when the last of it was done.
    begun_at INTEGER,
    finished_at INTEGER
) STRICT;

CREATE TABLE release_items (
    release_id TEXT NOT NULL REFERENCES releases (id) ON DELETE CASCADE,
    walkthrough_id TEXT NOT NULL REFERENCES walkthroughs (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    digest TEXT NOT NULL,
    -- `sent`: production may have it, and nobody has heard yet.
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'sent', 'done', 'failed')),
    revision INTEGER,
    -- Why it failed, or was left: an error as JSON.
    error TEXT,
    at INTEGER,
    PRIMARY KEY (release_id, walkthrough_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX release_items_walkthrough_id_idx ON release_items (walkthrough_id);

-- What went where, when, by whom and from where: also what leaves no revision (another status, a deletion).
CREATE TABLE publishes (
    id INTEGER PRIMARY KEY,
    walkthrough_id TEXT NOT NULL REFERENCES walkthroughs (id) ON DELETE CASCADE,
    remote TEXT NOT NULL,
    -- The version that went, as JSON: the draft, a revision, what another connection has, another status, nothing.
    version TEXT NOT NULL,
    -- None after a deletion.
    status TEXT,
    revision INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    author TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX publishes_walkthrough_id_idx ON publishes (walkthrough_id, remote, at);

-- Which version an attempt is about, so that one that is settled later is noted as what it was.
ALTER TABLE publish_attempts ADD COLUMN version TEXT;

-- A certificate of one's own, where the server asks for one, and its key: files, never their contents.
ALTER TABLE connections ADD COLUMN client_certificate TEXT;
ALTER TABLE connections ADD COLUMN client_key TEXT;
