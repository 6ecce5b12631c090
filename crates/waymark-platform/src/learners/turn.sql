-- Everything that a turn writes, all of it or nothing: where a part met a row that changed after it was read, its count
-- is not the expected one, and the division at the end fails the whole statement.
WITH limits AS MATERIALIZED (
  -- As in every transaction that writes. The statement may be one of its own, and this then ends with it.
  SELECT set_config('lock_timeout', '5s', true) IS NOT NULL AS are_set),
place AS (
  SELECT m.id FROM mcp_servers m CROSS JOIN limits
  WHERE m.id = $25 AND m.organization_id = $34 AND limits.are_set
    AND ($9::text IS NULL OR EXISTS (SELECT 1 FROM walkthroughs w WHERE w.id = $9 AND w.organization_id = $34))),
learner AS (
  INSERT INTO mcp_server_user (id, distinct_id, email, first_seen_at)
  SELECT $1, $2, $3, $4::bigint FROM place WHERE $4::bigint IS NOT NULL
  ON CONFLICT DO NOTHING RETURNING 1),
visit AS (
  INSERT INTO mcp_server_session
    (mcp_server_session_id, mcp_server_slug, connection_date, connection_timestamp, mcp_server_user_id)
  SELECT $5, $6, (to_timestamp($7::bigint / 1000) AT TIME ZONE 'UTC')::date, $7, $1
  FROM place WHERE $7::bigint IS NOT NULL
  ON CONFLICT DO NOTHING RETURNING 1),
begun AS (
  INSERT INTO walkthrough_progress (id, mcp_server_user_id, walkthrough_id, completed_steps,
    current_step_id, completed_at, started_at, last_activity_at, metadata)
  SELECT $8, $1, $9, $10::text::jsonb, $11, $12::bigint, $13::bigint, $14::bigint, $15::text::jsonb
  FROM place WHERE $8::text IS NOT NULL AND NOT $16::boolean AND NOT EXISTS (
    SELECT 1 FROM walkthrough_progress p WHERE p.mcp_server_user_id = $1 AND p.walkthrough_id = $9)
  RETURNING 1),
moved AS (
  UPDATE walkthrough_progress p SET completed_steps = $10::text::jsonb, current_step_id = $11,
    completed_at = $12, started_at = $13, last_activity_at = $14, metadata = $15::text::jsonb
  WHERE $16 AND EXISTS (SELECT 1 FROM place)
    AND p.id = $8 AND p.mcp_server_user_id = $1 AND p.walkthrough_id = $9
    AND p.completed_steps IS NOT DISTINCT FROM $17::text::jsonb
    AND p.current_step_id IS NOT DISTINCT FROM $18
    AND p.completed_at IS NOT DISTINCT FROM $19::bigint
    AND p.started_at IS NOT DISTINCT FROM $20::bigint
    AND p.metadata IS NOT DISTINCT FROM $21::text::jsonb
  RETURNING 1),
done AS (
  INSERT INTO walkthrough_step_completions (id, mcp_server_user_id, walkthrough_id, step_id, mcp_server_id,
    mcp_server_session_id, completed_at, metadata)
  SELECT $22, $1, $23, $24, place.id, $5, $26::bigint, $27::text::jsonb FROM place WHERE $22::text IS NOT NULL
  ON CONFLICT DO NOTHING RETURNING 1),
logged AS (
  INSERT INTO mcp_tool_calls (id, created_at, mcp_server_id, tool_name, mcp_server_user_id,
    mcp_server_session_id, input, output)
  SELECT $28, $29, place.id, $30, $1, $5, $31::text::jsonb, $32::text::jsonb FROM place RETURNING 1)
SELECT 1 / (ARRAY[(SELECT count(*) FROM learner), (SELECT count(*) FROM visit), (SELECT count(*) FROM begun),
  (SELECT count(*) FROM moved), (SELECT count(*) FROM logged)] = $33::bigint[])::int AS "written!"
