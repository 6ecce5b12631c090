//! The core's part of a preview while typing: one step of 100 KB to segments, token counts and safe HTML, against bare
//! pulldown-cmark from the same text to HTML.
#![expect(clippy::print_stdout, reason = "a benchmark answers on the terminal it was started on")]

mod measure;

use std::hint::black_box;
use std::time::Instant;

use measure::library::{markdown, walkthrough};
use measure::{figure, median, milliseconds};
use waymark_core::content::Field;
use waymark_core::preview;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let text = markdown(100_000);
    let guide = walkthrough(0, 8, &text);
    let step = guide.steps[3].id.clone();
    // The tokenizer loads its tables at its first use; that happens once for each process.
    let began = Instant::now();
    preview::step(&guide, &step)?;
    println!("preview: the first call took {:.1} ms", milliseconds(began.elapsed()));

    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..60 {
        let began = Instant::now();
        black_box(preview::step(black_box(&guide), &step)?);
        ours.push(milliseconds(began.elapsed()));
        let began = Instant::now();
        let mut html = String::new();
        pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new(black_box(&text)));
        black_box(html);
        bare.push(milliseconds(began.elapsed()));
    }
    // What the call is made of, to know where the time goes.
    let content = &guide.steps[3].content_fields;
    let part = |name: &str, work: &dyn Fn()| {
        let times: Vec<f64> = (0..20)
            .map(|_| {
                let began = Instant::now();
                work();
                milliseconds(began.elapsed())
            })
            .collect();
        println!("preview: {name} {:.2} ms", median(&times));
    };
    part("safe HTML", &|| {
        black_box(waymark_core::markdown::to_safe_html(content.text(Field::ContentForUser).unwrap_or_default()));
    });
    part("tokens of the field", &|| {
        black_box(waymark_core::tokens::count(content.text(Field::ContentForUser).unwrap_or_default()));
    });
    let ratio = median(&ours) / median(&bare);
    figure(
        "core preview of a 100 KB field, against bare pulldown-cmark",
        &format!("{ratio:.2}× ({:.2} ms / {:.2} ms, medians of 60)", median(&ours), median(&bare)),
        "≤ 3×",
        ratio <= 3.0,
    );
    Ok(())
}
