-- Everything that changes in a walkthrough, at once. Foreign keys are checked at the end of the statement, so that
-- links and learners may leave a step in the same statement that deletes it. No row is touched by two parts.
WITH target AS (
    UPDATE walkthroughs SET title = $3, description = $4, type = ($5::text)::walkthrough_type,
        status = ($6::text)::walkthrough_status, estimated_duration_minutes = $7, tags = ($8::text)::jsonb,
        metadata = ($9::text)::jsonb, updated_at = $10
    WHERE organization_id = $1 AND id = $2
    RETURNING id
), steps AS (
    SELECT * FROM unnest($11::text[], $12::text[], $13::text[], $14::integer[], $15::text[], $16::bigint[], $17::text[],
        $18::boolean[]) AS s (id, title, content, display_order, next_step_id, created_at, metadata, is_new)
), moved_on AS (
    UPDATE walkthrough_progress p SET current_step_id = l.next_step_id
    FROM target t, unnest($19::text[], $20::text[]) AS l (id, next_step_id)
    WHERE p.id = l.id AND p.walkthrough_id = t.id
    RETURNING p.id
), removed AS (
    DELETE FROM walkthrough_steps s USING target t WHERE s.walkthrough_id = t.id AND s.id = ANY($21::text[])
    RETURNING s.id
), changed AS (
    UPDATE walkthrough_steps k SET title = s.title, content_fields = s.content::jsonb, display_order = s.display_order,
        next_step_id = s.next_step_id, metadata = s.metadata::jsonb, updated_at = $10
    FROM target t, steps s WHERE k.id = s.id AND k.walkthrough_id = t.id AND NOT s.is_new
    RETURNING k.id
), added AS (
    INSERT INTO walkthrough_steps (id, walkthrough_id, title, content_fields, display_order, next_step_id, created_at,
        updated_at, metadata)
    SELECT s.id, t.id, s.title, s.content::jsonb, s.display_order, s.next_step_id, s.created_at, $10, s.metadata::jsonb
    FROM target t, steps s WHERE s.is_new
    RETURNING id
), assignments AS (
    SELECT a.*, m.id AS mcp_server_id
    FROM unnest($22::text[], $23::text[], $24::integer[], $25::text[], $26::bigint[], $27::boolean[])
        AS a (id, slug, display_order, is_enabled, created_at, is_new)
    JOIN mcp_servers m ON m.slug = a.slug AND m.organization_id = $1
), unassigned AS (
    DELETE FROM mcp_server_walkthroughs k USING target t, mcp_servers m
    WHERE k.walkthrough_id = t.id AND k.mcp_server_id = m.id AND m.organization_id = $1 AND m.slug = ANY($28::text[])
    RETURNING k.id
), reassigned AS (
    UPDATE mcp_server_walkthroughs k SET display_order = a.display_order, is_enabled = a.is_enabled
    FROM target t, assignments a
    WHERE k.walkthrough_id = t.id AND k.mcp_server_id = a.mcp_server_id AND NOT a.is_new
    RETURNING k.id
), assigned AS (
    INSERT INTO mcp_server_walkthroughs (id, mcp_server_id, walkthrough_id, display_order, is_enabled, created_at)
    SELECT a.id, a.mcp_server_id, t.id, a.display_order, a.is_enabled, a.created_at
    FROM target t, assignments a WHERE a.is_new
    RETURNING id
)
SELECT (SELECT count(*) FROM changed) + (SELECT count(*) FROM added) + (SELECT count(*) FROM removed) AS "steps!",
    (SELECT count(*) FROM reassigned) + (SELECT count(*) FROM assigned) + (SELECT count(*) FROM unassigned)
        AS "assignments!",
    (SELECT count(*) FROM moved_on) AS "moved_on!"
