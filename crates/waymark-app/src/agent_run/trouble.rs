//! What can go wrong with a provider, in words that name it and say what to do.

use std::time::Duration;

use reqwest::StatusCode;
use waymark_core::{
    agent_run::provider::{Provider, ProviderKind},
    error::{Code, Error},
    secret::Secret,
};

use super::wire::Broken;

/// Characters of what a provider said that are repeated.
const SAID_MAX: usize = 300;

/// What went wrong.
#[derive(Debug)]
pub(super) enum Trouble {
    /// Somebody stopped it.
    Stopped,
    /// Nobody listens there.
    Unreachable(reqwest::Error),
    /// No answer began in time.
    Silent(Duration),
    /// An answer began, and then nothing more came.
    Stalled(Duration),
    /// The connection broke.
    Interrupted(reqwest::Error),
    /// What came is no answer.
    Broken(Broken),
    /// It is said to be elsewhere: on which host, if that can be told.
    Redirected(Option<String>),
    /// The key was refused, or one is missing.
    KeyRefused(Option<String>),
    /// There is no such address, or no such model.
    NotThere(Option<String>),
    /// Too many requests: how long to wait, and what was said.
    TooMany(Option<Duration>, Option<String>),
    /// Any other status.
    Status(StatusCode, Option<String>),
}

impl Trouble {
    /// Whether waiting would not help.
    pub(super) fn is_final(&self) -> bool {
        let Trouble::TooMany(_, Some(said)) = self else { return false };
        let said = said.to_lowercase();
        ["quota", "billing", "credit"].iter().any(|word| said.contains(word))
    }

    /// For people.
    pub(super) fn error(self, provider: &Provider, model: Option<&str>, key: Option<&Secret>) -> Error {
        let name = &provider.name;
        let said = |text: Option<String>| text.and_then(|text| quoted(&text, key)).unwrap_or_default();
        let new = |code: Code, message: String, hint: &str| Error::new(code, message).with_hint(hint);
        match self {
            Trouble::Stopped => Error::new(Code::Cancelled, "The run was stopped."),
            Trouble::Unreachable(source) => {
                let hint = match provider.kind {
                    ProviderKind::Ollama if provider.is_local() => {
                        "Start it with `ollama serve`, or correct the provider's address."
                    }
                    _ if provider.is_local() => "Start the server, or correct the provider's address.",
                    _ => "Check the network and the provider's address, then go on.",
                };
                let message = format!("`{name}` cannot be reached at `{}`.", provider.base_url);
                new(Code::Unreachable, message, hint).with_source(source)
            }
            Trouble::Silent(patience) => new(
                Code::Unreachable,
                format!("`{name}` did not begin to answer within {} seconds.", patience.as_secs()),
                "Try to go on; a model that has to be loaded first answers faster the second time.",
            ),
            Trouble::Stalled(patience) => new(
                Code::Unreachable,
                format!("`{name}` stopped in the middle of an answer for {} seconds.", patience.as_secs()),
                "What had arrived is kept. Try to go on.",
            ),
            Trouble::Interrupted(source) => new(
                Code::Unreachable,
                format!("The connection to `{name}` broke in the middle of an answer."),
                "What had arrived is kept. Try to go on.",
            )
            .with_source(source),
            Trouble::Broken(broken) => of_broken(broken, provider, key),
            Trouble::Redirected(host) => {
                let host = host.map(|host| format!(" to `{host}`")).unwrap_or_default();
                let hint = "The key is not sent anywhere else. Enter the address that the provider names.";
                new(Code::InvalidInput, format!("`{name}` redirects{host}, which is not followed."), hint)
                    .with_field("base_url")
            }
            Trouble::KeyRefused(text) if key.is_none() => new(
                Code::AuthenticationFailed,
                format!("`{name}` asks for a key, and there is none.{}", said(text)),
                "Enter its key in Settings, or pass one with `--key-stdin`.",
            ),
            Trouble::KeyRefused(text) => new(
                Code::AuthenticationFailed,
                format!("`{name}` refused the key.{}", said(text)),
                "Enter another key in Settings, or check what this one may be used for.",
            ),
            Trouble::NotThere(text) => {
                let what = model.map_or("such a list of models".to_owned(), |model| format!("model `{model}`"));
                let hint = match provider.kind {
                    ProviderKind::Ollama => "Check the model's name; `ollama pull` gets one that is missing.",
                    _ => "Check the model's name and the provider's address.",
                };
                new(Code::NotFound, format!("`{name}` has no {what}.{}", said(text)), hint)
            }
            Trouble::TooMany(after, text) => {
                let hint = match after {
                    Some(after) => format!("Go on in {} seconds, or with another model.", after.as_secs().max(1)),
                    None => "Go on later, or with another model. The provider's page shows the limits.".to_owned(),
                };
                new(Code::Unreachable, format!("`{name}` takes no more requests for now.{}", said(text)), &hint)
            }
            Trouble::Status(status, text) if status.is_server_error() => new(
                Code::Unreachable,
                format!("`{name}` failed with `{status}`.{}", said(text)),
                "The fault is there. Try to go on in a moment.",
            ),
            Trouble::Status(status, text) => new(
                Code::InvalidInput,
                format!("`{name}` refused the request with `{status}`.{}", said(text)),
                "Check that the model can call tools, and that the provider is of the right kind.",
            ),
        }
    }
}

fn of_broken(broken: Broken, provider: &Provider, key: Option<&Secret>) -> Error {
    let name = &provider.name;
    let kind = provider.kind.name();
    match broken {
        Broken::NotTheProtocol(wanted) => Error::new(
            Code::Unreachable,
            format!("`{name}` answered something else than `{kind}` does: it is not {wanted}."),
        )
        .with_hint("Check the kind and the address of the provider."),
        Broken::TooLong => Error::new(Code::Unreachable, format!("`{name}` gave an answer without an end."))
            .with_hint("Check the kind and the address of the provider."),
        Broken::Cut => Error::new(Code::Unreachable, format!("`{name}` ended in the middle of an answer.")).with_hint(
            "What had arrived is kept. Try to go on. If it never works, check the provider's kind and address.",
        ),
        Broken::Said(text) => {
            let said = quoted(&text, key).unwrap_or_default();
            Error::new(Code::Unreachable, format!("`{name}` failed in the middle of an answer.{said}"))
                .with_hint("What had arrived is kept. Try to go on.")
        }
    }
}

/// What a provider said, in one line, at most so long, and never with the key.
fn quoted(text: &str, key: Option<&Secret>) -> Option<String> {
    let text = match key {
        Some(key) => text.replace(key.expose(), "(the key)"),
        None => text.to_owned(),
    };
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line: String = line.chars().filter(|one| !one.is_control()).collect();
    let short: String = line.chars().take(SAID_MAX).collect();
    let more = if short.len() < line.len() { "…" } else { "" };
    (!short.is_empty()).then(|| format!(" It says: “{short}{more}”"))
}
