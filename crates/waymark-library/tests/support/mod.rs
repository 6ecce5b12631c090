//! A process of its own that works on a library: this test binary, started again for one test that does nothing else
//! unless it is told where the library is.
#![allow(dead_code, reason = "each test file uses its part")]

use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{SystemTime, UNIX_EPOCH},
};

use waymark_core::walkthrough::Millis;
use waymark_library::{Env, Library};

/// Tells a process of its own where its library is.
const PLACE: &str = "WAYMARK_TEST_LIBRARY";

pub const ENV: Env = Env { now, random };

fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("the clock is after 1970");
    Millis(since.as_millis() as i64)
}

/// Bytes that differ between processes and calls.
fn random(length: usize) -> Vec<u8> {
    use std::{collections::hash_map::RandomState, hash::BuildHasher};
    (0..length).map(|index| RandomState::new().hash_one(index) as u8).collect()
}

/// Numbers that a seed decides.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

/// How often something is tried: a few times here, as often as `WAYMARK_ROUNDS` says in the long runs.
pub fn rounds(few: u64) -> u64 {
    std::env::var("WAYMARK_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(few)
}

/// The seed of this run, for doing it again.
pub fn seed() -> u64 {
    let chosen = std::env::var("WAYMARK_SEED").ok().and_then(|seed| seed.parse().ok());
    chosen.unwrap_or_else(|| u64::from(std::process::id()))
}

/// Where the library of this process is, if it was started by [`process`].
pub fn place() -> Option<PathBuf> {
    std::env::var_os(PLACE).map(PathBuf::from)
}

/// Starts the test `name` of this binary in a process of its own.
pub fn process(name: &str, library: &Path) -> Command {
    process_of(&std::env::current_exe().expect("a test has a file"), name, library)
}

/// The same with a copy of this binary.
pub fn process_of(binary: &Path, name: &str, library: &Path) -> Command {
    let mut command = Command::new(binary);
    command.args(["--exact", name, "--nocapture", "--test-threads=1"]);
    command.env(PLACE, library).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
    command
}

pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Runtime::new().expect("a runtime")
}

/// Runs `work` with the library at `place`.
pub fn with_library<T>(place: &Path, work: impl AsyncFnOnce(Library) -> T) -> T {
    runtime().block_on(async {
        let library = Library::open(place, ENV).await.expect("the library opens");
        let result = work(library.clone()).await;
        library.close().await;
        result
    })
}

/// Ends with SIGKILL, as a power cut or an impatient person would.
pub fn kill(mut child: Child) {
    child.kill().expect("it is still running");
    child.wait().expect("it ends");
}
