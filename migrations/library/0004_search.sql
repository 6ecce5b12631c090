-- Full-text search over what is written: one document for each step, and one for each walkthrough's own details.
--
-- The texts are not kept twice: FTS5 reads them through the view `search_texts`. Triggers keep the index in the
-- transaction of whatever writes, so nothing can write past it; they look only at columns that are searched, so moving a
-- step or noting a time costs nothing. `INSERT INTO search (search, rank) VALUES ('integrity-check', 1)` compares index
-- and texts, `INSERT INTO search (search) VALUES ('rebuild')` makes it anew.

-- The numbers that FTS5 knows the documents by. Row numbers of other tables may change when the file is compacted.
-- No foreign keys: a cascade could take the number away before the trigger has taken the text out of the index.
CREATE TABLE search_documents (
    id INTEGER PRIMARY KEY NOT NULL,
    walkthrough_id TEXT NOT NULL,
    -- Missing for the walkthrough's own details.
    step_id TEXT UNIQUE
) STRICT;

CREATE INDEX search_documents_walkthrough_id_idx ON search_documents (walkthrough_id, step_id);

CREATE VIEW search_texts AS
SELECT
    d.id,
    CASE WHEN d.step_id IS NULL THEN w.title ELSE s.title END AS title,
    w.description AS description,
    w.tags AS tags,
    -- What other programs keep there. Waymark's own notes are not anybody's text.
    CASE WHEN json_valid(coalesce(w.metadata, s.metadata))
        THEN json_remove(coalesce(w.metadata, s.metadata), '$.waymark') END AS metadata,
    CASE WHEN json_type(c.content, '$.introductionForAgent') = 'text'
        THEN json_extract(c.content, '$.introductionForAgent') END AS introduction_for_agent,
    CASE WHEN json_type(c.content, '$.contextForAgent') = 'text'
        THEN json_extract(c.content, '$.contextForAgent') END AS context_for_agent,
    CASE WHEN json_type(c.content, '$.contentForUser') = 'text'
        THEN json_extract(c.content, '$.contentForUser') END AS content_for_user,
    CASE WHEN json_type(c.content, '$.operationsForAgent') = 'text'
        THEN json_extract(c.content, '$.operationsForAgent') END AS operations_for_agent
FROM search_documents d
LEFT JOIN walkthroughs w ON d.step_id IS NULL AND w.id = d.walkthrough_id
LEFT JOIN walkthrough_steps s ON s.id = d.step_id
-- Content of a version that this Waymark does not understand is not text to it.
LEFT JOIN (
    SELECT id, CASE WHEN json_valid(content_fields) AND json_extract(content_fields, '$.version') = 'v1'
        THEN content_fields END AS content
    FROM walkthrough_steps
) c ON c.id = d.step_id;

CREATE VIRTUAL TABLE search USING fts5 (
    title, description, tags, metadata,
    introduction_for_agent, context_for_agent, content_for_user, operations_for_agent,
    content = 'search_texts',
    content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2',
    prefix = '2 3'
);

-- A word in a title says more about the whole than a word in a text.
INSERT INTO search (search, rank) VALUES ('rank', 'bm25(10.0, 3.0, 6.0, 0.5, 1.0, 1.0, 1.0, 1.0)');

INSERT INTO search_documents (walkthrough_id, step_id) SELECT id, NULL FROM walkthroughs ORDER BY id;
INSERT INTO search_documents (walkthrough_id, step_id)
SELECT walkthrough_id, id FROM walkthrough_steps ORDER BY walkthrough_id, display_order;
INSERT INTO search (search) VALUES ('rebuild');

CREATE TRIGGER search_walkthrough_added AFTER INSERT ON walkthroughs BEGIN
    INSERT INTO search_documents (walkthrough_id) VALUES (new.id);
    INSERT INTO search (rowid, title, description, tags, metadata,
        introduction_for_agent, context_for_agent, content_for_user, operations_for_agent)
    SELECT * FROM search_texts
    WHERE id = (SELECT id FROM search_documents WHERE walkthrough_id = new.id AND step_id IS NULL);
