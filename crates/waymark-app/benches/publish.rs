//! Publishing 1,000 walkthroughs of 20 steps, against `COPY` of the same rows into the same tables of the same server.
//!
//! Both write into an empty database of a server with the durability of production. `COPY` is one transaction; every
//! publish is a transaction of its own with comparison, read-back and rendering, on at most four connections. Reported
//! are the transactions alone, and the whole operation with plan, drafts from SQLite and what the library keeps.

use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

use futures::{StreamExt, TryStreamExt, stream};
use tokio_util::sync::CancellationToken;
use waymark_app::{App, Env, clock, publish, secrets::Secrets};
use waymark_core::{
    connection::{Connection, TlsMode},
    content::{ContentFields, FieldsV1},
    diff, hash,
    lint::{self, LintContext},
    progress::Progress,
    publish::plan::{Intent, Version, target},
    render::{self, Template},
    walkthrough::{Assignment, Step, Walkthrough, WalkthroughType},
    wording::chosen::Wordings,
};
use waymark_library::{Library, connections, drafts};
use waymark_platform::{connect::Platform, publish::Change};
use waymark_testkit::postgres::{Cluster, Database, ORGANIZATION, Purpose, USER, proxy::Proxy};

const WALKTHROUGHS: usize = 1_000;
const STEPS: usize = 20;
const ROUNDS: usize = 5;
const TABLES: [&str; 3] = ["walkthroughs", "walkthrough_steps", "mcp_server_walkthroughs"];

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let cluster = Cluster::start(Purpose::Measure)?;
    let walkthroughs: Vec<Walkthrough> = (0..WALKTHROUGHS).map(walkthrough).collect();
    let (mut copies, mut applies, mut runs) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let database = cluster.database().with_example();
        applies.push(time_apply(&database, &walkthroughs).await?);
        copies.push(time_copy(&cluster, &database)?);
        runs.push(time_run(&cluster, &walkthroughs).await?);
    }
    let (copy, apply, run) = (median(&mut copies), median(&mut applies), median(&mut runs));
    report("publish 1,000 × 20 steps against COPY: the transactions", apply, copy, true);
    report("publish 1,000 × 20 steps against COPY: with plan and library", run, copy, false);
    show_parts(&walkthroughs)?;
    let trips = count_trips(&cluster).await?;
    figure("round trips for publishing one changed step", &trips.to_string(), "≤ 6", trips <= 6);
    Ok(())
}

fn report(name: &str, ours: f64, copy: f64, has_goal: bool) {
    let ratio = ours / copy;
    let value = format!("{ratio:.2}× ({ours:.0} ms / {copy:.0} ms, medians of {ROUNDS})");
    match has_goal {
        true => figure(name, &value, "≤ 2×", ratio <= 2.0),
        false => figure(name, &value, "none", true),
    }
}

/// What Waymark computes for each walkthrough, to know where the time goes.
#[expect(clippy::print_stdout, reason = "a benchmark's result is what it prints")]
fn show_parts(walkthroughs: &[Walkthrough]) -> Result<(), Box<dyn Error>> {
    let part = |name: &str, work: &dyn Fn(&Walkthrough)| {
        let began = Instant::now();
        walkthroughs.iter().for_each(work);
        println!("publish: {name}, all walkthroughs: {:.0} ms", milliseconds(began.elapsed()));
    };
    part("render", &|walkthrough| {
        for index in 0..STEPS {
            let progress = Progress::before(index, STEPS);
            black_box(render::render_text(Template::current(), walkthrough, index, progress).is_ok());
        }
    });
    part("state digest", &|walkthrough| drop(black_box(hash::state_digest(walkthrough))));
    part("lint", &|walkthrough| drop(black_box(lint::lint(walkthrough, &LintContext::default()))));
    part("changes", &|walkthrough| {
        for change in diff::steps(None, walkthrough) {
            let after = change.after.map(|(step, _)| step);
            let text = |field| after.and_then(|step| step.content_fields.text(field)).unwrap_or_default();
            diff::fields(None, after).into_iter().for_each(|field| drop(black_box(diff::text::lines("", text(field)))));
        }
    });
    Ok(())
}

/// Every transaction of the publish, four at a time.
async fn time_apply(database: &Database<'_>, walkthroughs: &[Walkthrough]) -> Result<f64, Box<dyn Error>> {
    let platform = Platform::connect(&connection(database, None), None).await?;
    let wordings = Wordings::default();
    let targets: Vec<Walkthrough> = walkthroughs.iter().map(|mine| target(mine, None, Intent::default(), 1)).collect();
    database.run("CHECKPOINT");
    let began = Instant::now();
    stream::iter(&targets)
        .map(|target| {
            let change = Change { target, seen: None, now: clock::now(), wordings: &wordings };
            waymark_platform::publish::apply(&platform, change)
        })
        .buffer_unordered(4)
        .try_for_each(|_| async { Ok(()) })
        .await?;
    Ok(milliseconds(began.elapsed()))
}

