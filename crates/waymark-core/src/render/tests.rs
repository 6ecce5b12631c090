use super::*;
use crate::{
    content::{ContentFields, Field, FieldsV1},
    json::FreeJson,
    walkthrough::{Step, WalkthroughType},
};
use proptest::prelude::*;

fn step(id: &str, fields: FieldsV1) -> Step {
    Step { content_fields: ContentFields::V1(fields), display_order: 1, ..Step::new(id, format!("Title of {id}")) }
}

fn walkthrough(steps: Vec<Step>) -> Walkthrough {
    Walkthrough {
        tags: vec!["a".to_owned(), "b".to_owned()],
        metadata: FreeJson::parse(r#"{"waymark":{"secret":"never"},"team":"docs","none":null,"deep":{"n":[1,null]}}"#)
            .ok(),
        steps,
        ..Walkthrough::new("wt_test", "Test", WalkthroughType::Course)
    }
}

fn full() -> FieldsV1 {
    FieldsV1 {
        introduction_for_agent: Some("Goal.".to_owned()),
        context_for_agent: Some("Background.\n\nMore.".to_owned()),
        content_for_user: Some("Hello {{ user }} & <b>\n".to_owned()),
        operations_for_agent: Some("1. Do it.".to_owned()),
        extra: Vec::new(),
    }
}

fn rendered(source: &str, walkthrough: &Walkthrough) -> Result<String> {
    render_text(&Template::parse(source)?, walkthrough, 0, Progress::of(0, walkthrough.steps.len() as u32))
}

fn check(source: &str, expected: &str) {
    let mut fields = full();
    fields.introduction_for_agent = Some(" \n\t".to_owned());
    let walkthrough = walkthrough(vec![step("wts_1", fields)]);
    assert_eq!(rendered(source, &walkthrough).expect("the template works"), expected, "{source}");
}

#[test]
fn the_built_in_text_has_its_blocks_in_order_then_progress_and_ids() {
    let walkthrough = walkthrough(vec![step("wts_1", full()), step("wts_2", full())]);
    let text = render_text(Template::current(), &walkthrough, 1, Progress::before(1, 2)).expect("renders");
    let parts = [
        "# Test (course)\n\nStep 2 of 2: Title of wts_2\n\n<introduction_for_agent",
        ">\nGoal.\n</introduction_for_agent>\n\n<context_for_agent",
        ">\nBackground.\n\nMore.\n</context_for_agent>\n\n<operations_for_agent",
        ">\n1. Do it.\n</operations_for_agent>\n\n<content_for_user",
        ">\nHello {{ user }} & <b>\n\n</content_for_user>\n\nProgress: 1 of 2 steps completed (50 %).\n",
        "Walkthrough: wt_test\nStep: wts_2\n",
        "get_next_step with currentStepId \"wts_2\".",
    ];
    let mut from = 0;
    for part in parts {
        let at = text[from..].find(part);
        from += at.unwrap_or_else(|| panic!("`{part}` is missing or out of order in:\n{text}")) + part.len();
    }
    assert_eq!(from, text.len(), "nothing follows");
}

#[test]
fn a_blank_field_leaves_no_trace() {
    for blank in [None, Some(String::new()), Some(" \n\t ".to_owned())] {
        let fields =
            FieldsV1 { content_for_user: Some("Hi.".to_owned()), context_for_agent: blank, ..FieldsV1::default() };
        let text = rendered(CURRENT_SOURCE, &walkthrough(vec![step("wts_1", fields)])).expect("renders");
        assert!(!text.contains("context"), "{text}");
        assert!(!text.contains("\n\n\n"), "{text}");
    }
    let text = rendered(CURRENT_SOURCE, &walkthrough(vec![step("wts_1", FieldsV1::default())])).expect("renders");
    assert!(!text.contains('<') && !text.contains("\n\n\n"), "{text}");
}

#[test]
fn templates_see_both_spellings_and_nothing_of_ours() {
    check("{{ step.content_for_user == step.contentForUser }}", "True");
    check("{{ step.display_order }}{{ step.displayOrder }}{{ step.number }}", "111");
    check("{{ progress.total_steps }}{{ progress.totalSteps }}{{ progress.isCompleted }}", "11False");
    check("{{ walkthrough.metadata.team }}[{{ walkthrough.metadata.waymark }}]", "docs[]");
    check(
        "{{ walkthrough.metadata.waymark.secret }}{{ walkthrough.metadata }}",
        "{'deep': {'n': [1, undefined]}, 'team': 'docs'}",
    );
    check("[{{ walkthrough.metadata.none }}{{ walkthrough.description }}{{ none }}{{ step.metadata.a.b }}]", "[]");
    check("{% if step.introduction_for_agent is defined %}there{% else %}absent{% endif %}", "absent");
    check("{{ walkthrough.tags|join(', ') }}|{{ step.operations_for_agent|upper|trim }}", "a, b|1. DO IT.");
    check("{{ step.context_for_agent|indent(2) }}", "Background.\n\n  More.");
    check("{{ step.content_for_user }}", "Hello {{ user }} & <b>\n");
    check("a\r\nb\n", "a\nb");
    check(
        "{% for name in ['a', 'b'] %}{{ loop.index }}{{ name }}{% endfor %}{{ step['title'] }}",
        "1a2bTitle of wts_1",
    );
    check("{% set n = step.number + 1 %}{{ n }}{% raw %}{{ 2 * 2 }}{% endraw %}{# * #}{{ '*' }}", "2{{ 2 * 2 }}*");
}

#[test]
fn each_profile_names_its_own_tool() {
    let walkthrough = walkthrough(vec![step("wts_1", full())]);
    let text =
        |profile| render_text(Template::built_in(profile), &walkthrough, 0, Progress::of(0, 1)).expect("renders");
    assert_eq!(text(Profile::Current), rendered(CURRENT_SOURCE, &walkthrough).expect("renders"));
    let v1 = text(Profile::V1);
    assert!(v1.ends_with("call next_walkthrough_step with current_step_id \"wts_1\"."), "{v1}");
}

#[test]
fn errors_name_line_and_column() {
    let walkthrough = walkthrough(vec![step("wts_1", full())]);
    for (source, place, what) in [
        ("ok\n  {{ step.title | nothing }}", "line 2", "nothing"),
        ("ok\n\n{% if %}", "line 3", ""),
        ("{{ step.title", "line 1", ""),
        ("a\n{{ 1 / 'x' }}", "line 2, column 4", ""),
        ("{% for x in 3 %}{% endfor %}", "line 1", ""),
        ("{{ range(3) }}", "line 1", "range"),
        ("{% include 'x' %}", "line 1", ""),
        ("a\nb {{ 'x' * 3 }}", "line 2, column 10", "`*`"),
        ("{% macro m() %}{% endmacro %}", "line 1, column 4", "macros"),
        ("{% set a = 1 %}{{ 1 if a else [a, a] }}", "line 1, column 31", "lists"),
        ("{{ step.title|indent(10000000000) }}", "line 1", "indent"),
        ("{{ '%10000000000d'|format(1) }}", "line 1", "format"),
    ] {
        let error = rendered(source, &walkthrough).expect_err(source);
        assert!(error.message.contains(place) && error.message.contains(what), "{source}: {error}");
    }
}

#[test]
fn no_template_outgrows_the_machine() {
    let mut fields = full();
    fields.content_for_user = Some("x".repeat(100_000));
    let walkthrough = walkthrough(vec![step("wts_1", fields)]);
    let doubling = "{% set a = step.content_for_user %}".to_owned() + &"{% set a = a ~ a %}".repeat(30) + "{{ a }}";
    let captured = "{% set a %}xxxxxxxx{% endset %}".to_owned() + &"{% set a %}{{ a }}{{ a }}{% endset %}".repeat(30);
    let nested = "{% set a = ['x', 'y'] %}".to_owned() + &"{% set a = [a, a] %}".repeat(30) + "{{ a }}";
    let listed = format!("{{{{ [{}] ~ '' }}}}", "step.content_for_user, ".repeat(300));
    for source in [
        &listed,
        doubling.as_str(),
        &captured,
        &nested,
        "{{ step.content_for_user|replace('x', step.content_for_user) }}",
        "{{ step.content_for_user|lines|join(step.content_for_user) }}{% for c in step.content_for_user %}{{ step.content_for_user }}{% endfor %}",
        "{% for c in step.content_for_user %}{% for d in step.content_for_user %}x{% endfor %}{% endfor %}",
    ] {
        assert!(rendered(source, &walkthrough).is_err(), "{}", &source[..60.min(source.len())]);
    }
}

#[test]
fn an_unknown_step_is_not_found() {
    let error = rendered(CURRENT_SOURCE, &walkthrough(Vec::new())).expect_err("there is none");
    assert_eq!(error.code, crate::error::Code::NotFound);
}

#[test]
fn each_block_with_its_delimiters_is_its_fields() {
    let walkthrough = walkthrough(vec![step("wts_1", full())]);
    let segments = render_step(Template::current(), &walkthrough, 0, Progress::of(0, 1)).expect("renders");
    let fields: Vec<Field> = segments.iter().filter_map(|segment| segment.field).collect();
    assert_eq!(
        fields,
        [Field::IntroductionForAgent, Field::ContextForAgent, Field::OperationsForAgent, Field::ContentForUser]
    );
    for segment in segments.iter().filter(|segment| segment.field.is_some()) {
        assert!(segment.text.starts_with('<') && segment.text.ends_with(">\n"), "{:?}", segment.text);
    }
}

#[test]
fn a_template_that_measures_its_fields_still_gives_its_text() {
    let walkthrough = walkthrough(vec![step("wts_1", full())]);
    let template = Template::parse("{{ step.content_for_user|length }}").expect("compiles");
    let segments = render_step(&template, &walkthrough, 0, Progress::of(0, 1)).expect("renders");
    assert_eq!(segments, segments::whole("23".to_owned()));
}

proptest! {
    #[test]
    fn fields_pass_byte_for_byte_and_segments_join_to_the_text(
        texts in proptest::array::uniform4(proptest::option::of(any::<String>())),
        marks in proptest::bool::ANY,
    ) {
        let [introduction_for_agent, context_for_agent, content_for_user, operations_for_agent] = texts;
        let fields = FieldsV1 { introduction_for_agent, context_for_agent, content_for_user, operations_for_agent, extra: Vec::new() };
        let mut step = step("wts_1", fields);
        if marks {
            step.title = "\u{F0000}\u{F0001}\u{F0007}".to_owned();
        }
        let walkthrough = walkthrough(vec![step]);
        let text = rendered(CURRENT_SOURCE, &walkthrough).expect("renders");
        let segments = render_step(Template::current(), &walkthrough, 0, Progress::of(0, 1)).expect("renders");
        prop_assert_eq!(super::text(&segments), &*text);
        let fields = &walkthrough.steps[0].content_fields;
        for field in Field::ALL {
            let shown: Vec<&Segment> = segments.iter().filter(|segment| segment.field == Some(field)).collect();
            prop_assert_eq!(shown.len(), usize::from(fields.has_text(field)));
            for segment in shown {
                prop_assert!(segment.text.contains(fields.text(field).unwrap_or_default()));
            }
        }
    }
}
