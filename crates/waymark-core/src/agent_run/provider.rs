//! Providers of models: where they are, which models a person uses there, and what those cost. Never a key.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::transcript::Usage;
use crate::{
    error::{Error, Result},
    id::ProviderId,
    limits,
};

/// Characters in the name of a provider.
const NAME_MAX: usize = 60;
/// Characters in the name of a model.
const MODEL_MAX: usize = 200;
/// Models of one provider.
const MODELS_MAX: usize = 100;

/// The protocol that a provider speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ProviderKind {
    /// `/v1/chat/completions`, which many speak.
    Openai,
    /// `/v1/messages`.
    Anthropic,
    /// `/api/chat`.
    Ollama,
}

impl ProviderKind {
    /// All of them.
    pub const ALL: [ProviderKind; 3] = [ProviderKind::Openai, ProviderKind::Anthropic, ProviderKind::Ollama];

    /// As stored and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            ProviderKind::Openai => "openai",
            ProviderKind::Anthropic => "anthropic",
            ProviderKind::Ollama => "ollama",
        }
    }

    /// Where it usually is.
    pub fn usual_base_url(self) -> &'static str {
        match self {
            ProviderKind::Openai => "https://api.openai.com/v1",
            ProviderKind::Anthropic => "https://api.anthropic.com",
            ProviderKind::Ollama => "http://localhost:11434",
        }
    }

    /// The environment variable that usually has its key.
    pub fn key_variable(self) -> &'static str {
        match self {
            ProviderKind::Openai => "OPENAI_API_KEY",
            ProviderKind::Anthropic => "ANTHROPIC_API_KEY",
            ProviderKind::Ollama => "OLLAMA_API_KEY",
        }
    }
}

impl FromStr for ProviderKind {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        ProviderKind::ALL.into_iter().find(|kind| kind.name() == text).ok_or_else(|| {
            Error::invalid(format!("There is no kind of provider `{text}`."))
                .with_field("kind")
                .with_hint("Use `openai` (and everything compatible with it), `anthropic` or `ollama`.")
        })
    }
}

/// A provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Provider {
    /// Local id; its key in the keyring has this name.
    pub id: ProviderId,
    /// Unique, chosen by the person.
    pub name: String,
    /// What it speaks.
    pub kind: ProviderKind,
    /// Where it is.
    pub base_url: String,
    /// Whether keys and texts may go to another machine unencrypted.
    pub allows_plain_http: bool,
    /// The models that are used there.
    pub models: Vec<Model>,
}

/// A model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Model {
    /// As the provider calls it.
    pub name: String,
    /// What it costs, if the person has said so.
    pub price: Option<Price>,
}

/// What a model costs for a million tokens, in millionths of the currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "ModelPrice")]
pub struct Price {
    /// For tokens that it reads.
    pub input_micros: u32,
    /// For tokens that it writes.
    pub output_micros: u32,
    /// Of which currency, for example `USD`.
    pub currency: String,
}

/// What something costs, in millionths of the currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "RunCost")]
pub struct Cost {
    /// How much.
    pub micros: u32,
    /// Of which currency.
    pub currency: String,
}

impl Price {
    /// What tokens cost.
    pub fn of(&self, usage: Usage) -> Cost {
        let part = |price: u32, tokens: u32| u64::from(price) * u64::from(tokens);
        let sum = part(self.input_micros, usage.input) + part(self.output_micros, usage.output);
        let micros = sum.div_ceil(1_000_000).try_into().unwrap_or(u32::MAX);
        Cost { micros, currency: self.currency.clone() }
    }
}

impl Cost {
    /// For people: at least two digits behind the point, and up to six where they say something.
    pub fn words(&self) -> String {
        let (whole, rest) = (self.micros / 1_000_000, self.micros % 1_000_000);
        let digits = format!("{rest:06}");
        let digits = digits.trim_end_matches('0');
        format!("{whole}.{digits:0<2} {}", self.currency)
    }
}

impl Provider {
    /// What a model costs, if somebody has said so.
    pub fn price(&self, model: &str) -> Option<&Price> {
        self.models.iter().find(|known| known.name == model)?.price.as_ref()
    }

    /// Whether it is on this machine.
    pub fn is_local(&self) -> bool {
        host(&self.base_url).is_some_and(is_loopback)
    }
}

/// An amount of money as a person writes it: `3`, `0.15`.
///
/// # Errors
/// `InvalidInput`.
pub fn parse_amount(text: &str) -> Result<u32> {
    let refused = || {
        Error::invalid(format!("`{text}` is no price."))
            .with_field("price")
            .with_hint("Give the price of a million tokens as a number, for example `0.15`; up to 4,294.")
    };
    let (whole, rest) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let is_digits = |part: &str| part.chars().all(|digit| digit.is_ascii_digit());
    if whole.is_empty() || rest.len() > 6 || !is_digits(whole) || !is_digits(rest) {
        return Err(refused());
    }
    let micros = format!("{whole}{rest:0<6}");
    micros.parse().map_err(|_| refused())
}

/// A provider as it may be kept: without white space around its texts.
///
/// # Errors
/// `InvalidInput` naming the field.
pub fn checked(mut provider: Provider) -> Result<Provider> {
    provider.name = provider.name.trim().to_owned();
    limits::check_line("name", "The provider's name", &provider.name, NAME_MAX)?;
    provider.base_url = checked_url(&provider.base_url, provider.allows_plain_http)?;
    if provider.models.len() > MODELS_MAX {
        return Err(Error::invalid(format!("The provider has {} models.", provider.models.len()))
            .with_field("models")
            .with_hint(format!("It may have up to {MODELS_MAX}.")));
    }
    for model in &mut provider.models {
        model.name = model.name.trim().to_owned();
        limits::check_line("models", "A model's name", &model.name, MODEL_MAX)?;
        if let Some(price) = &mut model.price {
            price.currency = price.currency.trim().to_uppercase();
            limits::check_line("models", "The currency of a price", &price.currency, 10)?;
        }
    }
    let mut seen = std::collections::HashSet::new();
    provider.models.retain(|model| seen.insert(model.name.clone()));
    Ok(provider)
}

/// The base of a provider's addresses, without a slash at its end.
fn checked_url(text: &str, allows_plain_http: bool) -> Result<String> {
    let refused = |message: String, hint: &str| Err(Error::invalid(message).with_field("base_url").with_hint(hint));
    let example = "It looks like `https://api.openai.com/v1` or `http://localhost:11434`.";
    let text = text.trim().trim_end_matches('/');
    let Some(host) = host(text) else {
        return refused(format!("`{text}` is not the address of a provider."), example);
    };
    if text.chars().any(|one| one.is_whitespace() || one.is_control()) || text.contains(['?', '#']) {
        return refused(format!("`{text}` is not the address of a provider."), example);
    }
    if text.contains('@') {
        return refused(
            "There is a user or a password in the address, and it is kept as plain text.".to_owned(),
            "Leave it out. Keys belong into the keyring.",
        );
    }
    if text.starts_with("http://") && !is_loopback(host) && !allows_plain_http {
        return refused(
            format!("`{host}` is another machine, and the key and everything said would go there unencrypted."),
            "Use `https://`. In a network that you trust, allow plain HTTP for this provider.",
        );
    }
    Ok(text.to_owned())
}

/// The host of an address, without its port.
fn host(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(inner) => inner.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    (!host.is_empty()).then_some(host)
}

fn is_loopback(host: &str) -> bool {
    let is_v4 = || host.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_loopback());
    host.eq_ignore_ascii_case("localhost") || host == "::1" || is_v4()
}
