-- A new walkthrough with everything that belongs to it. Foreign keys are checked at the end of the statement.
WITH target AS (
    INSERT INTO walkthroughs (id, organization_id, title, description, type, status, created_at, updated_at,
        estimated_duration_minutes, tags, metadata)
    VALUES ($2, $1, $3, $4, ($5::text)::walkthrough_type, ($6::text)::walkthrough_status, $11, $10, $7,
        ($8::text)::jsonb, ($9::text)::jsonb)
    RETURNING id
), added AS (
    INSERT INTO walkthrough_steps (id, walkthrough_id, title, content_fields, display_order, next_step_id, created_at,
        updated_at, metadata)
    SELECT s.id, t.id, s.title, s.content::jsonb, s.display_order, s.next_step_id, s.created_at, $10, s.metadata::jsonb
    FROM target t, unnest($12::text[], $13::text[], $14::text[], $15::integer[], $16::text[], $17::bigint[], $18::text[])
        AS s (id, title, content, display_order, next_step_id, created_at, metadata)
    RETURNING id
), assigned AS (
    INSERT INTO mcp_server_walkthroughs (id, mcp_server_id, walkthrough_id, display_order, is_enabled, created_at)
    SELECT a.id, m.id, t.id, a.display_order, a.is_enabled, a.created_at
    FROM target t, unnest($19::text[], $20::text[], $21::integer[], $22::text[], $23::bigint[])
        AS a (id, slug, display_order, is_enabled, created_at)
    JOIN mcp_servers m ON m.slug = a.slug AND m.organization_id = $1
    RETURNING id
)
SELECT (SELECT count(*) FROM added) AS "added!", (SELECT count(*) FROM assigned) AS "assigned!"
