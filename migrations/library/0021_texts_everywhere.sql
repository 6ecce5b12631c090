-- Sections, quizzes and certificates are found too, in the library and in the history, and a replacement in snippets is
-- taken back together with that in walkthroughs.
--
-- FTS5 adds no column to a table, so the views and the indexes of 0004 and 0017 are made anew, with the same rules. The
-- library's index is filled here; the history's waits, as whatever is new in it does.

DROP TRIGGER search_walkthrough_added;
DROP TRIGGER search_walkthrough_changes;
DROP TRIGGER search_walkthrough_changed;
DROP TRIGGER search_walkthrough_removed;
DROP TRIGGER search_step_added;
DROP TRIGGER search_step_changes;
DROP TRIGGER search_step_changed;
DROP TRIGGER search_step_removed;
DROP TABLE search;
DROP VIEW search_texts;

-- The words of a quiz, one text a line. The one text that is kept twice: FTS5 reads a view that unfolds JSON into rows not at
-- all.
ALTER TABLE search_documents ADD COLUMN quiz TEXT;

UPDATE search_documents SET quiz = (
    SELECT (SELECT group_concat(q.value, char(10))
        FROM json_tree(CASE WHEN json_valid(s.metadata) THEN s.metadata ELSE '{}' END, '$.waymark.quiz.questions') q
        WHERE q.type = 'text' AND (q.key IN ('prompt', 'text', 'explanation') OR q.path LIKE '%.accepted')) FROM walkthrough_steps s WHERE s.id = search_documents.step_id
)
WHERE step_id IN (SELECT id FROM walkthrough_steps WHERE metadata LIKE '%"quiz"%');

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
        THEN json_extract(c.content, '$.operationsForAgent') END AS operations_for_agent,
    -- The rest of them: what people wrote there.
    CASE WHEN json_valid(s.metadata) AND json_type(s.metadata, '$.waymark.section') = 'text'
        THEN json_extract(s.metadata, '$.waymark.section') END AS section,
    d.quiz,
    CASE WHEN json_valid(w.metadata) THEN nullif(coalesce(json_extract(w.metadata, '$.waymark.certificate.title') || char(10), '')
        || coalesce(json_extract(w.metadata, '$.waymark.certificate.body') || char(10), '')
        || coalesce(json_extract(w.metadata, '$.waymark.certificate.difficulty') || char(10), ''), '') END AS certificate
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
    section, quiz, certificate,
    content = 'search_texts',
    content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2',
    prefix = '2 3'
);

-- A word in a title says more about the whole than a word in a text.
INSERT INTO search (search, rank)
VALUES ('rank', 'bm25(10.0, 3.0, 6.0, 0.5, 1.0, 1.0, 1.0, 1.0, 3.0, 1.0, 1.0)');

INSERT INTO search (search) VALUES ('rebuild');

CREATE TRIGGER search_walkthrough_added AFTER INSERT ON walkthroughs
BEGIN
    INSERT INTO search_documents (walkthrough_id) VALUES (new.id);
    INSERT INTO search (rowid, title, description, tags, metadata,
        introduction_for_agent, context_for_agent, content_for_user, operations_for_agent, section, quiz, certificate)
    SELECT * FROM search_texts
    WHERE id = (SELECT id FROM search_documents WHERE walkthrough_id = new.id AND step_id IS NULL);
END;

CREATE TRIGGER search_walkthrough_changes BEFORE UPDATE OF title, description, tags, metadata ON walkthroughs
WHEN (old.title, old.description, old.tags, old.metadata) IS NOT (new.title, new.description, new.tags, new.metadata)
BEGIN
    INSERT INTO search (search, rowid, title, description, tags, metadata,
        introduction_for_agent, context_for_agent, content_for_user, operations_for_agent, section, quiz, certificate)
    SELECT 'delete', * FROM search_texts
    WHERE id = (SELECT id FROM search_documents WHERE walkthrough_id = old.id AND step_id IS NULL);
END;

