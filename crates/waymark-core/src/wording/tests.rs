//! The gallery, the rule of choosing, checking, and that a wording says the same here and elsewhere.

use proptest::prelude::*;

use super::{
    built_in,
    check::check,
    checked,
    chosen::{Choice, Wordings, name},
    look::{SAMPLE_INDEX, look, sample},
    names::{self, FILTERS, TESTS},
    *,
};
use crate::{
    content::{ContentFields, Field, FieldsV1},
    json::FreeJson,
    learner::call::Profile,
    lint::Severity,
    progress::Progress,
    render::{self, Template, elsewhere},
    tokens::Encoding,
    walkthrough::WalkthroughType,
};

fn wording(name: &str, text: &str) -> Wording {
    Wording { name: name.to_owned(), about: String::new(), text: text.to_owned() }
}

fn rendered(template: &Template) -> String {
    render::render_text(template, &sample(), SAMPLE_INDEX, Progress::before(SAMPLE_INDEX, 3)).expect("renders")
}

#[test]
fn the_default_is_the_text_that_was_always_there() {
    let default = Wordings::default();
    let template = default.template(WalkthroughType::Course, Profile::Current);
    assert_eq!(rendered(template), rendered(Template::current()));
    assert_eq!(built_in::ALL[0].text, render::CURRENT_SOURCE);
}

#[test]
fn every_built_in_wording_shows_all_fields_in_order_with_their_colors() {
    let walkthrough = sample();
    let fields = &walkthrough.steps[SAMPLE_INDEX].content_fields;
    let mut overheads = Vec::new();
    let order = [Field::IntroductionForAgent, Field::ContextForAgent, Field::OperationsForAgent, Field::ContentForUser];
    for one in built_in::ALL {
        let found = look(one.text, &Wordings::built_in(one.name), &walkthrough, SAMPLE_INDEX, Encoding::default())
            .expect("it is looked at");
        assert_eq!(found.problems, [], "{}", one.name);
        let shown: Vec<Field> = found.agent.iter().filter_map(|segment| segment.field).collect();
        assert_eq!(shown, order, "{}", one.name);
        for segment in &found.agent {
            let Some(field) = segment.field else { continue };
            let text = fields.text(field).unwrap_or_default();
            assert!(segment.text.contains(text) && segment.text.len() > text.len(), "{}: {segment:?}", one.name);
        }
        let text = render::text(&found.agent);
        assert!(text.contains("get_next_step") && text.contains("step_sample_2"), "{}", one.name);
        assert!(!text.contains("\n\n\n") && !text.ends_with('\n'), "{}: {text}", one.name);
        let v1 = rendered(built_in::template(one.name, Profile::V1));
        assert!(v1.contains("next_walkthrough_step") && !v1.contains("get_next_step"), "{}", one.name);
        let costs = found.tokens.expect("it gives a text");
        assert_eq!(costs.total, costs.template + costs.fields.iter().map(|field| field.tokens).sum::<u32>());
        overheads.push((costs.template, one.name));
    }
    overheads.sort_unstable();
    assert_eq!((overheads[0].1, overheads[4].1), ("compact", "detailed"), "{overheads:?}");
}

#[test]
fn a_blank_field_leaves_no_trace_in_any_built_in_wording() {
    let mut walkthrough = sample();
    walkthrough.description = None;
    walkthrough.estimated_duration_minutes = None;
    walkthrough.steps[SAMPLE_INDEX].content_fields = ContentFields::V1(FieldsV1 {
        content_for_user: Some("Hello.".to_owned()),
        context_for_agent: Some(" \n".to_owned()),
        ..FieldsV1::default()
    });
    for one in built_in::ALL {
        let found = look(one.text, &Wordings::built_in(one.name), &walkthrough, SAMPLE_INDEX, Encoding::default())
            .expect("it is looked at");
        let text = render::text(&found.agent);
        let shown: Vec<Field> = found.agent.iter().filter_map(|segment| segment.field).collect();
        assert_eq!(shown, [Field::ContentForUser], "{}", one.name);
        assert!(!text.contains("\n\n\n") && !text.to_lowercase().contains("none"), "{}: {text}", one.name);
    }
}

