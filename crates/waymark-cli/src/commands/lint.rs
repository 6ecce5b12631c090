//! `waymark lint`: findings of every rule; exit status 1 when there is an error among them.

use serde::Serialize;
use waymark_core::{
    error::Result,
    lint::{self, Finding, Severity},
    walkthrough::Walkthrough,
};
use waymark_library::drafts::{self, ListDrafts};

use crate::{Answer, args::drafts::Lint, context::Context};

#[derive(Serialize)]
struct Findings {
    findings: Vec<Finding>,
}

/// Lints the named walkthroughs, or all.
pub async fn run(context: &Context, args: Lint) -> Result<Answer> {
    let library = &context.app().await?.library;
    let all = drafts::list(library, &ListDrafts::default()).await?;
    let mut ids = Vec::new();
    for name in &args.walkthroughs {
        ids.push(context.find(name).await?);
    }
    if args.walkthroughs.is_empty() {
        ids = all.iter().map(|draft| draft.id.clone()).collect();
    }
    let mut findings = Vec::new();
    let mut text = Vec::new();
    for id in ids {
        let walkthrough = drafts::open(library, &id).await?.draft.walkthrough;
        let others = all.iter().filter(|draft| draft.id != id).map(|draft| draft.title.clone()).collect();
        let found = lint::lint(&walkthrough, &lint::LintContext { other_titles: others });
        text.extend(found.iter().map(|finding| line(&walkthrough, finding)));
        findings.extend(found);
    }
    let has_error = findings.iter().any(|finding| finding.severity == Severity::Error);
    context.output.answer(&Findings { findings }, || text.join("\n"))?;
    if text.is_empty() {
        context.output.note("No findings.");
    }
    Ok(if has_error { Answer::No } else { Answer::Yes })
}

fn line(walkthrough: &Walkthrough, finding: &Finding) -> String {
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    let number = finding.step_id.as_ref().and_then(|id| walkthrough.step_index(id).ok()).map(|index| index + 1);
    let place = match (number, finding.field) {
        (Some(number), Some(field)) => format!("step {number}, {}: ", field.label()),
        (Some(number), None) => format!("step {number}: "),
        (None, _) => String::new(),
    };
    let hint = finding.hint.as_ref().map_or(String::new(), |hint| format!(" {hint}"));
    format!("{}: {severity} {}: {place}{}{hint}", walkthrough.title, finding.rule, finding.message)
}
