//! The same two statements by pgbench: prepared, one after the other, without anything around them.

use std::process::Command;

use waymark_testkit::postgres::{Database, ORGANIZATION, USER};

use super::{
    Outcome, Pace,
    learners::{BEGUN_AT, CALLS_OF_CLIENT, CLIENTS, DONE, output, step, steps_as_json},
};

const READ: &str = include_str!("../../../waymark-platform/src/learners/standing.sql");
const WRITE: &str = include_str!("../../../waymark-platform/src/learners/turn.sql");

pub fn measure(database: &Database<'_>, round: usize) -> Outcome<Pace> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("call.sql");
    std::fs::write(&file, script(round))?;
    let cluster = database.cluster();
    let done = Command::new(cluster.binaries().join("pgbench"))
        .args(["-n", "-M", "prepared", "-j", "2", "-D", "n=-1", "-U", USER])
        .args(["-c", &CLIENTS.to_string(), "-t", &CALLS_OF_CLIENT.to_string(), "-p", &cluster.port().to_string()])
        .arg("-h")
        .arg(cluster.socket_dir())
        .arg("-f")
        .arg(&file)
        .arg(database.name())
        .output()?;
    let said = String::from_utf8_lossy(&done.stdout);
    let figure = |name: &str| said.lines().find_map(|line| line.strip_prefix(name)?.split(' ').next()?.parse().ok());
    match (done.status.success(), figure("tps = "), figure("latency average = ")) {
        (true, Some(rate), Some(latency)) => Ok(Pace { rate, latency }),
        _ => Err(format!("pgbench: {said}{}", String::from_utf8_lossy(&done.stderr)).into()),
    }
}

fn script(round: usize) -> String {
    let of = |prefix: &str| format!("('{prefix}' || :learner::text)");
    let text = |text: &str| format!("'{text}'");
    let null = |kind: &str| format!("NULL::{kind}");
    let at = (BEGUN_AT + 1_000 + round as i64).to_string();
    let done = DONE + round;
    let read = [
        text("docs"),
        text(ORGANIZATION),
        null("text"),
        of("vis_p"),
        (BEGUN_AT - 1).to_string(),
        null("text"),
        "true".to_owned(),
    ];
    let write = [
        of("mcpu_p"),
        null("text"),
        null("text"),
        null("bigint"),
        of("vis_p"),
        text("docs"),
        null("bigint"),
        of("wtp_p"),
        text("wt_bench"),
        text(&steps_as_json(done + 1)),
        text(&step(done + 1)),
        null("bigint"),
        BEGUN_AT.to_string(),
        at.clone(),
        null("text"),
        "true".to_owned(),
        text(&steps_as_json(done)),
        text(&step(done)),
        null("bigint"),
        BEGUN_AT.to_string(),
        null("text"),
        of(&format!("wtsc_p{round}_")),
        text("wt_bench"),
        text(&step(done)),
        text("mcp_docs"),
        at.clone(),
        text(&format!(r#"{{"step_order": {}, "was_last": false}}"#, done + 1)),
        of(&format!("tc_p{round}_")),
        at,
        text("get_next_step"),
        text(&format!(r#"{{"currentStepId": "{}"}}"#, step(done))),
        text(&output(done + 1)),
        text("{0,0,0,1,1}"),
        text(ORGANIZATION),
    ];
    format!(
        "\\set n :n + 1\n\\set learner :client_id * {CALLS_OF_CLIENT} + :n\n{};\n{};\n",
        filled(READ, &read),
        filled(WRITE, &write)
    )
}

/// A statement with its parameters written in, the last first: `$3` is also the beginning of `$34`.
fn filled(statement: &str, values: &[String]) -> String {
    let bare: Vec<&str> = statement.lines().filter(|line| !line.trim_start().starts_with("--")).collect();
    let numbered = values.iter().enumerate().rev();
    numbered.fold(bare.join("\n"), |sql, (at, value)| sql.replace(&format!("${}", at + 1), value)).trim_end().to_owned()
}
