-- What a publish is about to leave in production, noted before it is sent. If the program or the connection ends
-- before the answer, the next look at production tells by this whether it arrived.
CREATE TABLE publish_attempts (
    walkthrough_id TEXT NOT NULL REFERENCES walkthroughs (id) ON DELETE CASCADE,
    remote TEXT NOT NULL,
    walkthrough TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (walkthrough_id, remote)
) STRICT, WITHOUT ROWID;