#[test]
fn the_most_particular_choice_holds_and_a_type_beats_a_connection() {
    let (acme, other) = ("con_acme".into(), "con_other".into());
    let choice = |connection: Option<&str>, kind, wording: &str| Choice {
        connection: connection.map(Into::into),
        kind,
        wording: wording.to_owned(),
    };
    let course = Some(WalkthroughType::Course);
    let all = [
        choice(None, None, "drafts"),
        choice(Some("con_acme"), None, "connection"),
        choice(None, course, "type"),
        choice(Some("con_acme"), course, "both"),
    ];
    let check = |choices: &[Choice], connection: Option<&_>, kind, expected: &str| {
        assert_eq!(name(choices, connection, kind), expected, "{choices:?} {connection:?} {kind}");
    };
    check(&[], Some(&acme), WalkthroughType::Course, "default");
    check(&all, Some(&acme), WalkthroughType::Course, "both");
    check(&all[..3], Some(&acme), WalkthroughType::Course, "type");
    check(&all, Some(&acme), WalkthroughType::Installer, "connection");
    check(&all, Some(&other), WalkthroughType::Installer, "drafts");
    check(&all, Some(&other), WalkthroughType::Course, "type");
    check(&all, None, WalkthroughType::Course, "type");
    check(&all, None, WalkthroughType::Installer, "drafts");

    let own = [wording("type", "of the type {{ step.title }}")];
    let wordings = Wordings::at(&all[..3], &own, Some(&acme), elsewhere::here);
    let text = |kind| rendered(wordings.template(kind, Profile::Current));
    assert_eq!(text(WalkthroughType::Course), "of the type Start the first project");
    // What is chosen and gone is the default.
    assert_eq!(text(WalkthroughType::Installer), rendered(Template::current()));
}

#[test]
fn problems_are_told_with_their_place_and_what_was_meant() {
    let fields = "{{ step.introduction_for_agent }}{{ step.contextForAgent }}{{ step.operations_for_agent }}{{ step.content_for_user }}\n";
    for (text, severity, line, column, length, says, hints) in [
        ("{{ step.titel }}", Severity::Warning, 2, 4, 10, "no variable `step.titel`", "`step.title`"),
        ("a\n  {{ walkthroug.title }}", Severity::Warning, 3, 6, 16, "`walkthroug.title`", "`walkthrough.title`"),
        ("{% if progres %}{% endif %}", Severity::Warning, 2, 7, 7, "`progres`", "`progress`"),
        ("{{ loop.index }}", Severity::Warning, 2, 4, 10, "`loop.index`", ""),
        ("{{ step.title|uper }}", Severity::Error, 2, 15, 4, "no filter `uper`", "`upper`"),
        ("{% if step.title is defind %}{% endif %}", Severity::Error, 2, 21, 6, "no test `defind`", "`defined`"),
        ("{% if step.title is not defind %}{% endif %}", Severity::Error, 2, 25, 6, "no test `defind`", "`defined`"),
        ("{{ range(10) }}", Severity::Error, 2, 4, 5, "no function `range`", ""),
        ("{% if %}", Severity::Error, 2, 7, 2, "", "Correct"),
        ("ü{{ step.title * 3 }}", Severity::Error, 2, 16, 1, "`*` is not available", "Write it without"),
        ("{% macro m() %}{% endmacro %}", Severity::Error, 2, 4, 5, "Macros", "Write it without"),
    ] {
        let problems = check(&format!("{fields}{text}"));
        let [problem] = &problems[..] else { panic!("{text}: {problems:?}") };
        assert_eq!(
            (problem.severity, problem.line, problem.column, problem.length),
            (severity, line, column, length),
            "{text}: {problem:?}"
        );
        assert!(problem.message.contains(says) && problem.hint.contains(hints), "{text}: {problem:?}");
    }
    for fine in [
        "{{ step.metadata.team.lead }}{{ walkthrough.metadata }}{% for tag in walkthrough.tags %}{{ tag }}{{ loop.index }}{% endfor %}",
        "{% set t = step.title %}{{ t|default('x')|upper }}{{ step['title'] }}{{ '{{ nope }}' }}{# nope #}",
        "{% raw %}{{ nope | nope }}{% endraw %}{% if step.number is odd and not progress.isCompleted %}{% endif %}",
        "{{ step.title|indent(width=2) }}{% with a = 1 %}{{ a }}{% endwith %}",
    ] {
        assert_eq!(check(&format!("{fields}{fine}")), [], "{fine}");
    }
    let missing: Vec<String> = check("{{ step.title }}").into_iter().map(|problem| problem.message).collect();
    assert_eq!(missing.len(), 4, "{missing:?}");
}

#[test]
fn a_wording_is_kept_only_when_it_can_be_used() {
    let kept = checked(wording("  Ours ", "{{ step.titel }}\n")).expect("a warning refuses nothing");
    assert_eq!((kept.name.as_str(), kept.text.as_str()), ("Ours", "{{ step.titel }}\n"));
    for (name, text, field) in [
        ("", "x", "name"),
        ("two\nlines", "x", "name"),
        ("Compact", "x", "name"),
        (&"x".repeat(NAME_MAX + 1), "x", "name"),
        ("a", " \n", "text"),
        ("a", "a\0b", "text"),
        ("a", "{{ step.title|nothing }}", "text"),
        ("a", "{% if %}", "text"),
        ("a", &"x".repeat(TEMPLATE_MAX_BYTES + 1), "text"),
    ] {
        let error = checked(wording(name, text)).expect_err(name);
        assert_eq!(error.field.as_deref(), Some(field), "{name}: {error}");
        assert!(error.hint.is_some(), "{name}");
    }
}

