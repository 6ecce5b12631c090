-- Changes to several drafts at once, so that they can be taken back at once, also after a restart. What changed in each
-- draft, and its inverse, are in the journal.
CREATE TABLE bulk_changes (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    -- What was done, in words.
    label TEXT NOT NULL,
    at INTEGER NOT NULL,
    undone_at INTEGER
) STRICT;

CREATE INDEX bulk_changes_at_idx ON bulk_changes (at);

CREATE TABLE bulk_change_parts (
    bulk_change_id TEXT NOT NULL REFERENCES bulk_changes (id) ON DELETE CASCADE,
    walkthrough_id TEXT NOT NULL REFERENCES walkthroughs (id) ON DELETE CASCADE,
    -- The version that this part made: the journal's entry for it.
    version INTEGER NOT NULL,
    PRIMARY KEY (bulk_change_id, walkthrough_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX bulk_change_parts_walkthrough_id_idx ON bulk_change_parts (walkthrough_id);

-- Whether production was seen to differ from what it and the draft last had in common.
ALTER TABLE sync_bases ADD COLUMN is_changed_there INTEGER NOT NULL DEFAULT 0 CHECK (is_changed_there IN (0, 1));
