-- Conversations that somebody keeps to play again: what happens in them, and what an agent received then.
CREATE TABLE conversations (
    id TEXT PRIMARY KEY NOT NULL,
    walkthrough_id TEXT NOT NULL REFERENCES walkthroughs (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    script TEXT NOT NULL,
    -- The turns with their texts, as a JSON list.
    turns TEXT NOT NULL,
    turn_count INTEGER NOT NULL,
    -- Of the draft that it was played with.
    content_hash TEXT NOT NULL,
    at INTEGER NOT NULL,
    UNIQUE (walkthrough_id, name)
) STRICT;
