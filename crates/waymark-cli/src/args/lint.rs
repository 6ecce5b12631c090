//! Arguments of `waymark lint`.

use clap::{Args, ValueEnum};
use waymark_core::{
    content::Field,
    error::{Error, Result},
    search::Part,
};

#[derive(Debug, Args)]
pub struct Lint {
    /// Walkthroughs: ids or exact titles [default: all]
    pub walkthroughs: Vec<String>,
    /// How to print the findings; `--json` is `--format json`
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: LintFormat,
    /// Apply all quick fixes first; each walkthrough's are one edit, which can be undone
    #[arg(long)]
    pub fix: bool,
    /// Ask every address on the web that the texts lead to first
    #[arg(long)]
    pub links: bool,
    /// Ask also addresses that were found to work within a day
    #[arg(long, requires = "links")]
    pub fresh: bool,
    /// A host in a private network whose links may be asked, as `HOST` or `HOST:PORT`; can be repeated
    #[arg(long, value_name = "HOST", requires = "links")]
    pub allow_private: Vec<String>,
    /// Silence a rule in a walkthrough, or in one step of it
    #[arg(long, value_name = "RULE", group = "silencing", requires = "reason", conflicts_with_all = ["fix", "links"])]
    pub silence: Option<String>,
    /// Why the finding does not matter
    #[arg(long, value_name = "TEXT", requires = "silence")]
    pub reason: Option<String>,
    /// Let a silenced rule speak again
    #[arg(long, value_name = "RULE", group = "silencing", conflicts_with_all = ["fix", "links", "silence"])]
    pub unsilence: Option<String>,
    /// The step that is meant: number or id
    #[arg(long, value_name = "STEP", requires = "silencing")]
    pub step: Option<String>,
    /// The part that is meant: `content_for_user`, `introduction_for_agent`, …, `title`, `description`, `quiz`, `certificate`
    #[arg(long, value_name = "FIELD", requires = "silencing", value_parser = part)]
    pub field: Option<Part>,
    #[command(flatten)]
    pub choices: LintChoices,
}

/// A field by its name or its key in content, or another part by its name.
fn part(text: &str) -> Result<Part> {
    let field = text.parse::<Field>().ok().map(Part::of_field);
    field.or_else(|| Part::of_word(text)).ok_or_else(|| {
        let names = Part::ALL.map(Part::name);
        Error::invalid(format!("There is no part `{text}`. Use one of: {}.", names.join(", ")))
    })
}

/// What a library chooses about lint. With one of these nothing is checked.
#[derive(Debug, Args)]
#[group(multiple = true)]
pub struct LintChoices {
    /// Add an own word: for the whole library, or for the walkthroughs that are named
    #[arg(long, value_name = "WORD")]
    pub add_word: Vec<String>,
    /// Take an own word away: the library's, or that of the walkthroughs that are named
    #[arg(long, value_name = "WORD")]
    pub remove_word: Vec<String>,
    /// List own words: the library's, and those of the walkthroughs that are named
    #[arg(long)]
    pub words: bool,
    /// Say in which language the walkthroughs are written, or those that say none: `en`, `de`, `pt-BR`; with walkthroughs
    /// also `none`, for the library's
    #[arg(long, value_name = "CODE")]
    pub language: Option<String>,
    /// Tokens that a step of the walkthroughs that are named may have, or `default` for 2,000
    #[arg(long, value_name = "N", requires = "walkthroughs")]
    pub token_budget: Option<String>,
    /// Tokens that the walkthroughs that are named may have each, or `default` for 50,000
    #[arg(long, value_name = "N", requires = "walkthroughs")]
    pub walkthrough_token_budget: Option<String>,
    /// Tokens that a field of the walkthroughs that are named may have, or `default` for as many as the step
    #[arg(long, value_name = "N", requires = "walkthroughs")]
    pub field_token_budget: Option<String>,
    /// What counts tokens in this library: `o200k_base` or `cl100k_base`
    #[arg(long, value_name = "NAME")]
    pub tokenizer: Option<String>,
    /// Keep a Hunspell dictionary for a language
    #[arg(long, num_args = 3, value_names = ["CODE", "AFF", "DIC"])]
    pub import_dictionary: Vec<String>,
    /// Remove the imported dictionary of a language
    #[arg(long, value_name = "CODE")]
    pub remove_dictionary: Vec<String>,
    /// Switch a group of rules off: wording, sentences, link_texts, tone, instructions or spelling
    #[arg(long, value_name = "GROUP")]
    pub off: Vec<String>,
    /// Switch a group of rules on again
    #[arg(long, value_name = "GROUP")]
    pub on: Vec<String>,
    /// Always check links to a host in a private network: `wiki.internal`, or with a port `wiki.internal:8080`
    #[arg(long, value_name = "HOST")]
    pub add_private_host: Vec<String>,
    /// Check its links no longer
    #[arg(long, value_name = "HOST")]
    pub remove_private_host: Vec<String>,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LintFormat {
    /// One line for each
    Text,
    /// As with `--json`
    Json,
    /// SARIF 2.1.0, for code hosts and editors
    Sarif,
}
