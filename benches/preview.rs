//! The core's part of a preview while typing: one step of 100 KB to segments, token counts and safe HTML, against bare
//! pulldown-cmark from the same text to HTML. Between two rounds a key is typed in the middle, as in life.
#![expect(clippy::print_stdout, reason = "a benchmark answers on the terminal it was started on")]

mod measure;

use std::hint::black_box;
use std::time::Instant;

use measure::library::{markdown, walkthrough};
use measure::{figure, median, milliseconds};
use waymark_core::content::{ContentFields, Field};
use waymark_core::walkthrough::Walkthrough;
use waymark_core::{
    markdown::to_safe_html,
    preview,
    tokens::{self, Encoding},
};

const BYTES: usize = 100_000;
const ROUNDS: usize = 60;
/// The step that is typed in.
const TYPED: usize = 3;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let first = walkthrough(0, 8, "Short.");
    // The tokenizer loads its tables at its first use; that happens once for each process.
    let began = Instant::now();
    preview::step(&first, &first.steps[TYPED].id, true, &Default::default(), Encoding::default())?;
    println!("preview: the first call took {:.1} ms", milliseconds(began.elapsed()));

    let sentence =
        "Open the settings, choose **Deploy** and wait until `acme status` says that all is well; then go on. ";
    let code = "let answer = compute(&question, 42)?; // and so on\n";
    measure("a 100 KB field", &markdown(BYTES))?;
    measure("one line of 100 KB", &sentence.repeat(BYTES / sentence.len()))?;
    measure("100 KB of code", &format!("```rust\n{}```\n", code.repeat(BYTES / code.len())))
}

fn measure(what: &str, text: &str) -> Result<(), Box<dyn std::error::Error>> {
    let mut guide = walkthrough(0, 8, text);
    let step = guide.steps[TYPED].id.clone();
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        type_key(&mut guide, round);
        let began = Instant::now();
        black_box(preview::step(black_box(&guide), &step, true, &Default::default(), Encoding::default())?);
        ours.push(milliseconds(began.elapsed()));
        let text = user_content(&guide);
        let began = Instant::now();
        let mut html = String::new();
        pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new(black_box(text)));
        black_box(html);
        bare.push(milliseconds(began.elapsed()));
    }
    // What the call is made of, to know where the time goes.
    let (mut html, mut counting) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        type_key(&mut guide, round);
        let began = Instant::now();
        black_box(to_safe_html(user_content(&guide)));
        html.push(milliseconds(began.elapsed()));
        let began = Instant::now();
        black_box(tokens::count(Encoding::default(), user_content(&guide)));
        counting.push(milliseconds(began.elapsed()));
    }
    println!("preview: {what}: safe HTML {:.2} ms, tokens {:.2} ms", median(&html), median(&counting));
    let ratio = median(&ours) / median(&bare);
    figure(
        &format!("core preview of {what} after a key, against bare pulldown-cmark"),
        &format!("{ratio:.2}× ({:.2} ms / {:.2} ms, medians of {ROUNDS})", median(&ours), median(&bare)),
        "≤ 3×",
        ratio <= 3.0,
    );
    Ok(())
}

/// Types a letter into the middle of the field; which one differs from round to round.
fn type_key(guide: &mut Walkthrough, round: usize) {
    if let ContentFields::V1(fields) = &mut guide.steps[TYPED].content_fields
        && let Some(text) = &mut fields.content_for_user
    {
        text.insert(text.len() / 2, char::from(b'a' + (round % 26) as u8));
    }
}

fn user_content(guide: &Walkthrough) -> &str {
    guide.steps[TYPED].content_fields.text(Field::ContentForUser).unwrap_or_default()
}
