-- Wordings: the organization's own templates that turn a step into the text an agent receives. They belong to the library
-- and not to a walkthrough.
CREATE TABLE wordings (
    name TEXT PRIMARY KEY NOT NULL,
    about TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Which wording holds where: an empty connection is the drafts and every connection without a choice of its own, an empty
-- type is every type. The wording may be a built-in one, so that it is no foreign key.
CREATE TABLE wording_choices (
    connection_id TEXT NOT NULL DEFAULT '',
    walkthrough_type TEXT NOT NULL DEFAULT '',
    wording TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (connection_id, walkthrough_type)
) STRICT, WITHOUT ROWID;

-- An empty connection refers to none, so that this is no cascade.
CREATE TRIGGER wording_choices_removed AFTER DELETE ON connections BEGIN
    DELETE FROM wording_choices WHERE connection_id = old.id;
END;
