-- What asking an address on the web gave. A note of what was seen: it can be thrown away at any time.
CREATE TABLE link_checks (
    -- Without the part after `#`.
    address TEXT PRIMARY KEY NOT NULL,
    -- As JSON.
    answer TEXT NOT NULL,
    -- Whether there is nothing to say about it.
    is_fine INTEGER NOT NULL CHECK (is_fine IN (0, 1)),
    checked_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX link_checks_not_fine_idx ON link_checks (address) WHERE is_fine = 0;
