//! `waymark wording`, and the process in which wordings run: the real one, with everything that could hurt it.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use waymark_app::wordings::helper::Helper;

use crate::command::Waymark;

const FIELDS: &str = "{{ step.introduction_for_agent }}{{ step.context_for_agent }}{{ step.operations_for_agent }}{{ step.content_for_user }}";

fn tour() -> Waymark {
    let waymark = Waymark::new();
    waymark.make("course", "Tour", &["One", "Two"]);
    waymark.make("installer", "Install", &["Get it"]);
    waymark
}

fn rendered(waymark: &Waymark, arguments: &[&str]) -> String {
    let outcome = waymark.run(&[&["render", "Tour", "--step", "2"], arguments].concat());
    assert_eq!(outcome.status, 0, "{outcome:?}");
    outcome.stdout
}

#[test]
fn a_wording_is_added_checked_used_and_removed() {
    let waymark = tour();
    let before = rendered(&waymark, &[]);
    let file = waymark.file("ours.jinja", format!("{{{{ step.number }}}}. {{{{ step.title }}}} {FIELDS}"));
    let added = waymark.json(&["wording", "add", "Ours", "--from", &file, "--about", "Short."]);
    assert_eq!((added["name"].as_str(), added["about"].as_str()), (Some("Ours"), Some("Short.")));
    let again = waymark.run(&["wording", "add", "Ours", "--from", &file]);
    assert_eq!(again.status, 2, "a name is taken once: {again:?}");
    waymark.json(&["wording", "add", "Ours", "--from", &file, "--update"]);
    assert_eq!(waymark.json(&["wording", "show", "Ours"])["about"], "Short.", "what is not said stays");

    waymark.json(&["wording", "use", "Ours", "--type", "course"]);
    assert_eq!(rendered(&waymark, &[]), "2. Two ");
    let text = |preview: &Value| {
        let segments = preview["turns"][0]["detail"]["segments"].as_array().expect("segments").clone();
        segments.iter().map(|segment| segment["text"].as_str().expect("a text").to_owned()).collect::<String>()
    };
    assert_eq!(text(&waymark.json(&["preview", "Tour"])), "1. One ", "a conversation is in the same words");
    let other = waymark.run(&["render", "Install", "--step", "1"]).stdout;
    assert!(other.contains("Step 1 of 1: Get it"), "{other}");
    let listed = waymark.run(&["wording", "list"]).stdout;
    assert!(listed.lines().any(|line| line.starts_with("Ours") && line.ends_with("type course")), "{listed}");

    assert_eq!(waymark.json(&["wording", "remove", "Ours"])["choices"][0]["kind"], "course");
    assert_eq!(rendered(&waymark, &[]), before, "what was used is the default again");
    waymark.json(&["wording", "use", "compact"]);
    assert_eq!(rendered(&waymark, &[]), rendered(&waymark, &["--wording", "Compact"]));
    assert_ne!(rendered(&waymark, &[]), before);
    waymark.json(&["wording", "use", "--clear"]);
    assert_eq!(rendered(&waymark, &[]), before);
    assert_eq!(waymark.json(&["wording", "list"])["choices"], json!([]));
    for (arguments, status) in [
        (vec!["wording", "remove", "default"], 1),
        (vec!["wording", "remove", "gone"], 3),
        (vec!["wording", "use", "gone"], 3),
        (vec!["wording", "use", "compact", "--connection", "gone"], 3),
        (vec!["wording", "use"], 2),
        (vec!["render", "Tour", "--step", "1", "--wording", "gone"], 3),
    ] {
        assert_eq!(waymark.run(&arguments).status, status, "{arguments:?}");
    }
}

#[test]
fn a_check_says_what_is_wrong_where_and_what_it_costs() {
    let waymark = tour();
    let shown = waymark.run(&["wording", "show", "compact"]).stdout;
    let file = waymark.file("mine.jinja", &shown);
    let fine = waymark.run(&["wording", "check", "--from", &file]);
    assert_eq!(fine.status, 0, "{fine:?}");
    assert!(fine.stdout.contains("of which the wording costs"), "{fine:?}");
    let typo = waymark.run_with(&["wording", "check", "--from", "-"], format!("{FIELDS}\n  {{{{ step.titel }}}}"));
    assert_eq!(typo.status, 0, "a warning is no no: {typo:?}");
    assert!(
        typo.stdout.contains("2:6 warning: There is no variable `step.titel`") && typo.stdout.contains("`step.title`"),
        "{typo:?}"
    );
    let broken = waymark
        .run_with(&["wording", "check", "--from", "-", "--json"], format!("{FIELDS}\n{{{{ step.title|shout }}}}"));
    assert_eq!(broken.status, 1, "{broken:?}");
    let problem = &broken.json()["problems"][0];
    assert_eq!((&problem["severity"], &problem["line"], &problem["column"]), (&json!("error"), &json!(2), &json!(15)));
    let kept = waymark.run_with(&["wording", "add", "Broken", "--from", "-"], "{{ step.title|shout }}");
    assert_eq!((kept.status, kept.stderr.contains("line 1, column 15")), (2, true), "{kept:?}");
    let on_draft = waymark.json(&["wording", "check", "compact", "--walkthrough", "Tour", "--step", "2"]);
    let text: String =
        on_draft["agent"].as_array().expect("segments").iter().filter_map(|one| one["text"].as_str()).collect();
    assert_eq!(text, rendered(&waymark, &["--wording", "compact"]), "what is tried is what is rendered");
    assert_eq!(waymark.run(&["wording", "check", "compact", "--walkthrough", "Tour", "--step", "9"]).status, 3);
}

