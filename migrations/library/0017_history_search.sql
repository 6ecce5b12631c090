-- Full-text search over the history: one document for each step that revisions have, kept once however many have it, and
-- one for the details of each revision.
--
-- As with `search` (0004), the texts are not kept twice: FTS5 reads them through a view. Other than there, a text is not put
-- into the index by whatever writes it: a first change keeps all steps of a walkthrough, and whoever types must not wait for
-- that. It is noted as waiting, is looked through by the search until then, and goes in together with others. What the
-- history lets go of leaves the index at once, so that it grows with what is kept and no further. There is no index of
-- beginnings (`prefix`): it would be larger than the rest.

-- Later documents have higher numbers. No foreign keys: a cascade could take the number away before the trigger has taken
-- the text out of the index.
CREATE TABLE history_documents (
    id INTEGER PRIMARY KEY NOT NULL,
    walkthrough_id TEXT NOT NULL,
    -- Missing for details.
    step_id TEXT,
    -- Whose details it is, or which kept step: one of the two.
    revision_id TEXT UNIQUE,
    kept_step INTEGER UNIQUE,
    is_indexed INTEGER NOT NULL DEFAULT 0 CHECK (is_indexed IN (0, 1))
) STRICT;

CREATE INDEX history_documents_waiting_idx ON history_documents (id) WHERE is_indexed = 0;

-- Those in the index.
CREATE VIEW history_texts AS
SELECT
    id,
    json_extract(json, '$.title') AS title,
    json_extract(json, '$.description') AS description,
    json_extract(json, '$.tags') AS tags,
    -- What other programs keep there. Waymark's own notes are not anybody's text.
    CASE WHEN json_valid(json_extract(json, '$.metadata'))
        THEN json_remove(json_extract(json, '$.metadata'), '$.waymark') END AS metadata,
    json_extract(json, '$.content_fields.introduction_for_agent') AS introduction_for_agent,
    json_extract(json, '$.content_fields.context_for_agent') AS context_for_agent,
    json_extract(json, '$.content_fields.content_for_user') AS content_for_user,
    json_extract(json, '$.content_fields.operations_for_agent') AS operations_for_agent
FROM (
    SELECT d.id, CASE WHEN json_valid(coalesce(r.walkthrough, s.step)) THEN coalesce(r.walkthrough, s.step) END AS json
    FROM history_documents d
    LEFT JOIN revisions r ON r.id = d.revision_id
    LEFT JOIN revision_steps s ON s.id = d.kept_step
    WHERE d.is_indexed = 1
);

CREATE VIRTUAL TABLE history_search USING fts5 (
    title, description, tags, metadata,
    introduction_for_agent, context_for_agent, content_for_user, operations_for_agent,
    content = 'history_texts',
    content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2',
    columnsize = 0
);

INSERT INTO history_documents (walkthrough_id, revision_id)
SELECT walkthrough_id, id FROM revisions ORDER BY walkthrough_id, number;
INSERT INTO history_documents (walkthrough_id, step_id, kept_step)
SELECT walkthrough_id, step_id, id FROM revision_steps ORDER BY id;

CREATE TRIGGER history_revision_added AFTER INSERT ON revisions BEGIN
    INSERT INTO history_documents (walkthrough_id, revision_id) VALUES (new.walkthrough_id, new.id);
END;

CREATE TRIGGER history_revision_removed BEFORE DELETE ON revisions BEGIN
    INSERT INTO history_search (history_search, rowid, title, description, tags, metadata,
        introduction_for_agent, context_for_agent, content_for_user, operations_for_agent)
    SELECT 'delete', * FROM history_texts WHERE id = (SELECT id FROM history_documents WHERE revision_id = old.id);
    DELETE FROM history_documents WHERE revision_id = old.id;
END;

CREATE TRIGGER history_step_added AFTER INSERT ON revision_steps BEGIN
    INSERT INTO history_documents (walkthrough_id, step_id, kept_step) VALUES (new.walkthrough_id, new.step_id, new.id);
END;

CREATE TRIGGER history_step_removed BEFORE DELETE ON revision_steps BEGIN
    INSERT INTO history_search (history_search, rowid, title, description, tags, metadata,
        introduction_for_agent, context_for_agent, content_for_user, operations_for_agent)
    SELECT 'delete', * FROM history_texts WHERE id = (SELECT id FROM history_documents WHERE kept_step = old.id);
    DELETE FROM history_documents WHERE kept_step = old.id;
END;
