-- Words that are spelled right in the whole library, whatever a dictionary says.
CREATE TABLE own_words (
    word TEXT PRIMARY KEY NOT NULL,
    added_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What the library has chosen about lint; a value is JSON, and what is not there is as it comes.
CREATE TABLE lint_settings (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
