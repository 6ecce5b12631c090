//! What is wrong with a wording, before it is run: what does not compile, filters and variables that there are not, and
//! texts of the step that it never shows.

use std::collections::{BTreeSet, HashSet};

use serde::{Deserialize, Serialize};

use crate::{
    content::Field,
    error::{Error, Result},
    lint::Severity,
    render::{
        Engine,
        fault::{Fault, place},
        guard::{self, Token},
        values::camel,
    },
    wording::names::{self, FILTERS, TESTS},
};

/// How alike two names are before the one is suggested for the other, of 1.
const ALIKE: f32 = 0.6;

/// Something about a wording, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "WordingProblem")]
pub struct Problem {
    /// `error`: it cannot be used. `warning`: it may not say what is meant.
    pub severity: Severity,
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    /// Characters that it is about; 0 where that is not known.
    pub length: u32,
    /// What, in a sentence.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl Problem {
    /// What keeps a template from giving a text.
    pub(super) fn of_fault(fault: Fault) -> Self {
        let Fault { line, column, length, what, hint } = fault;
        let mut message = what;
        if let Some(first) = message.get(..1).map(str::to_uppercase) {
            message.replace_range(..1, &first);
        }
        Problem { severity: Severity::Error, line, column, length, message: message + ".", hint }
    }
}

/// What a run said, at its place where that is known.
pub(super) fn of_error(error: &Error) -> Problem {
    let fault = error.source.as_ref().and_then(|source| source.downcast_ref::<Fault>());
    fault.cloned().map_or_else(
        || Problem {
            severity: Severity::Error,
            line: 1,
            column: 1,
            length: 0,
            message: error.message.clone(),
            hint: error.hint.clone().unwrap_or_default(),
        },
        Problem::of_fault,
    )
}

/// Everything that is found without running it, in the order of the text.
pub fn check(text: &str) -> Vec<Problem> {
    let text = text.replace("\r\n", "\n");
    let engine = match Engine::new(&text) {
        Ok(engine) => engine,
        Err(fault) => return vec![Problem::of_fault(fault)],
    };
    let tokens = guard::tokens(&text);
    let read = engine.variables();
    let mut problems = unknown_names(&text, &tokens);
    problems.extend(unknown_variables(&text, &tokens, &read));
    problems.extend(fields_not_shown(&read));
    problems.sort_by_key(|problem| (problem.line, problem.column));
    problems
}

/// Refuses a wording that cannot give a text.
pub(super) fn refuse_errors(name: &str, text: &str) -> Result<()> {
    let Some(problem) = check(text).into_iter().find(|problem| problem.severity == Severity::Error) else {
        return Ok(());
    };
    let Problem { line, column, message, hint, .. } = problem;
    Err(Error::invalid(format!("The wording `{name}` cannot be used: line {line}, column {column}: {message}"))
        .with_field("text")
        .with_hint(hint))
}

