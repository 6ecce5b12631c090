//! `waymark backup create`, `list`, `restore`, `verify` and `recover`.

use serde::Serialize;
use waymark_app::backup::{self, Backup as Made, Checked, Recovered, Restored};
use waymark_core::{
    backup::Occasion,
    error::{Error, Result},
};
use waymark_library::copies::{Contents, Difference};

use crate::{
    Answer,
    args::safety::{Backup, Restore, Verify},
    context::Context,
    output::{counted, table},
};

#[derive(Serialize)]
struct Listing {
    folder: String,
    backups: Vec<Made>,
}

#[derive(Serialize)]
struct Verified {
    backups: Vec<Looked>,
}

/// A backup, and what is wrong with it or what it holds.
#[derive(Serialize)]
struct Looked {
    #[serde(flatten)]
    backup: Made,
    is_good: bool,
    contents: Option<Contents>,
    /// Files beside walkthroughs.
    files: Option<u32>,
    problem: Option<Error>,
}

#[derive(Serialize)]
struct Planned {
    backup: Made,
    difference: Difference,
}

/// Runs one of them.
pub async fn run(context: &Context, command: Backup) -> Result<Answer> {
    match command {
        Backup::Create => create(context).await,
        Backup::List => list(context),
        Backup::Restore(restore) if restore.dry_run => plan(context, &restore).await,
        Backup::Restore(args) => restore(context, &args).await,
        Backup::Verify(args) => verify(context, &args).await,
        Backup::Recover => recover(context).await,
    }
}

/// Recovers a damaged library and says what was saved.
pub async fn recover(context: &Context) -> Result<Answer> {
    context.output.note("Reading the damaged library …");
    let recovered = backup::recover(&context.backups()?, context.library_env()?).await?;
    context.output.answer(&recovered, || report(&recovered))?;
    Ok(if recovered.saved.lost.is_empty() { Answer::Yes } else { Answer::No })
}

async fn create(context: &Context) -> Result<Answer> {
    let made = backup::create(&context.backups()?, Occasion::Manual).await?;
    context.output.answer(&made, || {
        let Checked { backup, contents, files } = &made;
        format!("{}\nChecked: {}.", backup.name, holds(contents, *files))
    })?;
    Ok(Answer::Yes)
}

fn list(context: &Context) -> Result<Answer> {
    let backups = context.backups()?;
    let listing = Listing { folder: backups.folder.display().to_string(), backups: backup::list(&backups)? };
    context.output.answer(&listing, || {
        let row = |backup: &Made| {
            vec![
                backup.name.trim_end_matches(".sqlite").to_owned(),
                backup.reason.word().to_owned(),
                size(backup.bytes),
            ]
        };
        let rows: Vec<Vec<String>> = listing.backups.iter().map(row).collect();
        if rows.is_empty() { String::new() } else { table(&["backup", "why", "size"], &rows) }
    })?;
    if !context.output.is_json {
        context.output.note(&format!("{} in {}", counted(listing.backups.len(), "backup"), listing.folder));
    }
    Ok(Answer::Yes)
}

async fn plan(context: &Context, args: &Restore) -> Result<Answer> {
    let backups = context.backups()?;
    let checked = backup::verify(&backups, &args.backup).await?;
    let difference = backup::difference(&backups, &checked.backup.name).await?;
    let planned = Planned { backup: checked.backup, difference };
    context.output.answer(&planned, || format!("{}\n{}", planned.backup.name, differs(&planned.difference)))?;
    Ok(Answer::Yes)
}

async fn restore(context: &Context, args: &Restore) -> Result<Answer> {
    let restored = backup::restore(&context.backups()?, &args.backup).await?;
    context.output.answer(&restored, || {
        let Restored { backup, kept, difference, left_out } = &restored;
        let differs = difference.as_ref().map_or(String::new(), |difference| format!("\n{}", differs(difference)));
        let kept = kept.as_ref().map_or(String::new(), |kept| format!("\nWhat was there is kept: {kept}"));
        let left_out = match left_out.as_slice() {
            [] => String::new(),
            files => format!("\nDamaged in the backup, and left out: {}", files.join(", ")),
        };
        format!("Restored {}.{differs}{kept}{left_out}", backup.name)
    })?;
    Ok(Answer::Yes)
}

