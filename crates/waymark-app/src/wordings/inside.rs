//! The process in which wordings run: a line in, a line out, until there are no more.
//!
//! It is this same program, started with [`ARGUMENT`] and without an environment. Before it reads anything it gives up
//! what it does not need: memory beyond a limit, opening files, writing them, leaving a core dump. How long a line may
//! take is up to whoever started it.

use std::{
    ffi::OsString,
    io::{self, BufRead, Write},
    process::ExitCode,
};

use waymark_core::{error::Result, render::elsewhere::Runner};

/// The hidden subcommand of `waymark` and `waymark-desktop` that is this process.
pub const ARGUMENT: &str = "wording-helper";

/// Whether a program was started to be this process.
pub fn is_asked_for(mut arguments: impl Iterator<Item = OsString>) -> bool {
    arguments.nth(1).is_some_and(|argument| argument == ARGUMENT)
}

/// Answers lines until standard input ends.
pub fn run() -> ExitCode {
    let answered = limits::apply().and_then(|()| answer(io::stdin().lock(), io::stdout().lock()));
    match answered {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(70),
    }
}

fn answer(lines: impl BufRead, mut answers: impl Write) -> io::Result<()> {
    let mut runner = Runner::default();
    for line in lines.lines() {
        let answer: Result<String> = runner.answer(&line?);
        let answer = answer.map_err(|error| io::Error::other(error.message))?;
        answers.write_all(answer.as_bytes())?;
        answers.write_all(b"\n")?;
        answers.flush()?;
    }
    Ok(())
}

#[cfg(unix)]
mod limits {
    use std::{fs, io};

    use rustix::process::{Resource, Rlimit, setrlimit};

    /// Bytes of address space beyond what the program itself takes.
    const MEMORY_MAX: u64 = 256 * 1024 * 1024;
    /// Standard input, output and error.
    const FILES_MAX: u64 = 3;

    pub fn apply() -> io::Result<()> {
        let own = own_size();
        for (resource, most) in [(Resource::Core, 0), (Resource::Fsize, 0), (Resource::Nofile, FILES_MAX)] {
            limit(resource, most)?;
        }
        match own {
            Some(own) => limit(Resource::As, own + MEMORY_MAX),
            // Where a process cannot tell its own size, the system may not know this limit either.
            None => limit(Resource::As, 16 * MEMORY_MAX).or(Ok(())),
        }
    }

    fn limit(resource: Resource, most: u64) -> io::Result<()> {
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) }).map_err(io::Error::from)
    }

    /// Bytes of address space that the program and its libraries take.
    fn own_size() -> Option<u64> {
        let status = fs::read_to_string("/proc/self/status").ok()?;
        let size = status.lines().find_map(|line| line.strip_prefix("VmSize:"))?;
        size.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
    }
}

#[cfg(not(unix))]
mod limits {
    use std::io;

    /// There is no such limit here; the engine's own and the deadline remain.
    pub fn apply() -> io::Result<()> {
        Ok(())
    }
}
