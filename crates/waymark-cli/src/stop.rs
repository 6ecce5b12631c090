//! Ctrl-C: what each command does when it is asked to stop, so that what is said afterwards is true.

use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use waymark_core::error::{Code, Error};

use crate::args::{
    Command,
    agents::Provider,
    production::{Connection, Db, Sandbox},
    releases::Release,
    safety::Backup,
};

/// What a command does when it is asked to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnStop {
    /// It hears of it, ends in its own way, and says what was done. Or it must not be cut off, and takes a moment.
    EndsItself,
    /// It is cut off: in the library, a write is there whole or not at all.
    IsCutOff,
    /// It is cut off, and reaches further than the library: here is how to see what became of it.
    IsCutOffElsewhere(&'static str),
}

/// For this command.
pub fn on_stop(command: &Command) -> OnStop {
    match command {
        Command::Serve(_) | Command::Publish(_) | Command::Pull(_) | Command::Import(_) | Command::Export(_) => {
            OnStop::EndsItself
        }
        Command::Promote(_)
        | Command::Release(Release::Run(_) | Release::Resume(_))
        | Command::Rollback(_)
        | Command::Unpublish(_)
        | Command::Archive(_) => OnStop::EndsItself,
        Command::Delete(args) if args.from.is_some() => OnStop::EndsItself,
        Command::Backup(Backup::Create | Backup::Restore(_) | Backup::Recover) => OnStop::EndsItself,
        Command::Doctor(args) if args.recover => OnStop::EndsItself,
        // What was said until then is kept.
        Command::AgentRun(_) => OnStop::EndsItself,
        // Answers of links that came until then are kept.
        Command::Lint(args) if args.links => OnStop::EndsItself,
        Command::Connection(Connection::Add(_) | Connection::Remove { .. }) => {
            OnStop::IsCutOffElsewhere("`waymark connection list` shows the connections that there are.")
        }
        Command::Provider(Provider::Add(_) | Provider::Remove { .. }) => {
            OnStop::IsCutOffElsewhere("`waymark provider list` shows the providers that there are.")
        }
        Command::Sandbox(Sandbox::Up | Sandbox::Down | Sandbox::Reset) => {
            OnStop::IsCutOffElsewhere("`waymark sandbox url` says whether it runs.")
        }
        Command::Learners(_) => {
            OnStop::IsCutOffElsewhere("`waymark learners clean-ghosts --dry-run` shows what is left.")
        }
        Command::Db(Db::Create { dry_run: false, .. }) => {
            OnStop::IsCutOffElsewhere("`waymark db status` says what the database has.")
        }
        _ => OnStop::IsCutOff,
    }
}

impl OnStop {
    /// What is said of a command that was cut off. `may_have_written`: into the library.
    pub fn words(self, may_have_written: MayHaveWritten) -> Error {
        let error = |words: &str| Error::new(Code::Cancelled, words);
        match (self, may_have_written) {
            (OnStop::IsCutOffElsewhere(hint), _) => error("Stopped before it was done.").with_hint(hint),
            (_, MayHaveWritten::Something) => error("Stopped. What was written before that stays.")
                .with_hint("`waymark bulk list` and `waymark history` show it; `waymark undo` takes it back."),
            (_, MayHaveWritten::Nothing) => error("Stopped. Nothing was changed."),
        }
    }
}

/// Whether a command had begun to write into the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MayHaveWritten {
    /// Not yet.
    Nothing,
    /// It had.
    Something,
}

/// Ctrl-C, or the system's request to end. A second one ends the process at once.
pub async fn on_signal(cancel: CancellationToken) {
    let mut terminate = signal(SignalKind::terminate()).ok();
    for _ in 0..2 {
        let terminated = async {
            match &mut terminate {
                Some(terminate) => terminate.recv().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminated => {}
        }
        if cancel.is_cancelled() {
            std::process::exit(1);
        }
        cancel.cancel();
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::args::Cli;

    fn of(line: &str) -> OnStop {
        let cli = Cli::try_parse_from(line.split(' ')).unwrap_or_else(|error| panic!("{line}: {error}"));
        on_stop(&cli.command)
    }

    #[test]
    fn a_command_that_keeps_what_it_has_done_says_so_itself() {
        for line in [
            "waymark pull --all --connection c",
            "waymark publish a b --connection c",
            "waymark import a.json",
            "waymark import a.json b.json",
            "waymark backup create",
            "waymark backup restore latest",
            "waymark doctor --recover",
            "waymark lint --links",
            "waymark serve --stdio --drafts",
        ] {
            assert_eq!(of(line), OnStop::EndsItself, "{line}");
        }
    }

    #[test]
    fn that_nothing_was_changed_is_said_only_where_nothing_can_have_been() {
        let words = |line, may_have_written| of(line).words(may_have_written).message;
        for line in
            ["waymark list", "waymark lint", "waymark plan a --connection c", "waymark tag a --add b --remove c"]
        {
            assert!(words(line, MayHaveWritten::Nothing).contains("Nothing was changed"), "{line}");
            assert!(words(line, MayHaveWritten::Something).contains("stays"), "{line}");
        }
        for line in ["waymark sandbox up", "waymark db create --connection c", "waymark connection remove c"] {
            let error = of(line).words(MayHaveWritten::Nothing);
            assert!(!error.message.contains("Nothing") && error.hint.is_some(), "{line}: {error}");
        }
    }
}
