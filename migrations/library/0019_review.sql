-- Reviews: comments, what was resolved, and decisions. Each is one item of a log, as JSON; nothing is ever taken out of it.
CREATE TABLE review_items (
    walkthrough_id TEXT NOT NULL REFERENCES walkthroughs (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    -- comment, resolution or decision.
    kind TEXT NOT NULL,
    item TEXT NOT NULL,
    PRIMARY KEY (walkthrough_id, id)
) STRICT;

-- Where comments on a selection stand in the draft's present text. Follows every edit.
CREATE TABLE review_places (
    walkthrough_id TEXT NOT NULL REFERENCES walkthroughs (id) ON DELETE CASCADE,
    comment_id TEXT NOT NULL,
    step_id TEXT NOT NULL,
    field TEXT NOT NULL,
    place TEXT NOT NULL,
    PRIMARY KEY (walkthrough_id, comment_id)
) STRICT;

-- Who comments in this library, once somebody has said so.
CREATE TABLE review_author (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    name TEXT NOT NULL
) STRICT;

-- An organization may publish only what was approved.
ALTER TABLE connections ADD COLUMN requires_approval INTEGER NOT NULL DEFAULT 0 CHECK (requires_approval IN (0, 1));
