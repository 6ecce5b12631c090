//! The window's executable: reads its arguments and runs. Everything else is in the library of this crate.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

use waymark_app::wordings::inside;
use waymark_desktop::options::{Options, Parsed};

fn main() -> ExitCode {
    if inside::is_asked_for(std::env::args_os()) {
        return inside::run();
    }
    let parsed = Options::parse(std::env::args_os().skip(1), std::env::var_os("WAYMARK_LIBRARY"));
    let outcome = parsed.and_then(|parsed| match parsed {
        Parsed::Run(options) => waymark_desktop::run(options),
        Parsed::Say(text) => {
            say(&text);
            Ok(())
        }
    });
    outcome.map_or_else(
        |error| {
            complain(&error.to_string());
            ExitCode::from(error.code.exit_status())
        },
        |()| ExitCode::SUCCESS,
    )
}

#[expect(clippy::print_stdout, reason = "`--help` and `--version` answer on the terminal they were asked on")]
fn say(text: &str) {
    println!("{text}");
}

#[expect(clippy::print_stderr, reason = "there is no window yet to say it in")]
fn complain(text: &str) {
    eprintln!("{text}");
}
