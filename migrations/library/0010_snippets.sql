-- Blocks of text that a writer uses again and again. They belong to the library and not to a walkthrough, and are put into
-- a text as they stand: a walkthrough keeps no tie to them.
CREATE TABLE snippets (
    name TEXT PRIMARY KEY NOT NULL,
    text TEXT NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