/// The same rows, copied out, deleted, and copied in again in one transaction. The server's clock is read.
fn time_copy(cluster: &Cluster, database: &Database) -> Result<f64, Box<dyn Error>> {
    let rows = tempfile::tempdir()?;
    let file = |table: &str| rows.path().join(table).display().to_string();
    let out: String = TABLES.map(|table| format!("\\copy {table} TO '{}'\n", file(table))).concat();
    cluster.run(database.name(), &out)?;
    let copy: String = TABLES.map(|table| format!("\\copy {table} FROM '{}'\n", file(table))).concat();
    let fresh = cluster.database().with_example();
    fresh.run("CHECKPOINT");
    let now = "SELECT extract(epoch FROM clock_timestamp()) * 1000;\n";
    let answer = fresh.run(&format!("{now}BEGIN;\n{copy}COMMIT;\n{now}"));
    let times: Vec<f64> = answer.lines().filter_map(|line| line.parse().ok()).collect();
    let count = fresh.run("SELECT count(*) FROM walkthrough_steps");
    match (times.as_slice(), count == (WALKTHROUGHS * STEPS).to_string()) {
        ([began, ended], true) => Ok(ended - began),
        _ => Err(format!("COPY did not do its work: {answer}").into()),
    }
}

/// The whole operation, as the window and the command line run it.
async fn time_run(cluster: &Cluster, walkthroughs: &[Walkthrough]) -> Result<f64, Box<dyn Error>> {
    let database = cluster.database().with_example();
    let folder = tempfile::tempdir()?;
    let world = waymark_library::Env { now: clock::now, random: clock::random };
    let library = Library::open(folder.path(), world).await?;
    let env =
        Env { now: clock::now, random: clock::random, data_dir: folder.path().to_owned(), origin: "bench".into() };
    let app = App { library, secrets: Secrets::memory_only(), env };
    let connection = connections::save(&app.library, connection(&database, None), "bench").await?;
    for walkthrough in walkthroughs {
        drafts::insert(&app.library, walkthrough.clone(), "bench").await?;
    }
    let ids = walkthroughs.iter().map(|walkthrough| walkthrough.id.clone()).collect();
    let plan =
        publish::PlanPublish { ids, connection: connection.id, version: Version::Draft, intent: Intent::default() };
    let input = publish::RunPublish { plan, digest: None, is_confirmed: true };
    database.run("CHECKPOINT");
    let began = Instant::now();
    let outcomes = publish::run(&app, &input, &CancellationToken::new(), &|_| {}).await?;
    let took = milliseconds(began.elapsed());
    match outcomes.iter().find_map(|outcome| outcome.error.as_ref()) {
        Some(error) => Err(format!("not everything was published: {error}").into()),
        None => Ok(took),
    }
}

/// On a connection that has published before, as a window's has after the first click.
async fn count_trips(cluster: &Cluster) -> Result<u32, Box<dyn Error>> {
    let database = cluster.database().with_example();
    let wire = Proxy::start(cluster)?;
    let platform = Platform::connect(&connection(&database, Some(&wire)), None).await?;
    let mut mine = walkthrough(0);
    let mut seen: Option<Walkthrough> = None;
    let mut trips = 0;
    for round in 0..3u32 {
        mine.steps[7].title = format!("Round {round}");
        let target = target(&mine, seen.as_ref(), Intent::default(), round + 1);
        wire.take_trips();
        let change = Change { target: &target, seen: seen.as_ref(), now: clock::now(), wordings: &Default::default() };
        seen = Some(waymark_platform::publish::apply(&platform, change).await?);
        trips = wire.take_trips();
    }
    Ok(trips)
}

fn connection(database: &Database, wire: Option<&Proxy>) -> Connection {
    let folder = wire.map_or(database.cluster().socket_dir(), Proxy::socket_dir);
    Connection {
        id: "con_bench".into(),
        name: "Bench".into(),
        host: folder.display().to_string(),
        port: database.cluster().port(),
        database: database.name().to_owned(),
        user: USER.into(),
        tls: TlsMode::Disable,
        ca_file: None,
        client_certificate: None,
        client_key: None,
        organization: ORGANIZATION.into(),
        is_production: false,
        asks_before_publish: true,
        requires_approval: false,
        asset_base_url: None,
        is_pgbouncer: false,
    }
}

/// About 1.2 KB of text per step.
fn walkthrough(number: usize) -> Walkthrough {
    let text = |what: &str, lines: usize| {
        Some(format!("{what} of {number}: a line of **Markdown** with `code`.\n").repeat(lines))
    };
    let id = |index: usize| format!("wts_{number:04}_{index:02}");
    let step = |index: usize| Step {
        content_fields: ContentFields::V1(FieldsV1 {
            introduction_for_agent: text("Introduction", 4),
            context_for_agent: text("Context", 6),
            content_for_user: text("Content", 8),
            operations_for_agent: text("Operations", 4),
            extra: Vec::new(),
        }),
        display_order: index as i32 + 1,
        next_step_id: (index + 1 < STEPS).then(|| id(index + 1).as_str().into()),
        ..Step::new(id(index).as_str(), format!("Step {index}"))
    };
    Walkthrough {
        description: Some("What it is for.".into()),
        estimated_duration_minutes: Some(10),
        tags: vec!["bench".into()],
        steps: (0..STEPS).map(step).collect(),
        assignments: vec![Assignment {
            id: format!("msw_{number:04}").as_str().into(),
            server: "docs".into(),
            display_order: number as i32,
            is_enabled: true,
            created_at: None,
        }],
        ..Walkthrough::new(
            format!("wt_{number:04}").as_str(),
            format!("Walkthrough {number}"),
            WalkthroughType::Integration,
        )
    }
}

fn median(samples: &mut [f64]) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 2]
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

#[expect(clippy::print_stdout, reason = "a benchmark's result is what it prints")]
fn figure(name: &str, value: &str, goal: &str, is_met: bool) {
    let verdict = if goal == "none" {
        "–"
    } else if is_met {
        "met"
    } else {
        "not met"
    };
    println!("figure | {name} | {value} | {goal} | {verdict}");
}
