//! The filters and tests that templates have: a short list, each with capped arguments and results.

use std::{borrow::Cow, cell::Cell, fmt, fmt::Write as _};

use minijinja::{Environment, Error, ErrorKind, Output, State, Value, filters, tests};

use crate::render::OUTPUT_MAX_BYTES;

/// Spaces that `indent` may put before a line.
const INDENT_MAX: usize = 40;

thread_local! {
    /// Bytes that the running template may still produce, captured ones included.
    static BUDGET: Cell<usize> = const { Cell::new(0) };
}

/// Before each run.
pub fn reset_budget() {
    // Captured text is written twice: when it is captured, and when it is shown.
    BUDGET.set(2 * OUTPUT_MAX_BYTES);
}

fn spend(bytes: usize) -> Result<(), Error> {
    match BUDGET.get().checked_sub(bytes) {
        Some(left) => BUDGET.set(left),
        None => return Err(Error::new(ErrorKind::WriteFailure, "the text is too long")),
    }
    Ok(())
}

/// Writes a value: what is absent or null leaves no trace.
pub fn write(out: &mut Output, _state: &mut State, value: &Value) -> Result<(), Error> {
    if value.is_none() || value.is_undefined() {
        return Ok(());
    }
    if let Some(text) = value.as_str() {
        spend(text.len())?;
        return Ok(out.write_str(text)?);
    }
    Ok(write!(Metered(out), "{value}")?)
}

struct Metered<'a, 'b>(&'a mut Output<'b>);

impl fmt::Write for Metered<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        spend(text.len()).map_err(|_| fmt::Error)?;
        self.0.write_str(text)
    }
}

/// Adds them all to an empty environment.
pub fn install(environment: &mut Environment<'static>) {
    environment.add_filter("trim", |text: &str| text.trim().to_owned());
    environment.add_filter("upper", |text: &str| text.to_uppercase());
    environment.add_filter("lower", |text: &str| text.to_lowercase());
    environment.add_filter("capitalize", capitalize);
    environment.add_filter("length", filters::length);
    environment.add_filter("count", filters::length);
    environment.add_filter("default", filters::default);
    environment.add_filter("d", filters::default);
    environment.add_filter("first", filters::first);
    environment.add_filter("last", filters::last);
    environment.add_filter("int", filters::int);
    environment.add_filter("lines", |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>());
    environment.add_filter("replace", replace);
    environment.add_filter("join", join);
    environment.add_filter("indent", indent);
    environment.add_test("defined", tests::is_defined);
    environment.add_test("undefined", tests::is_undefined);
    environment.add_test("none", tests::is_none);
    environment.add_test("string", tests::is_string);
    environment.add_test("number", tests::is_number);
    environment.add_test("mapping", tests::is_mapping);
    environment.add_test("sequence", tests::is_sequence);
    environment.add_test("odd", tests::is_odd);
    environment.add_test("even", tests::is_even);
    environment.add_test("eq", tests::is_eq);
    environment.add_test("equalto", tests::is_eq);
    environment.add_test("ne", tests::is_ne);
    environment.add_test("lt", tests::is_lt);
    environment.add_test("gt", tests::is_gt);
    environment.add_test("in", tests::is_in);
}

fn capitalize(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + &letters.as_str().to_lowercase())
}

fn replace(text: &str, from: &str, to: &str) -> Result<String, Error> {
    let grown = text.matches(from).count().saturating_mul(to.len()).saturating_add(text.len());
    spend(grown)?;
    Ok(text.replace(from, to))
}

fn join(values: &Value, separator: Option<Cow<'_, str>>) -> Result<String, Error> {
    let separator = separator.unwrap_or_default();
    let mut joined = Collected(String::new());
    for (index, value) in values.try_iter()?.enumerate() {
        let value = if value.is_none() { Value::UNDEFINED } else { value };
        if index > 0 {
            joined.write_str(&separator)?;
        }
        write!(joined, "{value}")?;
    }
    Ok(joined.0)
}

/// Text that spends the budget as it grows.
struct Collected(String);

impl fmt::Write for Collected {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        spend(text.len()).map_err(|_| fmt::Error)?;
        self.0.push_str(text);
        Ok(())
    }
}

fn indent(text: &str, width: usize, first: Option<bool>, blank: Option<bool>) -> Result<String, Error> {
    if width > INDENT_MAX {
        let detail = format!("`indent` takes up to {INDENT_MAX} spaces, not {width}");
        return Err(Error::new(ErrorKind::InvalidOperation, detail));
    }
    let prefix = " ".repeat(width);
    let mut indented = Collected(String::with_capacity(text.len()));
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            indented.write_str("\n")?;
        }
        let is_indented = if index == 0 { first == Some(true) } else { !line.is_empty() || blank == Some(true) };
        if is_indented {
            indented.write_str(&prefix)?;
        }
        indented.write_str(line)?;
    }
    Ok(indented.0)
}
