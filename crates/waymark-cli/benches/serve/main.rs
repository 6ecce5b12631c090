//! `waymark serve`: how many steps a second it gives out of Postgres, how long one takes, how many messages to the database
//! it needs, and how long it takes to be there.
//!
//! - `get_next_step` by 16 clients over keep-alive HTTP, against pgbench that runs the same two statements for as many
//!   learners in the same tables of the same server, which is as durable as production. In turn, five times each.
//! - Round trips of a call, counted on the wire: once the texts are known, and for a text that was changed.
//! - From the start of the process to its first answer, against the smallest server of the MCP SDK (`bare-mcp`).

mod learners;
mod pgbench;
mod start;
mod stdio;
mod web;

use std::error::Error;

use waymark_testkit::postgres::{Cluster, Purpose, proxy::Proxy};

use learners::{CLIENTS, LEARNERS, ROUNDS};

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> Outcome<()> {
    let cluster = Cluster::start(Purpose::Measure)?;
    throughput(&cluster)?;
    round_trips(&cluster)?;
    start::measure()
}

/// Calls a second, and milliseconds for each.
struct Pace {
    rate: f64,
    latency: f64,
}

fn throughput(cluster: &Cluster) -> Outcome<()> {
    let database = cluster.database().with_example();
    learners::prepare(&database);
    let library = tempfile::tempdir()?;
    let serving = web::Serving::start(library.path(), &database.url())?;
    let runtime = tokio::runtime::Runtime::new()?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        database.run("CHECKPOINT");
        ours.push(runtime.block_on(web::measure(serving.address, round))?);
        database.run("CHECKPOINT");
        theirs.push(pgbench::measure(&database, round)?);
    }
    let moved = database.run("SELECT count(*) FROM walkthrough_step_completions");
    if moved != (2 * LEARNERS * ROUNDS).to_string() {
        return Err(format!("not every call has completed a step: {moved} events").into());
    }
    let of = |paces: &[Pace], of: fn(&Pace) -> f64| median(paces.iter().map(of).collect());
    let (rate, bare) = (of(&ours, |pace| pace.rate), of(&theirs, |pace| pace.rate));
    figure(
        &format!(
            "get_next_step by {CLIENTS} clients over HTTP, calls a second against pgbench with the same two statements"
        ),
        &format!("{:.2}× ({rate:.0} / {bare:.0}, medians of {ROUNDS})", rate / bare),
        "≥ 0.7×",
        Some(rate / bare >= 0.7),
    );
    let (latency, bare) = (of(&ours, |pace| pace.latency), of(&theirs, |pace| pace.latency));
    figure(
        &format!("get_next_step by {CLIENTS} clients over HTTP, mean time of a call against pgbench"),
        &format!("{:.2}× ({latency:.2} ms / {bare:.2} ms, medians of {ROUNDS})", latency / bare),
        "none",
        None,
    );
    Ok(())
}

/// One learner on standard input and output: no other request reaches the database.
fn round_trips(cluster: &Cluster) -> Outcome<()> {
    let database = cluster.database().with_example();
    learners::prepare(&database);
    let wire = Proxy::start(cluster)?;
    let library = tempfile::tempdir()?;
    let url = database.url().replace(&escaped(cluster.socket_dir()), &escaped(wire.socket_dir()));
    web::add_connection(library.path(), &url)?;
    let source = ["serve", "--stdio", "--connection", "bench", "--server", "docs", "--user", "somebody"];
    let mut client = stdio::Client::start(web::waymark(library.path()).args(source))?;
    client.initialize()?;
    let restart = serde_json::json!({"restart": true});
    // The first time through makes the texts and the statements known.
    client.tool("start_walkthrough", &restart)?;
    for _ in 0..learners::STEPS - 1 {
        client.tool("get_next_step", &serde_json::json!({}))?;
    }
    client.tool("start_walkthrough", &restart)?;
    let mut trips = 0;
    for _ in 0..learners::STEPS / 2 {
        wire.take_trips();
        client.tool("get_next_step", &serde_json::json!({}))?;
        trips = trips.max(wire.take_trips());
    }
    figure(
        "round trips of get_next_step once the texts are known, the most of 25 calls",
        &trips.to_string(),
        "≤ 2",
        Some(trips <= 2),
    );
    database.run(r#"UPDATE walkthrough_steps SET content_fields = '{"version": "v1", "contentForUser": "Changed"}'"#);
    wire.take_trips();
    client.tool("get_next_step", &serde_json::json!({}))?;
    let trips = wire.take_trips();
    figure("round trips of get_next_step for a text that was changed", &trips.to_string(), "≤ 3", Some(trips <= 3));
    Ok(())
}

fn escaped(folder: &std::path::Path) -> String {
    folder.display().to_string().replace('/', "%2F")
}

fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 2]
}

#[expect(clippy::print_stdout, reason = "a benchmark's result is what it prints")]
fn figure(name: &str, value: &str, goal: &str, is_met: Option<bool>) {
    let verdict = is_met.map_or("–", |is_met| if is_met { "met" } else { "not met" });
    println!("figure | {name} | {value} | {goal} | {verdict}");
}
