//! Who learns: as many learners for either side as there are calls in a round, all in the middle of one walkthrough.

use waymark_testkit::postgres::{Database, ORGANIZATION};

pub const CLIENTS: usize = 16;
pub const CALLS_OF_CLIENT: usize = 250;
pub const LEARNERS: usize = CLIENTS * CALLS_OF_CLIENT;
pub const ROUNDS: usize = 5;
pub const STEPS: usize = 50;
/// Each learner has completed so many steps before the first round, and logged as many calls.
pub const DONE: usize = 10;
/// When they were last there.
pub const BEGUN_AT: i64 = 1_790_000_000_000;

pub fn step(at: usize) -> String {
    format!("s{at:02}")
}

/// The ids of the first steps, as JSON. Spaces keep pgbench from taking a colon for a variable.
pub fn steps_as_json(count: usize) -> String {
    let ids: Vec<String> = (0..count).map(|at| format!("\"{}\"", step(at))).collect();
    format!("[{}]", ids.join(", "))
}

/// What the log says of a call that delivered a step.
pub fn output(delivered: usize) -> String {
    format!(
        r#"{{"action": "advance", "is_error": false, "waymark": {{"walkthrough_id": "wt_bench", "delivered_step_id": "{}"}}}}"#,
        step(delivered)
    )
}

/// `w…` are led by Waymark, `p…` by pgbench.
pub fn prepare(database: &Database<'_>) {
    let text = "A line of **Markdown** with `code`. ".repeat(30);
    database.run(&format!(
        "INSERT INTO walkthroughs (id, organization_id, title, type, status)
           VALUES ('wt_bench', '{ORGANIZATION}', 'Bench', 'course', 'published');
         INSERT INTO walkthrough_steps (id, walkthrough_id, title, content_fields, display_order)
           SELECT 's' || lpad(n::text, 2, '0'), 'wt_bench', 'Step ' || n,
             jsonb_build_object('version', 'v1', 'contentForUser', '{text}' || n), n
           FROM generate_series(0, {STEPS} - 1) n;
         INSERT INTO mcp_server_walkthroughs (id, mcp_server_id, walkthrough_id) VALUES ('msw_bench', 'mcp_docs', 'wt_bench');
         CREATE TEMPORARY TABLE learner AS
           SELECT side || n AS name FROM unnest(ARRAY['w', 'p']) side, generate_series(0, {LEARNERS} - 1) n;
         INSERT INTO mcp_server_user (id, first_seen_at) SELECT 'mcpu_' || name, {BEGUN_AT} FROM learner;
         INSERT INTO mcp_server_session (mcp_server_session_id, mcp_server_slug, connection_date, connection_timestamp,
             mcp_server_user_id)
           SELECT 'vis_' || name, 'docs', '2026-09-21', {BEGUN_AT}, 'mcpu_' || name FROM learner;
         INSERT INTO walkthrough_progress (id, mcp_server_user_id, walkthrough_id, completed_steps, current_step_id,
             started_at, last_activity_at)
           SELECT 'wtp_' || name, 'mcpu_' || name, 'wt_bench', '{completed}', '{current}', {BEGUN_AT}, {BEGUN_AT} FROM learner;
         INSERT INTO mcp_tool_calls (id, created_at, mcp_server_id, tool_name, mcp_server_user_id, mcp_server_session_id,
             input, output)
           SELECT 'old_' || name || '_' || n, {BEGUN_AT} + n, 'mcp_docs', 'get_next_step', 'mcpu_' || name, 'vis_' || name,
             '{{}}', '{output}'
           FROM learner, generate_series(1, {DONE}) n;
         ANALYZE",
        completed = steps_as_json(DONE),
        current = step(DONE),
        output = output(DONE),
    ));
}
