-- The walkthrough with its steps and assignments, locked, and the learners who stand on steps that are about to go.
-- The locks keep other writers out and let learners pass: completing a step needs no more than FOR KEY SHARE.
WITH target AS MATERIALIZED (
    SELECT * FROM walkthroughs WHERE organization_id = $1 AND id = $2 FOR NO KEY UPDATE
)
SELECT
    t.id AS "id!", t.title AS "title!", t.description, t.type::text AS "kind!", t.status::text AS status, t.created_at,
    t.updated_at, t.estimated_duration_minutes, t.tags::text AS tags, t.metadata::text AS metadata,
    (SELECT json_agg(json_build_array(s.id, s.title, s.content_fields, s.display_order, s.next_step_id, s.created_at,
            s.updated_at, s.metadata))::text
        FROM (SELECT * FROM walkthrough_steps WHERE walkthrough_id = t.id FOR NO KEY UPDATE) s) AS steps,
    (SELECT json_agg(json_build_array(a.id, a.slug, a.display_order, a.is_enabled, a.created_at))::text
        FROM (SELECT a.id, m.slug, a.display_order, a.is_enabled, a.created_at
            FROM mcp_server_walkthroughs a
            JOIN mcp_servers m ON m.id = a.mcp_server_id AND m.organization_id = t.organization_id
            WHERE a.walkthrough_id = t.id FOR NO KEY UPDATE OF a) a) AS assignments,
    (SELECT json_agg(json_build_array(p.id, p.completed_steps))::text
        FROM (SELECT id, completed_steps FROM walkthrough_progress
            WHERE walkthrough_id = t.id AND current_step_id = ANY($3) FOR NO KEY UPDATE) p) AS standing
FROM target t