#[test]
fn a_wording_that_fails_while_it_runs_has_a_problem_at_its_place() {
    let text = "{{ step }}\n{{ 1 / 'x' }}";
    let found = look(text, &Wordings::own(text, None, elsewhere::here), &sample(), SAMPLE_INDEX, Encoding::default())
        .expect("looked at");
    let [problem] = &found.problems[..] else { panic!("{:?}", found.problems) };
    assert_eq!((problem.line, problem.column), (2, 4));
    assert!(found.agent.is_empty() && found.tokens.is_none() && !found.is_usable());

    fn too_slow(_: &str) -> Result<String> {
        Err(Error::invalid("It takes too long.").with_hint("Make it simpler."))
    }
    let slow = Wordings::own("x", Some("Slow"), too_slow);
    let found = look("x{{ step }}", &slow, &sample(), SAMPLE_INDEX, Encoding::default()).expect("looked at");
    assert_eq!(found.problems[0].message, "It takes too long.");
}

#[test]
fn an_error_names_the_wording() {
    let template = Template::elsewhere("a\n{{ 1 / 'x' }}", Some("Ours"), elsewhere::here);
    let error = render::render_text(&template, &sample(), 0, Progress::of(0, 3)).expect_err("it fails");
    assert!(error.message.starts_with("The wording `Ours` fails in line 2, column 4:"), "{error}");
}

#[test]
fn what_is_named_is_what_there_is() {
    let source = include_str!("../render/filters.rs");
    let added = |what: &str| source.matches(&format!("add_{what}(\"")).count();
    assert_eq!((FILTERS.len(), TESTS.len()), (added("filter"), added("test")));
    for (name, _) in FILTERS {
        assert!(source.contains(&format!("add_filter(\"{name}\"")), "{name}");
    }
    for (name, _) in TESTS {
        assert!(source.contains(&format!("add_test(\"{name}\"")), "{name}");
    }
    let mut walkthrough = sample();
    walkthrough.metadata = FreeJson::parse(r#"{"a":1}"#).ok();
    walkthrough.steps[SAMPLE_INDEX].metadata = FreeJson::parse(r#"{"a":1}"#).ok();
    for path in names::paths().iter().filter(|path| path.contains('.') && !path.starts_with("loop")) {
        let template = Template::parse(&format!("{{{{ {path} is defined }}}}")).expect("compiles");
        let text = render::render_text(&template, &walkthrough, SAMPLE_INDEX, Progress::before(1, 3)).expect("renders");
        assert_eq!(text, "True", "{path}");
    }
    let objects =
        Template::parse("{{ step|length }} {{ walkthrough|length }} {{ progress|length }}").expect("compiles");
    let text = render::render_text(&objects, &walkthrough, SAMPLE_INDEX, Progress::before(1, 3)).expect("renders");
    let known = |object: &str| names::paths().iter().filter(|path| path.starts_with(&format!("{object}."))).count();
    assert_eq!(text, format!("{} {} {}", known("step"), known("walkthrough"), known("progress")));
}

proptest! {
    #[test]
    fn a_wording_says_the_same_here_and_elsewhere(
        texts in proptest::array::uniform4(proptest::option::of(any::<String>())),
        title in any::<String>(),
        place in 0..built_in::ALL.len(),
    ) {
        let [introduction_for_agent, context_for_agent, content_for_user, operations_for_agent] = texts;
        let mut walkthrough = sample();
        walkthrough.title = title;
        walkthrough.metadata = FreeJson::parse(r#"{"waymark":{"a":1},"list":[1,null,2.5,18446744073709551615,"x"],"none":null}"#).ok();
        walkthrough.steps[0].content_fields = ContentFields::V1(FieldsV1 {
            introduction_for_agent, context_for_agent, content_for_user, operations_for_agent, extra: Vec::new(),
        });
        let source = format!("{}{{{{ walkthrough.metadata }}}}", built_in::ALL[place].text);
        let (here, there) = (Template::parse(&source).expect("compiles"), Template::elsewhere(source.as_str(), None, elsewhere::here));
        let segments = |template: &Template| render::render_step(template, &walkthrough, 0, Progress::of(0, 3)).expect("renders");
        prop_assert_eq!(segments(&here), segments(&there));
        prop_assert!(!render::text(&segments(&there)).contains("waymark'"));
    }
}