async fn verify(context: &Context, args: &Verify) -> Result<Answer> {
    let backups = context.backups()?;
    let which = match &args.backup {
        Some(text) => vec![backup::find(&backups, text)?],
        None => backup::list(&backups)?,
    };
    let mut verified = Verified { backups: Vec::new() };
    for backup in which {
        let looked = match backup::verify(&backups, &backup.name).await {
            Ok(Checked { contents, files, .. }) => {
                Looked { backup, is_good: true, contents: Some(contents), files, problem: None }
            }
            Err(problem) => Looked { backup, is_good: false, contents: None, files: None, problem: Some(problem) },
        };
        verified.backups.push(looked);
    }
    context.output.answer(&verified, || verified.backups.iter().map(line).collect::<Vec<_>>().join("\n"))?;
    Ok(if verified.backups.iter().all(|looked| looked.is_good) { Answer::Yes } else { Answer::No })
}

fn line(looked: &Looked) -> String {
    let name = looked.backup.name.trim_end_matches(".sqlite");
    match (&looked.contents, &looked.problem) {
        (Some(contents), _) => format!("good  {name}  {}", holds(contents, looked.files)),
        (None, problem) => format!("bad   {name}  {}", problem.as_ref().map_or("", |problem| &problem.message)),
    }
}

fn holds(contents: &Contents, files: Option<u32>) -> String {
    let beside = match files {
        Some(0) => String::new(),
        Some(files) => format!(", {} beside them", counted(files as usize, "file")),
        None => ", without the files beside them, which could not be kept".to_owned(),
    };
    format!(
        "{}, {}, {} in the trash{beside}",
        counted(contents.walkthroughs as usize, "walkthrough"),
        counted(contents.steps as usize, "step"),
        contents.in_trash
    )
}

fn differs(difference: &Difference) -> String {
    if difference.is_empty() {
        return "The library and the backup have the same walkthroughs.".to_owned();
    }
    let lines = [
        ("not in the backup", &difference.only_here),
        ("only in the backup", &difference.only_there),
        ("different", &difference.changed),
    ];
    let line = |(what, titles): &(&str, &Vec<String>)| {
        let titles: Vec<String> = titles.iter().map(|title| format!("  {title}")).collect();
        (!titles.is_empty()).then(|| format!("{what}:\n{}", titles.join("\n")))
    };
    lines.iter().filter_map(line).collect::<Vec<_>>().join("\n")
}

fn report(recovered: &Recovered) -> String {
    let Recovered { saved, backup, kept } = recovered;
    let header = ["what", "saved", "from the backup", "lost"];
    let row = |kind: &waymark_library::salvage::SalvagedKind| {
        vec![kind.name.clone(), kind.saved.to_string(), kind.from_backup.to_string(), kind.lost.to_string()]
    };
    let rows: Vec<Vec<String>> = saved.kinds.iter().map(row).collect();
    let mut lines = vec![
        format!(
            "Recovered. {} of {} could not be read.",
            counted(saved.damaged as usize, "place"),
            counted(saved.pages as usize, "page")
        ),
        table(&header, &rows),
    ];
    lines.extend((!saved.incomplete.is_empty()).then(|| format!("Incomplete: {}", saved.incomplete.join(", "))));
    lines.extend((!saved.lost.is_empty()).then(|| format!("Lost: {}", saved.lost.join(", "))));
    lines.push(match backup {
        Some(backup) => format!("Completed from {}.", backup.name),
        None => "There was no good backup to complete it from.".to_owned(),
    });
    lines.push(format!("The damaged file is kept in {kept}"));
    lines.join("\n")
}

fn size(bytes: u64) -> String {
    match bytes {
        0..=1_048_575 => format!("{} KB", bytes.div_ceil(1024)),
        _ => format!("{:.1} MB", bytes as f64 / 1_048_576.0),
    }
}
