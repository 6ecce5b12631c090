//! Reports of machine audits: what a program found wanting in a walkthrough, as comments.
//!
//! A report is a list of findings in JSON, or an object that has such a list. The comment that a finding becomes has an id
//! that follows from it, so that the same report says nothing twice.

use serde::{Deserialize, Serialize};

use super::{Comment, Target};
use crate::{
    error::{Error, Result},
    hash,
    id::CommentId,
    json::FreeJson,
    limits,
    walkthrough::{Millis, Step, Walkthrough},
};

/// Who is named as the author of comments from a report.
pub const AUTHOR: &str = "Audit";
/// Findings in one report.
pub const FINDINGS_MAX: usize = 5_000;
/// Bytes in one text of a finding.
const TEXT_MAX_BYTES: usize = 32 * 1024;

/// What kind of gap was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum GapType {
    /// It can be misunderstood.
    Clarity,
    /// Something is needed that was not said.
    Prerequisite,
    /// One thing does not follow from the other.
    LogicalFlow,
    /// What it tells to do fails.
    ExecutionError,
    /// Something is missing.
    Completeness,
    /// What it refers to is not there.
    CrossReference,
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum AuditSeverity {
    /// Learners get stuck.
    Critical,
    /// Learners may stumble.
    Warning,
    /// Worth knowing.
    Info,
}

/// One finding of a report, as it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct AuditFinding {
    /// The step's number, from 1.
    pub step_number: Option<u32>,
    /// The step's title.
    pub step_title: Option<String>,
    /// What kind of gap.
    pub gap_type: GapType,
    /// How bad it is.
    pub severity: AuditSeverity,
    /// What is wanting.
    pub description: String,
    /// What would mend it.
    pub suggested_fix: Option<String>,
}

impl AuditFinding {
    /// Whether it can be kept.
    ///
    /// # Errors
    /// `InvalidInput` naming the member.
    pub fn check(&self) -> Result<()> {
        let texts = [
            ("description", Some(&self.description)),
            ("step_title", self.step_title.as_ref()),
            ("suggested_fix", self.suggested_fix.as_ref()),
        ];
        for (member, text) in texts {
            let text = text.map(String::as_str).unwrap_or_default();
            limits::check_text(member, &format!("`{member}`"), text)?;
            if text.len() > TEXT_MAX_BYTES {
                return Err(
                    Error::invalid(format!("`{member}` has more than {TEXT_MAX_BYTES} bytes.")).with_field(member)
                );
            }
        }
        if self.description.trim().is_empty() {
            return Err(Error::invalid("`description` is empty.").with_field("description"));
        }
        Ok(())
    }
}

/// Reads a report. Either all of it can be read, or nothing is taken.
///
/// # Errors
/// `InvalidInput` naming the finding and what does not fit.
pub fn read(text: &str) -> Result<Vec<AuditFinding>> {
    const HINT: &str = "A report is a JSON list of findings (or an object with such a list), each with `step_number`, `step_title`, `gap_type`, `severity`, `description` and `suggested_fix`.";
    let report = FreeJson::parse(text.trim_start_matches('\u{feff}'))?;
    let items = list_of(&report)
        .ok_or_else(|| Error::invalid("This is no report: it has no list of findings.").with_hint(HINT))?;
    if items.len() > FINDINGS_MAX {
        return Err(Error::invalid(format!("The report has {} findings.", items.len()))
            .with_hint(format!("Up to {FINDINGS_MAX} can be read. Split it.")));
    }
    let read = |(index, item): (usize, &FreeJson)| {
        let finding = serde_json::from_str::<AuditFinding>(item.as_str())
            .map_err(|error| Error::invalid(error.to_string()))
            .and_then(|finding| finding.check().map(|()| finding));
        finding.map_err(|error| {
            let why = error.message.trim_end_matches('.');
            Error::invalid(format!("Finding {} of the report cannot be read: {why}.", index + 1)).with_hint(HINT)
        })
    };
    items.iter().enumerate().map(read).collect()
}

/// The list itself, or the first member of the object that is a list of objects; an empty one counts where there is no other.
fn list_of(report: &FreeJson) -> Option<Vec<FreeJson>> {
    if let Some(items) = report.items() {
        return Some(items);
    }
    let lists: Vec<Vec<FreeJson>> = report.entries()?.into_iter().filter_map(|(_, value)| value.items()).collect();
    let has_findings = |list: &&Vec<FreeJson>| list.first().is_some_and(|item| item.entries().is_some());
    lists.iter().find(has_findings).or_else(|| lists.iter().find(|list| list.is_empty())).cloned()
}

/// The comments that a report becomes, each once.
pub fn comments(walkthrough: &Walkthrough, findings: Vec<AuditFinding>, now: Millis) -> Vec<Comment> {
    let mut made: Vec<Comment> = Vec::new();
    for finding in findings {
        let comment = comment(walkthrough, finding, now);
        if made.iter().all(|known| known.id != comment.id) {
            made.push(comment);
        }
    }
    made
}

fn comment(walkthrough: &Walkthrough, finding: AuditFinding, now: Millis) -> Comment {
    let mark = hash::digest(&FreeJson::of(&(walkthrough.id.as_str(), &finding)));
    let id = CommentId(format!("{}audit{}", CommentId::PREFIX, &mark[..24]));
    let step = step_of(walkthrough, &finding);
    let mut text = finding.description.trim().to_owned();
    if step.is_none()
        && let Some(named) = named(&finding)
    {
        text = format!("{text}\n\nThe report speaks of {named}, which is not in this walkthrough.");
    }
    let target = step.map_or_else(Target::default, |step| Target {
        step: Some(step.id.clone()),
        step_title: Some(step.title.clone()),
        ..Target::default()
    });
    Comment {
        thread: id.clone(),
        id,
        author: AUTHOR.to_owned(),
        at: now,
        changed_at: now,
        text: Some(text),
        target: Some(target),
        turn: None,
        audit: Some(finding),
    }
}

/// The step that a finding is about: the one with that number and title, else the only one with that title. A number alone
/// names a step only where the report gives no title.
fn step_of<'a>(walkthrough: &'a Walkthrough, finding: &AuditFinding) -> Option<&'a Step> {
    let at_number = finding.step_number.and_then(|number| walkthrough.steps.get((number as usize).checked_sub(1)?));
    let Some(title) = finding.step_title.as_deref().map(str::trim).filter(|title| !title.is_empty()) else {
        return at_number;
    };
    let has_title = |step: &&Step| step.title.trim().eq_ignore_ascii_case(title);
    if let Some(step) = at_number.filter(has_title) {
        return Some(step);
    }
    let mut titled = walkthrough.steps.iter().filter(has_title);
    let only = titled.next()?;
    titled.next().is_none().then_some(only)
}

fn named(finding: &AuditFinding) -> Option<String> {
    match (finding.step_number, &finding.step_title) {
        (Some(number), Some(title)) => Some(format!("step {number} “{title}”")),
        (Some(number), None) => Some(format!("step {number}")),
        (None, Some(title)) => Some(format!("a step “{title}”")),
        (None, None) => None,
    }
}
