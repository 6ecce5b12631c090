-- History that stays small: revisions share the steps that they have in common, and entries of the journal that nobody
-- can need any more go.

-- What is in force without anybody's edit, such as the status that production gave: undo passes it by.
ALTER TABLE journal ADD COLUMN is_news INTEGER NOT NULL DEFAULT 0 CHECK (is_news IN (0, 1));

-- When a moment of the draft was last kept as a revision, or found to be kept already.
ALTER TABLE drafts ADD COLUMN kept_at INTEGER;

UPDATE drafts SET kept_at = (SELECT max(at) FROM revisions WHERE revisions.walkthrough_id = drafts.walkthrough_id);

-- A step as some revisions of its walkthrough have it.
CREATE TABLE revision_steps (
    id INTEGER PRIMARY KEY NOT NULL,
    walkthrough_id TEXT NOT NULL REFERENCES walkthroughs (id) ON DELETE CASCADE,
    step_id TEXT NOT NULL,
    -- SHA-256 (hex) of `step` in canonical form.
    digest TEXT NOT NULL,
    step TEXT NOT NULL,
    UNIQUE (walkthrough_id, digest)
) STRICT;

CREATE INDEX revision_steps_step_id_idx ON revision_steps (walkthrough_id, step_id);

-- The ids of the steps in `revision_steps`, in order; NULL where `walkthrough` holds the steps itself.
ALTER TABLE revisions ADD COLUMN steps TEXT;

-- How many things differ from the revision before; NULL where nobody counted.
ALTER TABLE revisions ADD COLUMN changes INTEGER;
