-- Walkthroughs that people keep to begin others with. The walkthrough is a file of the JSON export format; a walkthrough
-- that is made from a template keeps no tie to it.
CREATE TABLE templates (
    name TEXT PRIMARY KEY NOT NULL,
    about TEXT NOT NULL,
    walkthrough TEXT NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