/// Filters after `|` and tests after `is` that there are not.
fn unknown_names(text: &str, tokens: &[Token<'_>]) -> Vec<Problem> {
    let before = |index: usize, back: usize| index.checked_sub(back).map_or("", |at| tokens[at].text);
    let mut problems = Vec::new();
    for (index, token) in tokens.iter().enumerate().filter(|(_, token)| is_word(token.text)) {
        let is_filter = before(index, 1) == "|" || (before(index, 1) == "filter" && tokens[index - 1].is_first);
        let is_test = (before(index, 1) == "is" && token.text != "not")
            || (before(index, 1) == "not" && before(index, 2) == "is");
        let (what, known): (_, &[(&str, &str)]) = match (is_filter, is_test) {
            (true, _) => ("filter", &FILTERS),
            (_, true) => ("test", &TESTS),
            _ => continue,
        };
        if known.iter().any(|(name, _)| *name == token.text) {
            continue;
        }
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        let hint = format!("{} Those that there are: {}.", suggestion(token.text, &names), names.join(", "));
        let message = format!("There is no {what} `{}`.", token.text);
        problems.push(problem(text, Severity::Error, token.at, token.text, message, hint.trim().to_owned()));
    }
    problems
}

fn unknown_variables(text: &str, tokens: &[Token<'_>], read: &HashSet<String>) -> Vec<Problem> {
    let known = names::paths();
    let unknown: BTreeSet<&str> = read.iter().map(String::as_str).filter(|path| !is_known(path, &known)).collect();
    let mut problems = Vec::new();
    for path in unknown {
        let is_function = !path.contains('.') && is_called(text, tokens, path);
        let names: Vec<&str> = known.iter().map(String::as_str).collect();
        let hint = suggestion(path, &names);
        for at in places(text, tokens, path) {
            let (severity, message) = match is_function {
                true => (Severity::Error, format!("There is no function `{path}`.")),
                false => (Severity::Warning, format!("There is no variable `{path}`; nothing is shown in its place.")),
            };
            let hint = if hint.is_empty() { "Every variable is in the documentation of wordings." } else { &hint };
            problems.push(problem(text, severity, at, path, message, hint.to_owned()));
        }
    }
    problems
}

/// Members of metadata and of lists are anybody's; everything else is listed.
fn is_known(path: &str, known: &BTreeSet<String>) -> bool {
    let mut parts = path.splitn(3, '.');
    let (object, member, rest) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    match (object, member) {
        (_, None) => known.contains(path) && object != "loop",
        (_, Some("metadata")) => known.contains(&format!("{object}.metadata")),
        (object, Some(member)) => object != "loop" && rest.is_none() && known.contains(&format!("{object}.{member}")),
    }
}

fn is_called(text: &str, tokens: &[Token<'_>], name: &str) -> bool {
    let mut found = tokens.iter().filter(|token| token.text == name);
    found.any(|token| text[token.at + token.text.len()..].trim_start().starts_with('('))
}

/// Where a dotted path stands, as bytes.
fn places(text: &str, tokens: &[Token<'_>], path: &str) -> Vec<usize> {
    let parts: Vec<&str> = path.split('.').flat_map(|part| [part, "."]).collect();
    let parts = &parts[..parts.len() - 1];
    let starts = tokens.windows(parts.len()).enumerate().filter(|(index, window)| {
        let is_same = window.iter().map(|token| token.text).eq(parts.iter().copied());
        let is_root = index.checked_sub(1).is_none_or(|before| !matches!(tokens[before].text, "." | "|" | "is"));
        // A longer path, or an argument's name, is another.
        let last = &window[parts.len() - 1];
        let after = text[last.at + last.text.len()..].trim_start();
        let is_name = after.starts_with('=') && !after.starts_with("==");
        is_same
            && is_root
            && !is_name
            && tokens
                .get(index + parts.len())
                .is_none_or(|next| next.text != "." || next.at != last.at + last.text.len())
    });
    starts.map(|(_, window)| window[0].at).collect()
}

/// Fields whose text no agent would ever read.
fn fields_not_shown(read: &HashSet<String>) -> Vec<Problem> {
    if read.contains("step") {
        return Vec::new();
    }
    let is_shown = |field: &Field| {
        [field.name().to_owned(), camel(field.name())].iter().any(|name| read.contains(&format!("step.{name}")))
    };
    let missing = Field::ALL.into_iter().filter(|field| !is_shown(field));
    let problem = |field: Field| Problem {
        severity: Severity::Warning,
        line: 1,
        column: 1,
        length: 0,
        message: format!("`step.{}` is never shown.", field.name()),
        hint: "Put it in, unless agents are to do without it.".to_owned(),
    };
    missing.map(problem).collect()
}

fn problem(text: &str, severity: Severity, at: usize, about: &str, message: String, hint: String) -> Problem {
    let (line, column) = place(text, at);
    Problem { severity, line, column, length: about.chars().count() as u32, message, hint }
}

fn suggestion(name: &str, known: &[&str]) -> String {
    let close = similar::get_close_matches(name, known, 1, ALIKE);
    close.first().map(|close| format!("Did you mean `{close}`?")).unwrap_or_default()
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}