CREATE TRIGGER search_walkthrough_changed AFTER UPDATE OF title, description, tags, metadata ON walkthroughs
WHEN (old.title, old.description, old.tags, old.metadata) IS NOT (new.title, new.description, new.tags, new.metadata)
BEGIN
    INSERT INTO search (rowid, title, description, tags, metadata,
        introduction_for_agent, context_for_agent, content_for_user, operations_for_agent, section, quiz, certificate)
    SELECT * FROM search_texts
    WHERE id = (SELECT id FROM search_documents WHERE walkthrough_id = new.id AND step_id IS NULL);
END;

CREATE TRIGGER search_walkthrough_removed BEFORE DELETE ON walkthroughs
BEGIN
    INSERT INTO search (search, rowid, title, description, tags, metadata,
        introduction_for_agent, context_for_agent, content_for_user, operations_for_agent, section, quiz, certificate)
    SELECT 'delete', * FROM search_texts
    WHERE id = (SELECT id FROM search_documents WHERE walkthrough_id = old.id AND step_id IS NULL);
    DELETE FROM search_documents WHERE walkthrough_id = old.id AND step_id IS NULL;
END;

CREATE TRIGGER search_step_added AFTER INSERT ON walkthrough_steps
BEGIN
    INSERT INTO search_documents (walkthrough_id, step_id, quiz)
    SELECT new.walkthrough_id, new.id, (SELECT group_concat(q.value, char(10))
        FROM json_tree(CASE WHEN json_valid(new.metadata) THEN new.metadata ELSE '{}' END, '$.waymark.quiz.questions') q
        WHERE q.type = 'text' AND (q.key IN ('prompt', 'text', 'explanation') OR q.path LIKE '%.accepted'));
    INSERT INTO search (rowid, title, description, tags, metadata,
        introduction_for_agent, context_for_agent, content_for_user, operations_for_agent, section, quiz, certificate)
    SELECT * FROM search_texts
    WHERE id = (SELECT id FROM search_documents WHERE step_id = new.id);
END;

CREATE TRIGGER search_step_changes BEFORE UPDATE OF title, content_fields, metadata ON walkthrough_steps
WHEN (old.title, old.content_fields, old.metadata) IS NOT (new.title, new.content_fields, new.metadata)
BEGIN
    INSERT INTO search (search, rowid, title, description, tags, metadata,
        introduction_for_agent, context_for_agent, content_for_user, operations_for_agent, section, quiz, certificate)
    SELECT 'delete', * FROM search_texts
    WHERE id = (SELECT id FROM search_documents WHERE step_id = old.id);
END;

CREATE TRIGGER search_step_changed AFTER UPDATE OF title, content_fields, metadata ON walkthrough_steps
WHEN (old.title, old.content_fields, old.metadata) IS NOT (new.title, new.content_fields, new.metadata)
BEGIN
    UPDATE search_documents SET quiz = (SELECT group_concat(q.value, char(10))
        FROM json_tree(CASE WHEN json_valid(new.metadata) THEN new.metadata ELSE '{}' END, '$.waymark.quiz.questions') q
        WHERE q.type = 'text' AND (q.key IN ('prompt', 'text', 'explanation') OR q.path LIKE '%.accepted'))
    WHERE step_id = new.id AND old.metadata IS NOT new.metadata;
    INSERT INTO search (rowid, title, description, tags, metadata,
        introduction_for_agent, context_for_agent, content_for_user, operations_for_agent, section, quiz, certificate)
    SELECT * FROM search_texts
    WHERE id = (SELECT id FROM search_documents WHERE step_id = new.id);
END;

CREATE TRIGGER search_step_removed BEFORE DELETE ON walkthrough_steps
BEGIN
    INSERT INTO search (search, rowid, title, description, tags, metadata,
        introduction_for_agent, context_for_agent, content_for_user, operations_for_agent, section, quiz, certificate)
    SELECT 'delete', * FROM search_texts
    WHERE id = (SELECT id FROM search_documents WHERE step_id = old.id);
    DELETE FROM search_documents WHERE step_id = old.id;
