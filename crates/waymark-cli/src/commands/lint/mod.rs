//! `waymark lint`: findings of every rule; exit status 1 when there is an error among them.

mod choices;
mod sarif;

use serde::Serialize;
use waymark_app::links::{self, CheckLinks, LinksChecked};
use waymark_core::{
    error::Result,
    id::WalkthroughId,
    lint::{Finding, Report, Severity, fix::FixSelection},
    tokens::Encoding,
    walkthrough::Walkthrough,
};
use waymark_library::{
    Library,
    drafts::{self, ListDrafts},
    lint::{FixFindings, words},
};

use crate::{
    Answer,
    args::lint::{Lint, LintFormat},
    context::{Context, ORIGIN},
    output::counted,
};

/// The answer as JSON.
#[derive(Serialize)]
struct Findings<'a> {
    findings: Vec<&'a Finding>,
    silenced: Vec<&'a Finding>,
    fixed: &'a [WalkthroughId],
    /// What budgets were counted with.
    tokenizer: Encoding,
}

/// One walkthrough and what was found in it.
pub struct Linted {
    pub walkthrough: Walkthrough,
    pub report: Report,
}

/// Lints the named walkthroughs, or all.
pub async fn run(context: &Context, args: Lint) -> Result<Answer> {
    if choices::is_any(&args) {
        return choices::run(context, args).await;
    }
    let library = &context.app().await?.library;
    let mut ids = Vec::new();
    for name in &args.walkthroughs {
        ids.push(context.find(name).await?);
    }
    if args.walkthroughs.is_empty() {
        let all = drafts::list(library, &ListDrafts::default()).await?;
        ids = all.into_iter().map(|draft| draft.id).collect();
    }
    let fixed = if args.fix { fix(library, &ids).await? } else { Vec::new() };
    if args.links {
        check_links(context, &args, &ids).await?;
    }
    let mut linted = Vec::with_capacity(ids.len());
    for id in ids {
        linted.push(lint_one(library, &id).await?);
    }
    let has_error = linted.iter().flat_map(|one| &one.report.findings).any(|found| found.severity == Severity::Error);
    let tokenizer = words::settings(library).await?.tokenizer;
    answer(context, args.format, tokenizer, &linted, &fixed)?;
    Ok(if has_error { Answer::No } else { Answer::Yes })
}

/// Asks the addresses, and says on standard error what came of it.
async fn check_links(context: &Context, args: &Lint, ids: &[WalkthroughId]) -> Result<()> {
    let input = CheckLinks { ids: ids.to_vec(), private_hosts: args.allow_private.clone(), is_fresh: args.fresh };
    let checked = links::check(context.app().await?, &input, context.cancel(), &|_, _| {}).await?;
    let LinksChecked { addresses, asked, known, private, dead, is_stopped } = checked;
    let private = if private > 0 { format!(", {private} in private networks not asked") } else { String::new() };
    let stopped = if is_stopped { " Stopped before all were asked." } else { "" };
    let addresses = counted(addresses as usize, "address").replace("addresss", "addresses");
    context.output.note(&format!(
        "{addresses}: {} asked, {known} known to work{private}, {dead} dead.{stopped}",
        asked - checked.private
    ));
    Ok(())
}

/// Applies the quick fixes, each walkthrough's as one edit. Gives the walkthroughs that changed.
async fn fix(library: &Library, ids: &[WalkthroughId]) -> Result<Vec<WalkthroughId>> {
    let mut fixed = Vec::new();
    for id in ids {
        let input = FixFindings { walkthrough: id.clone(), selection: FixSelection::default() };
        if waymark_library::lint::fix(library, input, ORIGIN).await?.is_some() {
            fixed.push(id.clone());
        }
    }
    Ok(fixed)
}

async fn lint_one(library: &Library, id: &WalkthroughId) -> Result<Linted> {
    let walkthrough = drafts::open(library, id).await?.draft.walkthrough;
    let report = waymark_library::lint::report(library, id).await?;
    Ok(Linted { walkthrough, report })
}

fn answer(
    context: &Context,
    format: LintFormat,
    tokenizer: Encoding,
    linted: &[Linted],
    fixed: &[WalkthroughId],
) -> Result<()> {
    let output = context.output;
    if format == LintFormat::Sarif {
        return output.document(&sarif::log(linted));
    }
    let findings: Vec<_> = linted.iter().flat_map(|one| &one.report.findings).collect();
    let silenced: Vec<_> = linted.iter().flat_map(|one| &one.report.silenced).collect();
    let (has_none, silent) = (findings.is_empty(), silenced.len());
    let document = Findings { findings, silenced, fixed, tokenizer };
    if format == LintFormat::Json {
        output.document(&document)?;
    } else {
        output.answer(&document, || text(linted))?;
    }
    if !fixed.is_empty() {
        output.note(&format!("Fixed what could be fixed in {}.", counted(fixed.len(), "walkthrough")));
    }
    match (has_none, silent) {
        (true, 0) => output.note("No findings."),
        (_, 0) => {}
        (_, silent) => output.note(&format!("{} silenced with a reason.", counted(silent, "finding"))),
    }
    Ok(())
}

fn text(linted: &[Linted]) -> String {
    let lines = linted.iter().flat_map(|one| one.report.findings.iter().map(|found| line(&one.walkthrough, found)));
    lines.collect::<Vec<_>>().join("\n")
}

fn line(walkthrough: &Walkthrough, finding: &Finding) -> String {
    let place = match (number(walkthrough, finding), finding.field) {
        (Some(number), Some(field)) => format!("step {number}, {}: ", field.label()),
        (Some(number), None) => format!("step {number}: "),
        (None, _) => String::new(),
    };
    let (severity, rule) = (finding.severity.name(), &finding.rule);
    let hint = finding.hint.as_ref().map_or(String::new(), |hint| format!(" {hint}"));
    let fixable = if finding.fix.is_some() { " (--fix)" } else { "" };
    format!("{}: {severity} {rule}: {place}{}{hint}{fixable}", walkthrough.title, finding.message)
}

/// The number of the finding's step, from 1.
fn number(walkthrough: &Walkthrough, finding: &Finding) -> Option<usize> {
    finding.step_id.as_ref().and_then(|id| walkthrough.step_index(id).ok()).map(|index| index + 1)
}
