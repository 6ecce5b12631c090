//! From the start of a process to its first answer, alternately: `waymark serve --stdio` with 100 drafts, and `bare-mcp`.

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use serde_json::{Value, json};

use super::{Outcome, figure, median, stdio::Client, web::waymark};

const ROUNDS: usize = 30;
const DRAFTS: usize = 100;

/// Milliseconds to the answer to `initialize`, and to the first tool's.
type Times = [f64; 2];

pub fn measure() -> Outcome<()> {
    let bare = PathBuf::from(env!("CARGO_BIN_EXE_waymark")).with_file_name("examples").join("bare-mcp");
    if !bare.exists() {
        return Err(format!("{} is missing: `scripts/bench` builds it", bare.display()).into());
    }
    let library = tempfile::tempdir()?;
    write_drafts(library.path())?;
    let serve = || {
        let mut command = waymark(library.path());
        command.args(["serve", "--stdio", "--drafts"]);
        command
    };
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    // The first start of each fills the caches of the system and is not counted.
    for round in 0..=ROUNDS {
        let started = once(&mut serve(), "start_walkthrough", &json!({"name": "Walkthrough 7"}))?;
        let bare = once(&mut Command::new(&bare), "hello", &json!({}))?;
        if round > 0 {
            ours.push(started);
            theirs.push(bare);
        }
    }
    let medians = |at: usize| {
        let of = |times: &[Times]| median(times.iter().map(|times| times[at]).collect());
        (of(&ours), of(&theirs))
    };
    let value =
        |ours: f64, bare: f64| format!("{:.2}× ({ours:.1} ms / {bare:.1} ms, medians of {ROUNDS})", ours / bare);
    let (started, bare) = medians(0);
    figure(
        "start of serve --stdio to its first answer, against the smallest server of the MCP SDK",
        &value(started, bare),
        "≤ 1.5×",
        Some(started / bare <= 1.5),
    );
    let (started, bare) = medians(1);
    figure(
        "start of serve --stdio to its first step, against the smallest server's first tool call",
        &value(started, bare),
        "none",
        None,
    );
    Ok(())
}

fn once(command: &mut Command, tool: &str, arguments: &Value) -> Outcome<Times> {
    let began = Instant::now();
    let mut client = Client::start(command)?;
    client.initialize()?;
    let first = began.elapsed().as_secs_f64() * 1000.0;
    client.tool(tool, arguments)?;
    Ok([first, began.elapsed().as_secs_f64() * 1000.0])
}

fn write_drafts(library: &Path) -> Outcome<()> {
    let step = json!({"title": "Step", "contentFields": {"version": "v1", "contentForUser": "Say it."}});
    let mut import = waymark(library);
    import.arg("import");
    for number in 0..DRAFTS {
        let walkthrough = json!({"title": format!("Walkthrough {number}"), "type": "course"});
        let document = json!({"version": "1.0", "walkthrough": walkthrough, "steps": [step, step, step]});
        let file = library.join(format!("{number}.json"));
        std::fs::write(&file, document.to_string())?;
        import.arg(file);
    }
    let imported = import.stdout(std::process::Stdio::null()).status()?;
    if imported.success() { Ok(()) } else { Err("the drafts could not be imported".into()) }
}
