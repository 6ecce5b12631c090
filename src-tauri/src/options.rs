//! The arguments of the window's executable. They choose a library and never act: an unknown one is refused.

use std::{ffi::OsString, path::PathBuf};

use waymark_core::error::{Error, Result};

const HELP: &str = "Draft, preview and publish walkthroughs for AI agents.

Usage: waymark-desktop [--library DIR]

Options:
  --library DIR  The folder of the library [env: WAYMARK_LIBRARY] [default: the data folder of the account]
  --help         This text
  --version      The version";

/// What the window is started with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The library's folder; `None` is the account's own.
    pub library: Option<PathBuf>,
}

/// What the arguments ask for.
#[derive(Debug, PartialEq, Eq)]
pub enum Parsed {
    /// A window.
    Run(Options),
    /// A text on the terminal.
    Say(String),
}

impl Options {
    /// Reads the arguments (without the program's name); `from_environment` is `WAYMARK_LIBRARY`.
    ///
    /// # Errors
    /// `InvalidInput` for an argument that is not known, or `--library` without a folder.
    pub fn parse(arguments: impl IntoIterator<Item = OsString>, from_environment: Option<OsString>) -> Result<Parsed> {
        let mut library = from_environment.filter(|folder| !folder.is_empty()).map(PathBuf::from);
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            match argument.to_str() {
                Some("--help" | "-h") => return Ok(Parsed::Say(HELP.to_owned())),
                Some("--version" | "-V") => return Ok(Parsed::Say(format!("Waymark {}", env!("CARGO_PKG_VERSION")))),
                Some("--library") => library = Some(arguments.next().map(PathBuf::from).ok_or_else(no_folder)?),
                Some(text) if text.starts_with("--library=") => {
                    library = Some(PathBuf::from(&text["--library=".len()..]));
                }
                _ => return Err(unknown(&argument)),
            }
        }
        Ok(Parsed::Run(Self { library }))
    }
}

fn no_folder() -> Error {
    Error::invalid("`--library` needs a folder.").with_field("library").with_hint("Write `--library DIR`.")
}

fn unknown(argument: &OsString) -> Error {
    Error::invalid(format!("The argument `{}` is not known.", argument.to_string_lossy()))
        .with_hint("`waymark-desktop --help` lists those that are.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str], environment: Option<&str>) -> Result<Parsed> {
        Options::parse(arguments.iter().map(OsString::from), environment.map(OsString::from))
    }

    fn library(folder: &str) -> Parsed {
        Parsed::Run(Options { library: Some(PathBuf::from(folder)) })
    }

    #[test]
    fn an_argument_wins_over_the_environment() {
        assert_eq!(parse(&[], None).unwrap(), Parsed::Run(Options::default()));
        assert_eq!(parse(&[], Some("")).unwrap(), Parsed::Run(Options::default()));
        assert_eq!(parse(&[], Some("/a")).unwrap(), library("/a"));
        assert_eq!(parse(&["--library", "/b"], Some("/a")).unwrap(), library("/b"));
        assert_eq!(parse(&["--library=/c"], None).unwrap(), library("/c"));
    }

    #[test]
    fn what_is_not_understood_is_refused_with_a_next_step() {
        assert!(parse(&["--library"], None).unwrap_err().hint.is_some());
        assert!(parse(&["draft.json"], None).unwrap_err().message.contains("`draft.json`"));
    }

    #[test]
    fn help_and_version_are_said() {
        assert!(matches!(parse(&["--help"], None).unwrap(), Parsed::Say(text) if text.contains("--library")));
        assert!(matches!(parse(&["-V"], None).unwrap(), Parsed::Say(text) if text.starts_with("Waymark ")));
    }
}
