//! Arguments of `waymark agent-run` and `waymark provider`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use waymark_core::{
    agent_run::provider::{ProviderKind, parse_amount},
    error::{Error, Result},
};

use super::Profile;

#[derive(Debug, Args)]
pub struct AgentRun {
    /// Walkthrough: id or exact title
    pub walkthrough: String,
    /// Whose model: a provider's name
    #[arg(long, value_name = "PROVIDER", required_unless_present = "kept", requires = "model")]
    pub provider: Option<String>,
    /// Which model, as the provider calls it
    #[arg(long, value_name = "MODEL", requires = "provider")]
    pub model: Option<String>,
    /// Check what the model did; exits with 1 when a check fails
    #[arg(long)]
    pub checks: bool,
    /// What the user says, a message in each line; `-` is standard input. Afterwards, and without it, the usual
    #[arg(long, value_name = "FILE", requires = "provider")]
    pub script: Option<PathBuf>,
    /// Which tools the model has
    #[arg(long, value_enum, value_name = "PROFILE", default_value = "current")]
    pub profile: Profile,
    /// How often the model may answer
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub max_turns: u32,
    /// How many tokens it may read and write in all, as the provider counts them
    #[arg(long, value_name = "N", default_value_t = 500_000)]
    pub max_tokens: u32,
    #[command(flatten)]
    pub key: Key,
    #[command(flatten)]
    pub kept: Kept,
}

/// What is done with runs that are kept, instead of a new one.
#[derive(Debug, Args)]
#[group(id = "kept", multiple = false, conflicts_with = "provider")]
pub struct Kept {
    /// List the runs that are kept
    #[arg(long)]
    pub list: bool,
    /// Show a run that is kept
    #[arg(long, value_name = "RUN")]
    pub show: Option<String>,
    /// Show two runs side by side
    #[arg(long, num_args = 2, value_names = ["RUN", "RUN"])]
    pub compare: Option<Vec<String>>,
    /// Remove a run that is kept
    #[arg(long, value_name = "RUN")]
    pub delete: Option<String>,
}

/// A key for this run: it is never an argument, because every process can read those.
#[derive(Debug, Args)]
pub struct Key {
    /// Read the provider's key from standard input
    #[arg(long)]
    pub key_stdin: bool,
    /// Take the provider's key from this environment variable; the usual one is taken where the provider is the usual one
    #[arg(long, value_name = "NAME", conflicts_with = "key_stdin")]
    pub key_env: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Provider {
    /// Keep a provider; its key goes to the keyring
    #[command(
        after_help = "Examples:\n  waymark provider add Local --kind ollama --model llama3.3\n  pass show openai | waymark provider add OpenAI --kind openai --model gpt-5 --price gpt-5=1.25/10 --key-stdin"
    )]
    Add(ProviderAdd),
    /// List the providers
    #[command(after_help = "Example:\n  waymark provider list --json")]
    List,
    /// Ask a provider for its models, which costs nothing
    #[command(after_help = "Example:\n  waymark provider test Local")]
    Test {
        /// Name or id of the provider
        provider: String,
        #[command(flatten)]
        key: Key,
    },
    /// Remove a provider and its key; its runs stay
    #[command(after_help = "Example:\n  waymark provider remove Local")]
    Remove {
        /// Name or id of the provider
        provider: String,
    },
}

#[derive(Debug, Args)]
pub struct ProviderAdd {
    /// What it is called here
    pub name: String,
    /// What it speaks: openai (and everything compatible with it), anthropic or ollama
    #[arg(long, value_name = "KIND")]
    pub kind: ProviderKind,
    /// Where it is [default: the usual address of its kind]
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// A model that is used there; may be repeated
    #[arg(long = "model", value_name = "MODEL")]
    pub models: Vec<String>,
    /// What a model costs for a million tokens that it reads and writes, as MODEL=IN/OUT; may be repeated
    #[arg(long = "price", value_name = "PRICE")]
    pub prices: Vec<ModelPrice>,
    /// The currency of the prices
    #[arg(long, value_name = "CURRENCY", default_value = "USD")]
    pub currency: String,
    /// Let the key and what is said go to another machine unencrypted
    #[arg(long)]
    pub allow_http: bool,
    /// Read its key from standard input and keep it in the keyring
    #[arg(long)]
    pub key_stdin: bool,
    /// Change the provider of that name
    #[arg(long)]
    pub update: bool,
}

/// `gpt-5=1.25/10`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelPrice {
    pub model: String,
    pub input_micros: u32,
    pub output_micros: u32,
}

impl std::str::FromStr for ModelPrice {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let parts = text.rsplit_once('=').and_then(|(model, price)| Some((model, price.split_once('/')?)));
        let (model, (input, output)) = parts.ok_or_else(|| {
            Error::invalid(format!("`{text}` is no price."))
                .with_hint("Write the model and its two prices as `gpt-5=1.25/10`.")
        })?;
        Ok(Self { model: model.to_owned(), input_micros: parse_amount(input)?, output_micros: parse_amount(output)? })
    }
}
