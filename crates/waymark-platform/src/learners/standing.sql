-- Everything that a call is decided on, on one snapshot. Which visit counts, whose it is and which walkthrough is meant
-- is the engine's to say: `guess` only saves it from asking again, and what it did not need is thrown away.
WITH server AS (
  SELECT m.id, m.slug, m.auth_type, coalesce(m.walkthrough_tools_enabled, 'true') <> 'false' AS is_enabled
  FROM mcp_servers m WHERE m.slug = $1 AND m.organization_id = $2),
tracked AS (SELECT u.id FROM mcp_server_user u WHERE u.distinct_id = $3),
named AS (
  SELECT s.mcp_server_session_id AS id, s.mcp_server_slug AS slug, s.mcp_server_user_id AS learner_id
  FROM mcp_server_session s WHERE s.mcp_server_session_id = $4),
recent AS (
  SELECT s.mcp_server_session_id AS id FROM mcp_server_session s
  CROSS JOIN LATERAL (
    SELECT max(c.created_at) AS at FROM mcp_tool_calls c
    WHERE c.mcp_server_session_id = s.mcp_server_session_id) calls
  WHERE s.mcp_server_user_id = (SELECT id FROM tracked) AND s.mcp_server_slug = (SELECT slug FROM server)
    AND calls.at >= $5
    AND ($4::text IS NULL OR (SELECT learner_id FROM named) IS DISTINCT FROM (SELECT id FROM tracked))
  ORDER BY calls.at DESC LIMIT 1),
visit AS (SELECT coalesce((SELECT id FROM recent), (SELECT id FROM named)) AS id),
latest AS (
  SELECT max(c.created_at) AS at FROM mcp_tool_calls c WHERE c.mcp_server_session_id = (SELECT id FROM visit)),
said AS (
  SELECT c.output FROM mcp_tool_calls c
  WHERE c.mcp_server_session_id = (SELECT id FROM visit) AND c.output ? 'waymark'
  ORDER BY c.created_at DESC, c.id DESC LIMIT 1),
learner AS (
  SELECT CASE
    WHEN (SELECT n.slug FROM named n) = (SELECT slug FROM server)
      AND ($3::text IS NULL OR (SELECT learner_id FROM named) = (SELECT id FROM tracked))
    THEN (SELECT learner_id FROM named)
    ELSE (SELECT id FROM tracked) END AS id),
shown AS (
  SELECT w.id, w.title, w.description, w.type, w.xmin::text AS version, a.display_order, a.created_at, a.id AS assignment,
    coalesce(w.metadata -> 'waymark' ->> 'order' = 'linked', false) AS is_linked,
    p.id AS progress_id, p.completed_steps, p.current_step_id, p.completed_at, p.started_at, p.last_activity_at,
    p.metadata
  FROM server
  JOIN mcp_server_walkthroughs a ON a.mcp_server_id = server.id AND a.is_enabled = 'true'
  JOIN walkthroughs w ON w.id = a.walkthrough_id AND w.organization_id = $2 AND w.status = 'published'
  LEFT JOIN LATERAL (
    SELECT * FROM walkthrough_progress p
    WHERE p.mcp_server_user_id = (SELECT id FROM learner) AND p.walkthrough_id = w.id
    ORDER BY p.last_activity_at DESC NULLS LAST, p.id COLLATE "C" LIMIT 1) p ON true
  WHERE server.is_enabled),
guess AS (
  SELECT coalesce(
    (SELECT id FROM shown WHERE id = $6 OR title = $6 LIMIT 1),
    CASE WHEN $7::boolean THEN coalesce(
      (SELECT output -> 'waymark' ->> 'walkthrough_id' FROM said),
      (SELECT id FROM shown WHERE progress_id IS NOT NULL ORDER BY last_activity_at DESC NULLS LAST LIMIT 1)) END,
    (SELECT min(id) FROM shown HAVING count(*) = 1)) AS id)
SELECT server.id AS "server_id!", server.slug AS "slug!", server.auth_type::text AS auth_type,
  (SELECT id FROM tracked) AS tracked_id, (SELECT id FROM named) AS named_id, (SELECT slug FROM named) AS named_slug,
  (SELECT learner_id FROM named) AS named_learner_id, (SELECT id FROM recent) AS recent_id,
  (SELECT at FROM latest) AS last_call_at, (SELECT output::text FROM said) AS output,
  (SELECT id FROM learner) AS learner_id,
  (SELECT json_agg(json_build_array(id, title, description, type, is_linked, progress_id,
     completed_steps::text, current_step_id, completed_at, started_at, last_activity_at, metadata::text)
     ORDER BY display_order, created_at, assignment COLLATE "C")::text FROM shown) AS shown,
  (SELECT id FROM shown WHERE id = (SELECT id FROM guess)) AS guess_id,
  (SELECT json_agg(json_build_array(s.id, s.title, s.next_step_id, s.xmin::text || '.' || shown.version)
     ORDER BY s.display_order, s.created_at, s.id COLLATE "C")::text
   FROM walkthrough_steps s JOIN shown ON shown.id = s.walkthrough_id
   WHERE s.walkthrough_id = (SELECT id FROM guess)) AS steps
FROM server
