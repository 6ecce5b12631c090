//! `waymark doctor`: what this machine has and lacks. Exits with 1 when Waymark cannot work here.

use waymark_app::doctor::{self, Check, Health};
use waymark_core::error::Result;
use waymark_library::compaction::{self, Compacted};

use crate::{Answer, context::Context};

/// Looks, and says what to do.
pub async fn run(context: &Context) -> Result<Answer> {
    let display = ["WAYLAND_DISPLAY", "DISPLAY"].into_iter().find_map(std::env::var_os).filter(|name| !name.is_empty());
    let report = doctor::run(&context.env()?, &context.backups()?, &context.secrets(), display).await;
    context.output.answer(&report, || report.checks.iter().map(line).collect::<Vec<_>>().join("\n"))?;
    Ok(if report.is_healthy { Answer::Yes } else { Answer::No })
}

/// Makes the library's file as small as what is in it.
pub async fn compact(context: &Context) -> Result<Answer> {
    let compacted = compaction::compact(&context.app().await?.library).await?;
    let kilobytes = |bytes: u64| bytes.div_ceil(1024);
    context.output.answer(&compacted, || {
        let Compacted { before, after } = compacted;
        format!("The library has {} KB; it had {} KB.", kilobytes(after.bytes), kilobytes(before.bytes))
    })?;
    Ok(Answer::Yes)
}

fn line(check: &Check) -> String {
    let state = match check.health {
        Health::Good => "good",
        Health::Limited => "limited",
        Health::Bad => "bad",
    };
    let hint = check.hint.as_ref().map_or(String::new(), |hint| format!(" {hint}"));
    format!("{:<9} {state:<8} {}{hint}", check.name, check.message)
}