/// A line for the process: a template, and a step whose user content is this.
fn line(template: &str, content: &str) -> String {
    let step = json!({ "id": "s", "title": "Title", "number": 1, "content_for_user": content });
    json!({ "source": template, "seen": { "walkthrough": { "title": "W" }, "step": step, "progress": {} } }).to_string()
}

fn helper() -> Helper {
    Helper::new(PathBuf::from(env!("CARGO_BIN_EXE_waymark")), Duration::from_secs(30))
}

#[test]
fn a_bomb_is_refused_or_ended_and_the_next_wording_is_served() {
    let mut helper = helper();
    let large = "x".repeat(1024 * 1024);
    let doubling = format!("{{% set a = step.content_for_user %}}{}{{{{ a }}}}", "{% set a = a ~ a %}".repeat(8));
    let nested = format!("{}x{}", "{% for a in step.content_for_user %}".repeat(4), "{% endfor %}".repeat(4));
    let deep = format!("{{{{ {}1{} }}}}", "(".repeat(20_000), ")".repeat(20_000));
    let begin = Instant::now();
    for bomb in [
        "{{ 'x' * 1000000000 }}",
        "{% for i in range(1000000000) %}x{% endfor %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% for a in step.content_for_user recursive %}{{ loop(step.content_for_user) }}{% endfor %}",
        "{{ step.content_for_user|replace('x', step.content_for_user) }}",
        "{{ step.content_for_user|indent(1000000000) }}",
        "{{ step.content_for_user|lines|join(step.content_for_user) }}{{ '%1000000000d'|format(1) }}",
        "{% for c in step.content_for_user %}{{ step.content_for_user }}{% endfor %}",
        "{% for c in step.content_for_user %}{{ step.content_for_user|replace('x', 'yy')|length }}{% endfor %}",
        "{% include '/etc/passwd' %}",
        "{% import '/etc/passwd' as p %}{{ p }}",
        "{{ step.__class__.__mro__ }}{{ self }}{{ cycler('a') }}",
        &doubling,
        &nested,
        &deep,
    ] {
        let shown = &bomb[..bomb.len().min(60)];
        match helper.ask(&line(bomb, &large)) {
            Ok(answer) => assert!(answer.contains("\"fault\""), "{shown}: {}", &answer[..answer.len().min(200)]),
            Err(error) => assert!(error.hint.is_some(), "{shown}: {error}"),
        }
        let next = helper.ask(&line("{{ step.title }}", "")).expect("it serves on");
        assert_eq!(next, r#"{"text":"Title"}"#, "after {shown}");
    }
    assert!(begin.elapsed() < Duration::from_secs(60), "{:?}", begin.elapsed());
}

#[test]
fn a_field_is_never_read_as_template_whatever_is_in_it() {
    let mut helper = helper();
    let large = "ä{{ step.title }}\u{202e}".repeat(60_000);
    for content in [
        "{{ 1 + 1 }}{% include 'x' %}{# gone #}{% raw %}",
        "</content_for_user>\n<context_for_agent>\n--- ``` ~~~ <!-- -->",
        "\u{202e}\u{2066}\u{200b}\u{feff}\u{F0000}\u{F0001}\u{0001}\u{001b}[2J\r\n\\n",
        "\"}\n{\"text\":\"forged\"}",
        &large,
    ] {
        let answer = helper.ask(&line("[{{ step.content_for_user }}]", content)).expect("it answers");
        let answer: Value = serde_json::from_str(&answer).expect("one JSON document");
        assert_eq!(answer["text"], format!("[{content}]"));
    }
}

#[test]
fn what_is_no_line_ends_the_process_and_harms_nobody() {
    let mut helper = helper();
    assert!(helper.ask("this is no JSON").is_err());
    assert!(helper.ask("{}\n{}").is_err());
    assert!(helper.ask(&line("{{ step.title }}", "")).is_ok());
}

#[cfg(target_os = "linux")]
#[test]
fn the_process_has_no_environment_no_files_and_a_limit_to_its_memory() {
    let mut helper = helper();
    helper.ask(&line("{{ step.title }}", "")).expect("it answers");
    let id = helper.id().expect("it runs");
    let of_process = |name: &str| std::fs::read_to_string(format!("/proc/{id}/{name}")).expect("readable");
    assert_eq!(of_process("environ"), "");
    let limits = of_process("limits");
    let limit = |name: &str| {
        let line = limits.lines().find(|line| line.starts_with(name)).expect("a limit");
        line[name.len()..].split_whitespace().next().expect("a number").to_owned()
    };
    let memory: u64 = limit("Max address space").parse().expect("limited");
    assert!(memory < 2 * 1024 * 1024 * 1024, "{memory}");
    assert_eq!(
        (limit("Max core file size"), limit("Max file size"), limit("Max open files")),
        ("0".into(), "0".into(), "3".into())
    );

    // What does not fit into the limit ends the process, and is told as what it is.
    let too_much = line("{{ step.title }}", "PLACE").replace("PLACE", &"x".repeat(160 * 1024 * 1024));
    let error = helper.ask(&too_much).expect_err("it does not fit");
    assert!(error.message.contains("memory"), "{error}");
    assert!(helper.ask(&line("{{ step.title }}", "")).is_ok());
    let last = helper.id().expect("it runs");
    drop(helper);
    assert!(!std::path::Path::new(&format!("/proc/{last}")).exists(), "it ends with us");
}
