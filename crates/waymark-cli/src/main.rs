//! Door: the `waymark` command. Reads arguments, calls one operation, prints its value, and exits with its status.
//!
//! Rules live in the operations; here are words, columns and exit statuses only.

mod args;
mod commands;
mod context;
mod input;
mod output;
mod stop;

use std::process::ExitCode;

use clap::Parser;
use waymark_app::wordings::inside;
use waymark_core::{
    error::{Code, Error, Result},
    walkthrough::WalkthroughStatus,
};

use crate::{
    args::{Cli, Command},
    context::Context,
    output::Output,
    stop::OnStop,
};

/// What a command that did its work says: done, or done and the answer is no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Exit status 0.
    Yes,
    /// Exit status 1: lint errors, a conflict, a plan with problems.
    No,
}

fn main() -> ExitCode {
    if inside::is_asked_for(std::env::args_os()) {
        return inside::run();
    }
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    let output = Output::new(&cli.global);
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            let error =
                Error::new(Code::EnvironmentMissing, "The system gave no threads to work with.").with_source(error);
            return exit(output, &Err(error));
        }
    };
    let outcome = runtime.block_on(run(cli, output));
    // A blocked read of standard input must not hold up the exit.
    runtime.shutdown_background();
    exit(output, &outcome)
}

async fn run(cli: Cli, output: Output) -> Result<Answer> {
    let context = Context::new(&cli.global, output);
    tokio::spawn(stop::on_signal(context.cancel().clone()));
    let on_stop = stop::on_stop(&cli.command);
    let outcome = tokio::select! {
        outcome = dispatch(&context, cli.command) => outcome,
        () = context.cancelled(), if on_stop != OnStop::EndsItself => Err(on_stop.words(context.may_have_written())),
    };
    context.close().await;
    outcome
}

async fn dispatch(context: &Context, command: Command) -> Result<Answer> {
    match command {
        Command::New(args) => commands::drafts::new(context, args).await,
        Command::List(args) => commands::drafts::list(context, args).await,
        Command::Show(args) => commands::drafts::show(context, args).await,
        Command::Delete(args) => match &args.from {
            Some(connection) => commands::publish::delete(context, &args, connection).await,
            None => commands::drafts::delete(context, &args.walkthrough).await,
        },
        Command::Restore(args) => commands::drafts::restore(context, args).await,
        Command::Duplicate(args) => commands::drafts::duplicate(context, args).await,
        Command::Edit(args) => commands::edit::edit(context, *args).await,
        Command::Undo(args) => commands::edit::undo(context, args).await,
        Command::Redo(args) => commands::edit::redo(context, args).await,
        Command::Step(step) => commands::steps::run(context, step).await,
        Command::Link(args) => commands::flow::run(context, args).await,
        Command::Quiz(args) => commands::quiz::run(context, args).await,
        Command::Import(args) => commands::transfer::import(context, args).await,
        Command::Export(args) => commands::transfer::export(context, args).await,
        Command::Lint(args) => commands::lint::run(context, *args).await,
        Command::Render(args) => commands::render::run(context, args).await,
        Command::Preview(args) => commands::preview::run(context, *args).await,
        Command::AgentRun(args) => commands::agent_run::run(context, *args).await,
        Command::Provider(command) => commands::providers::run(context, command).await,
        Command::Replace(args) => commands::replace::run(context, args).await,
        Command::Tag(args) => commands::tag::run(context, args).await,
        Command::Bulk(command) => commands::bulk::run(context, command).await,
        Command::Assignments(args) => commands::assignments::matrix(context, args).await,
        Command::Trash(command) => commands::trash::run(context, command).await,
        Command::Assign(args) => commands::assignments::assign(context, args).await,
        Command::Unassign(args) => commands::assignments::unassign(context, args).await,
        Command::Template(command) => commands::templates::run(context, command).await,
        Command::Snippet(command) => commands::snippets::run(context, command).await,
        Command::Wording(command) => commands::wordings::run(context, command).await,
        Command::Connection(command) => commands::connections::run(context, command).await,
        Command::Db(command) => commands::db::run(context, command).await,
        Command::Sandbox(command) => commands::sandbox::run(context, command).await,
        Command::Plan(args) => commands::publish::plan(context, args).await,
        Command::Publish(args) => commands::publish::publish(context, args).await,
        Command::Rollback(args) => commands::publish::rollback(context, args).await,
        Command::Unpublish(args) => commands::publish::withdraw(context, args, WalkthroughStatus::Draft).await,
        Command::Archive(args) => commands::publish::withdraw(context, args, WalkthroughStatus::Archived).await,
        Command::Promote(args) => commands::publish::promote(context, args).await,
        Command::Release(command) => commands::releases::run(context, command).await,
        Command::Learners(command) => commands::learners::run(context, command).await,
        Command::Pull(args) => commands::publish::pull(context, args).await,
        Command::Merge(args) => commands::merge::run(context, args).await,
        Command::Snapshot(args) => commands::history::snapshot(context, args).await,
        Command::History(args) => commands::history::list(context, args).await,
        Command::Diff(args) => commands::history::diff(context, args).await,
        Command::Revert(args) => commands::history::revert(context, args).await,
        Command::Review(command) => commands::review::run(context, command).await,
        Command::Serve(args) => commands::serve::run(context, args).await,
        Command::Backup(command) => commands::backup::run(context, command).await,
        Command::Doctor(args) if args.recover => commands::backup::recover(context).await,
        Command::Doctor(args) if args.compact => commands::doctor::compact(context).await,
        Command::Doctor(_) => commands::doctor::run(context).await,
        Command::Completions { shell } => commands::completions::run(context, shell),
    }
}

fn exit(output: Output, outcome: &Result<Answer>) -> ExitCode {
    match outcome {
        Ok(Answer::Yes) => ExitCode::SUCCESS,
        Ok(Answer::No) => ExitCode::from(1),
        Err(error) => {
            output.error(error);
            ExitCode::from(error.code.exit_status())
        }
    }
}

/// Help and version are answers; everything else that clap says is bad usage, also as JSON.
fn usage(error: &clap::Error) -> ExitCode {
    let wants_json = std::env::args_os().any(|argument| argument == "--json");
    if !error.use_stderr() || !wants_json {
        error.print().ok();
        return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
    }
    let text = error.render().to_string();
    let (message, hint) = text.trim().split_once("\n\n").unwrap_or((text.trim(), ""));
    let error = Error::invalid(message.trim_start_matches("error: ").trim()).with_hint(hint.trim());
    Output::json().error(&error);
    ExitCode::from(2)
}
