//! Starts the process in which wordings run, and hands it one line after the other.
//!
//! One process serves the whole program and lives as long as it does. Whoever asks waits for its answer, at most
//! [`DEADLINE`]; then the process is killed, and the next line starts another.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio},
    sync::{
        LazyLock, Mutex, PoisonError,
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    thread,
    time::Duration,
};

use waymark_core::{
    error::{Code, Error, Result},
    render::OUTPUT_MAX_BYTES,
};

use super::inside;

/// How long one text may take.
pub const DEADLINE: Duration = Duration::from_secs(3);
/// The most bytes of an answer: a byte of text is at most six of JSON.
const ANSWER_MAX: u64 = 6 * OUTPUT_MAX_BYTES as u64 + 1024;
/// A process may have been ended by somebody else since its last answer: then another one is started, once.
const ATTEMPTS: usize = 2;

static OWN: LazyLock<Mutex<Helper>> = LazyLock::new(|| Mutex::new(Helper::new(own_program(), DEADLINE)));

/// Carries a line to this program's own process for wordings. Blocks until the answer is there.
///
/// # Errors
/// `InvalidInput` for a wording that takes too long or too much memory; `EnvironmentMissing` where the process cannot be
/// started.
pub fn carry(line: &str) -> Result<String> {
    OWN.lock().unwrap_or_else(PoisonError::into_inner).ask(line)
}

/// This very program, also when its file was replaced since it was started.
fn own_program() -> PathBuf {
    let by_kernel = Path::new("/proc/self/exe");
    match cfg!(target_os = "linux") && by_kernel.exists() {
        true => by_kernel.to_owned(),
        false => std::env::current_exe().unwrap_or_default(),
    }
}

/// A process for wordings, started when it is first needed.
pub struct Helper {
    program: PathBuf,
    deadline: Duration,
    running: Option<Running>,
}

struct Running {
    child: Child,
    lines: Sender<String>,
    answers: Receiver<io::Result<String>>,
}

/// Why there is no answer.
enum Missed {
    Late,
    Ended(Option<ExitStatus>),
}

impl Helper {
    /// One that will run `program`, and is given up on after `deadline`.
    pub fn new(program: PathBuf, deadline: Duration) -> Self {
        Self { program, deadline, running: None }
    }

    /// The number of the process, while it runs.
    pub fn id(&self) -> Option<u32> {
        self.running.as_ref().map(|running| running.child.id())
    }

    /// Hands over a line and waits for its answer.
    ///
    /// # Errors
    /// Those of [`carry`].
    pub fn ask(&mut self, line: &str) -> Result<String> {
        let mut status = None;
        for _ in 0..ATTEMPTS {
            match self.ask_once(line)? {
                Ok(answer) => return Ok(answer),
                Err(Missed::Late) => return Err(too_slow(self.deadline)),
                Err(Missed::Ended(ended)) => status = ended,
            }
        }
        Err(ended(status))
    }

    fn ask_once(&mut self, line: &str) -> Result<Result<String, Missed>> {
        let mut running = match self.running.take() {
            Some(running) => running,
            None => start(&self.program)?,
        };
        let answer = match running.lines.send(line.to_owned()) {
            Ok(()) => running.answers.recv_timeout(self.deadline),
            Err(_) => Err(RecvTimeoutError::Disconnected),
        };
        Ok(match answer {
            Ok(Ok(answer)) => {
                self.running = Some(running);
                Ok(answer)
            }
            Err(RecvTimeoutError::Timeout) => {
                end(&mut running.child);
                Err(Missed::Late)
            }
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => Err(Missed::Ended(end(&mut running.child))),
        })
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        if let Some(mut running) = self.running.take() {
            end(&mut running.child);
        }
    }
}

fn start(program: &Path) -> Result<Running> {
    let mut command = Command::new(program);
    command.arg(inside::ARGUMENT).env_clear();
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    apart(&mut command);
    let mut child = command.spawn().map_err(not_started)?;
    let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(Error::bug("A process was started without the pipes that it was to have."));
    };
    let (lines, to_write) = mpsc::channel();
    let (to_hear, answers) = mpsc::channel();
    let talking = move || talk(stdin, BufReader::new(stdout), &to_write, &to_hear);
    thread::Builder::new().name("wordings".to_owned()).spawn(talking).map_err(not_started)?;
    Ok(Running { child, lines, answers })
}

/// In no folder that matters, and out of reach of a Ctrl-C that is meant for us.
#[cfg(unix)]
fn apart(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.current_dir("/").process_group(0);
}

#[cfg(not(unix))]
fn apart(_command: &mut Command) {}

/// Writes lines and reads answers until either side is gone, so that nobody who waits can be kept longer than they want.
fn talk(
    mut stdin: ChildStdin,
    mut stdout: BufReader<ChildStdout>,
    lines: &Receiver<String>,
    answers: &Sender<io::Result<String>>,
) {
    while let Ok(line) = lines.recv() {
        let written =
            stdin.write_all(line.as_bytes()).and_then(|()| stdin.write_all(b"\n")).and_then(|()| stdin.flush());
        let answer = written.and_then(|()| read_answer(&mut stdout));
        let is_over = answer.is_err();
        if answers.send(answer).is_err() || is_over {
            return;
        }
    }
}

fn read_answer(stdout: &mut BufReader<ChildStdout>) -> io::Result<String> {
    let mut answer = Vec::new();
    stdout.by_ref().take(ANSWER_MAX).read_until(b'\n', &mut answer)?;
    match answer.pop() {
        Some(b'\n') => String::from_utf8(answer).map_err(io::Error::other),
        _ => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

/// Ends a process, if it has not ended, and says how it did.
fn end(child: &mut Child) -> Option<ExitStatus> {
    if child.try_wait().ok().flatten().is_none()
        && let Err(error) = child.kill()
    {
        tracing::debug!(%error, "the process for wordings had ended");
    }
    child.wait().ok()
}

fn too_slow(deadline: Duration) -> Error {
    Error::invalid(format!("The wording takes longer than {} seconds.", deadline.as_secs_f32()))
        .with_field("template")
        .with_hint("Make it simpler: fewer loops, shorter lists.")
}

/// A process that the system ends mostly asked for more memory than it may have.
fn ended(status: Option<ExitStatus>) -> Error {
    if status.is_some_and(|status| status.code().is_none()) {
        return Error::invalid("The wording needs more memory than it may have.")
            .with_field("template")
            .with_hint("Make it simpler: it repeats too much.");
    }
    Error::new(Code::EnvironmentMissing, "The process that runs wordings ends before it answers.")
        .with_hint("Use a built-in wording until that works. The log says more.")
        .with_source(format!("it ended with {status:?}"))
}

fn not_started(error: io::Error) -> Error {
    Error::new(Code::EnvironmentMissing, "The process that runs wordings could not be started.")
        .with_hint("Use a built-in wording until that works. The log says more.")
        .with_source(error)
}
