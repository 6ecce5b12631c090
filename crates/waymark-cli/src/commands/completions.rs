//! `waymark completions SHELL`.

use clap::CommandFactory;
use waymark_core::error::Result;

use crate::{Answer, args::Cli, context::Context};

/// Prints the completion script.
pub fn run(context: &Context, shell: clap_complete::Shell) -> Result<Answer> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "waymark", &mut script);
    context.output.bytes(&script)?;
    Ok(Answer::Yes)
}
