//! A process that does not do what it should. One that does is tried by the tests of the `waymark` command.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use waymark_core::error::Code;

use super::{helper::Helper, inside};

fn helper(program: &str, deadline: Duration) -> Helper {
    Helper::new(PathBuf::from(program), deadline)
}

#[test]
fn a_program_that_is_not_there_is_an_error_that_says_so() {
    let error = helper("/nowhere/waymark", Duration::from_secs(9)).ask("{}").expect_err("there is none");
    assert_eq!(error.code, Code::EnvironmentMissing);
    assert!(error.hint.is_some() && error.source.is_some());
}

#[cfg(unix)]
#[test]
fn a_process_that_does_not_answer_is_ended_and_the_next_line_starts_another() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let script = folder.path().join("silent");
    std::fs::write(
        &script,
        "#!/bin/sh\nread line\ncase $line in\nwait) exec sleep 600;;\nend) exit 3;;\nesac\necho \"$line\"\n",
    )
    .expect("written");
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).expect("executable");
    let mut helper = Helper::new(script, Duration::from_millis(1_500));
    let begin = Instant::now();
    let late = helper.ask("wait").expect_err("it does not answer");
    assert!(late.code == Code::InvalidInput && late.message.contains("1.5 seconds"), "{late}");
    assert!(begin.elapsed() < Duration::from_secs(60));
    assert_eq!(helper.id(), None);
    assert_eq!(helper.ask("again").expect("another process"), "again");
    assert!(helper.id().is_some());
    assert_eq!(helper.ask("end").expect_err("it ends").code, Code::EnvironmentMissing);
}

#[test]
fn only_the_first_argument_asks_for_the_process() {
    let asked = |arguments: &[&str]| inside::is_asked_for(arguments.iter().map(Into::into));
    assert!(asked(&["waymark", "wording-helper"]));
    assert!(!asked(&["waymark"]) && !asked(&["waymark", "render", "wording-helper"]));
}

#[test]
fn a_file_is_a_wording_by_its_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ours.v2.jinja");
    std::fs::write(&path, "{{ step.title }}\n").expect("written");
    let read = super::file::read(&path).expect("it is read");
    assert_eq!((read.name.as_str(), read.text.as_str()), ("ours", "{{ step.title }}\n"));
    std::fs::write(&path, [0xff, 0x00]).expect("written");
    assert_eq!(super::file::read(&path).expect_err("no text").code, Code::InvalidInput);
    std::fs::write(&path, "x".repeat(64 * 1024 + 1)).expect("written");
    assert!(super::file::read(&path).expect_err("too large").hint.is_some());
    assert_eq!(super::file::read(&folder.path().join("gone")).expect_err("none").code, Code::NotFound);
}