END;

DROP TRIGGER history_revision_removed;
DROP TRIGGER history_step_removed;
DROP TABLE history_search;
DROP VIEW history_texts;

UPDATE history_documents SET is_indexed = 0;

-- As in `search_documents`; read when the text goes into the index.
ALTER TABLE history_documents ADD COLUMN quiz TEXT;

-- Those in the index.
CREATE VIEW history_texts AS
SELECT
    id,
    json_extract(json, '$.title') AS title,
    json_extract(json, '$.description') AS description,
    json_extract(json, '$.tags') AS tags,
    -- What other programs keep there. Waymark's own notes are not anybody's text.
    CASE WHEN json_valid(metadata) THEN json_remove(metadata, '$.waymark') END AS metadata,
    json_extract(json, '$.content_fields.introduction_for_agent') AS introduction_for_agent,
    json_extract(json, '$.content_fields.context_for_agent') AS context_for_agent,
    json_extract(json, '$.content_fields.content_for_user') AS content_for_user,
    json_extract(json, '$.content_fields.operations_for_agent') AS operations_for_agent,
    -- The rest of them: what people wrote there.
    CASE WHEN json_valid(metadata) AND json_type(metadata, '$.waymark.section') = 'text'
        THEN json_extract(metadata, '$.waymark.section') END AS section,
    quiz,
    CASE WHEN json_valid(metadata) THEN nullif(coalesce(json_extract(metadata, '$.waymark.certificate.title') || char(10), '')
        || coalesce(json_extract(metadata, '$.waymark.certificate.body') || char(10), '')
        || coalesce(json_extract(metadata, '$.waymark.certificate.difficulty') || char(10), ''), '') END AS certificate
FROM (
    SELECT id, json, json_extract(json, '$.metadata') AS metadata, quiz FROM (
        SELECT d.id, d.quiz, CASE WHEN json_valid(coalesce(r.walkthrough, s.step)) THEN coalesce(r.walkthrough, s.step) END AS json
        FROM history_documents d
        LEFT JOIN revisions r ON r.id = d.revision_id
        LEFT JOIN revision_steps s ON s.id = d.kept_step
        WHERE d.is_indexed = 1
    )
);

CREATE VIRTUAL TABLE history_search USING fts5 (
    title, description, tags, metadata,
    introduction_for_agent, context_for_agent, content_for_user, operations_for_agent,
    section, quiz, certificate,
    content = 'history_texts',
    content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2',
    columnsize = 0
);

CREATE TRIGGER history_revision_removed BEFORE DELETE ON revisions
BEGIN
    INSERT INTO history_search (history_search, rowid, title, description, tags, metadata,
        introduction_for_agent, context_for_agent, content_for_user, operations_for_agent, section, quiz, certificate)
    SELECT 'delete', * FROM history_texts WHERE id = (SELECT id FROM history_documents WHERE revision_id = old.id);
    DELETE FROM history_documents WHERE revision_id = old.id;
END;

CREATE TRIGGER history_step_removed BEFORE DELETE ON revision_steps
BEGIN
    INSERT INTO history_search (history_search, rowid, title, description, tags, metadata,
        introduction_for_agent, context_for_agent, content_for_user, operations_for_agent, section, quiz, certificate)
    SELECT 'delete', * FROM history_texts WHERE id = (SELECT id FROM history_documents WHERE kept_step = old.id);
    DELETE FROM history_documents WHERE kept_step = old.id;
END;

-- Snippets that a bulk change has changed. No tie to `snippets`: one may be removed or renamed in between.
CREATE TABLE bulk_change_snippets (
    bulk_change_id TEXT NOT NULL REFERENCES bulk_changes (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    "before" TEXT NOT NULL,
    "after" TEXT NOT NULL,
    PRIMARY KEY (bulk_change_id, name)
) STRICT, WITHOUT ROWID;
