//! Real exports, where they are at hand: every step renders, colors add up, and nothing in them is a lint error.

use std::{fs, path::PathBuf};

use waymark_core::{
    content::Field,
    conversation::{
        compare::{compare, texts},
        play::play,
        script::{Move, Scenario, Script},
        turn::TurnWindow,
    },
    format::json,
    learner::{call::Profile, path::in_learner_order},
    lint::{self, LintContext, Severity},
    preview,
    progress::Progress,
    render::{self, Template},
    tokens::Encoding,
    walkthrough::Walkthrough,
};

fn random(length: usize) -> Vec<u8> {
    use std::sync::atomic::{AtomicU64, Ordering};
    static SEED: AtomicU64 = AtomicU64::new(1);
    (0..length)
        .map(|_| {
            let next = SEED.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            (next >> 32) as u8
        })
        .collect()
}

#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn walkthroughs() -> Vec<(String, Walkthrough)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures/walkthroughs");
    let Ok(files) = fs::read_dir(&folder) else {
        eprintln!("Skipped: there are no real files beside this checkout.");
        return Vec::new();
    };
    files
        .map(|file| {
            let path = file.expect("the folder can be listed").path();
            let name = path.display().to_string();
            let text = fs::read_to_string(&path).expect("the file can be read");
            let imported = json::read(&text, "Bare list", random).unwrap_or_else(|error| panic!("{name}: {error}"));
            (name, imported.walkthrough)
        })
        .collect()
}

#[test]
fn every_step_of_real_files_renders_with_each_field_in_it() {
    for (name, walkthrough) in walkthroughs() {
        let total = walkthrough.steps.len();
        for (index, step) in walkthrough.steps.iter().enumerate() {
            let progress = Progress::before(index, total);
            let text = render::render_text(Template::current(), &walkthrough, index, progress).expect("renders");
            let shown = preview::step(&walkthrough, &step.id, true, &Default::default(), Encoding::default())
                .expect("the step is there");
            assert_eq!(render::text(&shown.agent), text, "{name}, step {}", index + 1);
            assert!(text.ends_with(&format!("currentStepId \"{}\".", step.id)), "{name}");
            for field in Field::ALL {
                let content = step.content_fields.text(field).unwrap_or_default();
                assert!(text.contains(content), "{name}, step {}, {}", index + 1, field.label());
            }
            assert!(shown.tokens.total > shown.tokens.template, "{name}");
        }
    }
}

#[test]
fn nothing_that_real_files_contain_is_an_error() {
    for (name, walkthrough) in walkthroughs() {
        let findings = lint::lint(&walkthrough, &LintContext::default());
        let errors: Vec<_> = findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
}

#[test]
fn every_real_file_is_a_conversation_to_its_end_in_every_scenario() {
    for (name, walkthrough) in walkthroughs() {
        for (profile, scenario) in
            Scenario::ALL.into_iter().flat_map(|scenario| [(Profile::Current, scenario), (Profile::V1, scenario)])
        {
            let moves = vec![Move::Next; walkthrough.steps.len() + 2];
            let script = Script { scenario, profile, moves };
            let conversation = play(
                std::slice::from_ref(&walkthrough),
                &script,
                TurnWindow::ALL,
                &Default::default(),
                Encoding::default(),
            )
            .expect("it plays");
            assert!(conversation.is_finished || walkthrough.steps.is_empty(), "{name}, {scenario:?}");
            let turns = texts(&conversation);
            assert!(compare(&turns, &turns).is_empty());
            if scenario != Scenario::LastStep {
                continue;
            }
            let ordered = in_learner_order(&walkthrough);
            let delivered = turns.iter().filter(|turn| turn.step.is_some());
            for (index, turn) in delivered.enumerate() {
                let progress = Progress::before(index, ordered.steps.len());
                let text =
                    render::render_text(Template::built_in(profile), &ordered, index, progress).expect("renders");
                assert_eq!(render::text(&turn.segments), text, "{name}");
            }
        }
    }
}
