//! Lint of a library of 1,000 walkthroughs with 20 steps each, against a bare pass of the Markdown parser over the same texts
//! in the same run: what lists count, everything, and everything with spelling. And what the dictionary costs.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::{
    hint::black_box,
    sync::Arc,
    time::{Duration, Instant},
};

use pulldown_cmark::Parser;
use waymark_core::{
    content::{ContentFields, Field, FieldsV1},
    id::{StepId, WalkthroughId},
    lint::{
        self, LintContext, Look,
        dictionary::{Dictionary, Spelling},
    },
    markdown,
    walkthrough::{Step, Walkthrough, WalkthroughType},
};

const WALKTHROUGHS: usize = 1_000;
const STEPS: usize = 20;

fn step(number: usize) -> Step {
    let user = format!(
        "## Part {number}\n\nRun the command and read what it prints. It takes a minute and `touches` nothing else.\n\n\
         ```bash\nacme status --part {number}\n```\n\n- See [the manual](https://docs.example/part/{number}).\n- Then go on.\n"
    );
    let fields = FieldsV1 {
        introduction_for_agent: Some("The user has seen the part.\n**Done when** the command prints no error.".into()),
        context_for_agent: Some("The agent may run commands in the project's folder. ".repeat(3)),
        content_for_user: Some(user),
        operations_for_agent: Some("1. Run `acme status`.\n2. Show the line for this part.\n3. Wait.\n".repeat(2)),
        extra: Vec::new(),
    };
    Step {
        content_fields: ContentFields::V1(fields),
        display_order: number as i32,
        next_step_id: (number < STEPS).then(|| StepId(format!("wts_{}", number + 1))),
        ..Step::new(StepId(format!("wts_{number}")), format!("Part {number}"))
    }
}

fn walkthrough(number: usize) -> Walkthrough {
    Walkthrough {
        steps: (1..=STEPS).map(step).collect(),
        ..Walkthrough::new(
            WalkthroughId(format!("wt_{number}")),
            format!("Walkthrough {number}"),
            WalkthroughType::Quickstart,
        )
    }
}

/// A bare pass over the same texts.
fn parse(library: &[Walkthrough]) -> usize {
    let steps = library.iter().flat_map(|walkthrough| &walkthrough.steps);
    let texts = steps.flat_map(|step| Field::ALL.into_iter().filter_map(|field| step.content_fields.text(field)));
    texts.map(|text| Parser::new_ext(text, markdown::options()).into_offset_iter().count()).sum()
}

fn findings(library: &[Walkthrough], context: &LintContext) -> usize {
    library.iter().map(|walkthrough| lint::lint(walkthrough, context).len()).sum()
}

fn median(run: impl Fn() -> usize) -> Duration {
    let mut times: Vec<Duration> = (0..7)
        .map(|_| {
            let began = Instant::now();
            black_box(run());
            began.elapsed()
        })
        .collect();
    times.sort();
    times[times.len() / 2]
}

fn main() {
    let library: Vec<Walkthrough> = (0..WALKTHROUGHS).map(walkthrough).collect();
    let bytes: usize = library.iter().flat_map(|walkthrough| &walkthrough.steps).map(size).sum();
    let began = Instant::now();
    let dictionary = Arc::new(Dictionary::english());
    let read = began.elapsed();
    let spelling = Spelling { language: "en".to_owned(), dictionary: Some(dictionary.clone()), ..Spelling::default() };
    let problems = LintContext { look: Look::Problems, ..LintContext::default() };
    let notes = LintContext::default();
    let everything = LintContext { spelling: Some(spelling), ..LintContext::default() };
    println!("lint: {} findings in {} MB", findings(&library, &everything), bytes / 1_000_000);
    let bare = median(|| parse(&library));
    for (name, context, goal) in
        [("problems", &problems, 3.0), ("everything", &notes, 8.0), ("with spelling", &everything, 12.0)]
    {
        let time = median(|| findings(&library, context));
        let ratio = time.as_secs_f64() / bare.as_secs_f64();
        let verdict = if ratio <= goal { "met" } else { "not met" };
        println!(
            "figure | lint of {WALKTHROUGHS} walkthroughs x {STEPS} steps, {name}, against a bare pass of the parser | \
             {ratio:.1}x ({time:.0?} / {bare:.0?}) | {goal}x | {verdict}"
        );
    }
    let suggest = median(|| dictionary.suggest("dockerfiel").len());
    println!("dictionary: read in {read:.0?}, a suggestion in {suggest:.1?}");
}

fn size(step: &Step) -> usize {
    Field::ALL.into_iter().filter_map(|field| step.content_fields.text(field)).map(str::len).sum()
}
