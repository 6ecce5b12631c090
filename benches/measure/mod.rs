//! What the benchmarks share: medians and percentiles, and one line per figure that `scripts/long` collects.
//!
//! Each benchmark uses its part of it.
#![expect(dead_code, reason = "every benchmark compiles its own copy and uses some of it")]

use std::time::Duration;

pub mod library;

/// The middle value; half of the samples are smaller.
pub fn median(samples: &[f64]) -> f64 {
    percentile(samples, 50.0)
}

/// The value that `percent` of the samples do not exceed (nearest rank).
pub fn percentile(samples: &[f64], percent: f64) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (percent / 100.0 * sorted.len() as f64).ceil().max(1.0) as usize;
    sorted.get(rank - 1).copied().unwrap_or(f64::NAN)
}

pub fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// Prints one figure. `scripts/long` turns these lines into the table of docs/performance.md.
#[expect(clippy::print_stdout, reason = "a benchmark's result is what it prints")]
pub fn figure(name: &str, value: &str, goal: &str, verdict: bool) {
    let verdict = if goal == "none" {
        "–"
    } else if verdict {
        "met"
    } else {
        "not met"
    };
    println!("figure | {name} | {value} | {goal} | {verdict}");
}