END;

CREATE TRIGGER search_walkthrough_changes BEFORE UPDATE OF title, description, tags, metadata ON walkthroughs
WHEN (old.title, old.description, old.tags, old.metadata) IS NOT (new.title, new.description, new.tags, new.metadata)
BEGIN
    INSERT INTO search (search, rowid, title, description, tags, metadata,
        introduction_for_agent, context_for_agent, content_for_user, operations_for_agent)
    SELECT 'delete', * FROM search_texts
    WHERE id = (SELECT id FROM search_documents WHERE walkthrough_id = old.id AND step_id IS NULL);
END;

CREATE TRIGGER search_walkthrough_changed AFTER UPDATE OF title, description, tags, metadata ON walkthroughs
WHEN (old.title, old.description, old.tags, old.metadata) IS NOT (new.title, new.description, new.tags, new.metadata)
BEGIN
    INSERT INTO search (rowid, title, description, tags, metadata,
        introduction_for_agent, context_for_agent, content_for_user, operations_for_agent)
    SELECT * FROM search_texts
    WHERE id = (SELECT id FROM search_documents WHERE walkthrough_id = new.id AND step_id IS NULL);
END;

CREATE TRIGGER search_walkthrough_removed BEFORE DELETE ON walkthroughs BEGIN
    INSERT INTO search (search, rowid, title, description, tags, metadata,
        introduction_for_agent, context_for_agent, content_for_user, operations_for_agent)
    SELECT 'delete', * FROM search_texts
    WHERE id = (SELECT id FROM search_documents WHERE walkthrough_id = old.id AND step_id IS NULL);
    DELETE FROM search_documents WHERE walkthrough_id = old.id AND step_id IS NULL;
END;

CREATE TRIGGER search_step_added AFTER INSERT ON walkthrough_steps BEGIN
    INSERT INTO search_documents (walkthrough_id, step_id) VALUES (new.walkthrough_id, new.id);
    INSERT INTO search (rowid, title, description, tags, metadata,
        introduction_for_agent, context_for_agent, content_for_user, operations_for_agent)
    SELECT * FROM search_texts WHERE id = (SELECT id FROM search_documents WHERE step_id = new.id);
END;

CREATE TRIGGER search_step_changes BEFORE UPDATE OF title, content_fields, metadata ON walkthrough_steps
WHEN (old.title, old.content_fields, old.metadata) IS NOT (new.title, new.content_fields, new.metadata)
BEGIN
    INSERT INTO search (search, rowid, title, description, tags, metadata,
        introduction_for_agent, context_for_agent, content_for_user, operations_for_agent)
    SELECT 'delete', * FROM search_texts WHERE id = (SELECT id FROM search_documents WHERE step_id = old.id);
END;

CREATE TRIGGER search_step_changed AFTER UPDATE OF title, content_fields, metadata ON walkthrough_steps
WHEN (old.title, old.content_fields, old.metadata) IS NOT (new.title, new.content_fields, new.metadata)
BEGIN
    INSERT INTO search (rowid, title, description, tags, metadata,
        introduction_for_agent, context_for_agent, content_for_user, operations_for_agent)
    SELECT * FROM search_texts WHERE id = (SELECT id FROM search_documents WHERE step_id = new.id);
END;

CREATE TRIGGER search_step_removed BEFORE DELETE ON walkthrough_steps BEGIN
    INSERT INTO search (search, rowid, title, description, tags, metadata,
        introduction_for_agent, context_for_agent, content_for_user, operations_for_agent)
    SELECT 'delete', * FROM search_texts WHERE id = (SELECT id FROM search_documents WHERE step_id = old.id);
    DELETE FROM search_documents WHERE step_id = old.id;
END;
