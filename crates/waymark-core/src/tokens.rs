//! Tokens, counted with a real tokenizer that is named.
//!
//! The tokenizer takes tens of milliseconds to load and is loaded at the first count, never at start. Texts are counted
//! in pieces that end where no token can span, and the counts of pieces are remembered: after a keystroke only the
//! sentence around it is counted anew.

use std::{
    collections::HashMap,
    hash::BuildHasher,
    sync::{LazyLock, Mutex, PoisonError},
};

use foldhash::quality::RandomState;

/// The tokenizer that counts.
pub const ENCODING: &str = "o200k_base";

/// Counts that are remembered: about 4 MB.
const REMEMBERED_MAX: usize = 100_000;
/// Shorter pieces are joined: remembering costs more than counting.
const PIECE_MIN: usize = 64;

/// Counts by the hash of a piece and its length. Two pieces of one length and one hash are a one in a billion chance, and
/// then a number is off by a few.
type Remembered = HashMap<(u64, usize), u32, RandomState>;

static REMEMBERED: LazyLock<Mutex<Remembered>> = LazyLock::new(Mutex::default);
static HASHER: LazyLock<RandomState> = LazyLock::new(RandomState::default);

/// Shorter parts are counted again with the whole: that costs less than finding them.
const PART_MIN: usize = 1_024;
/// So many bytes of a part are looked for, and so many places looked at, before it counts as not found.
const PROBE: usize = 48;
const PLACES_MAX: usize = 8;

/// Tokens of a text.
pub fn count(text: &str) -> u32 {
    let mut remembered = REMEMBERED.lock().unwrap_or_else(PoisonError::into_inner);
    count_in(&mut remembered, text)
}

/// Tokens of a text, and of each of the parts that it was put together from. Where a part stands in the text as it is, it
/// is counted once for both.
pub fn count_with_parts(text: &str, parts: &[&str]) -> (u32, Vec<u32>) {
    let mut remembered = REMEMBERED.lock().unwrap_or_else(PoisonError::into_inner);
    let mut counts = Vec::with_capacity(parts.len());
    let mut known: Vec<Known> = Vec::new();
    for part in parts {
        let (count, inner) = count_part(&mut remembered, part);
        counts.push(count);
        if part.len() >= PART_MIN
            && let Some(at) = place_of(text, part)
        {
            known.push(Known { from: at + inner.from, to: at + inner.to, tokens: inner.tokens });
        }
    }
    known.sort_by_key(|known| known.from);
    let (mut done, mut total) = (0, 0);
    for Known { from, to, tokens } in known {
        // Two parts may have been found in one place; then the second is counted with the rest.
        if from >= done {
            total += count_in(&mut remembered, &text[done..from]) + tokens;
            done = to;
        }
    }
    (total + count_in(&mut remembered, &text[done..]), counts)
}

/// A stretch of a text that begins and ends where the tokenizer splits whatever stands around it, and its tokens.
struct Known {
    from: usize,
    to: usize,
    tokens: u32,
}

/// Tokens of a part, and of its inside: from the first place where the tokenizer splits to the last.
fn count_part(remembered: &mut Remembered, part: &str) -> (u32, Known) {
    let mut pieces = pieces(part);
    let head = pieces.next().unwrap_or_default();
    let before = if head.is_empty() { 0 } else { count_piece(remembered, head) };
    let mut inside = Known { from: head.len(), to: head.len(), tokens: 0 };
    let mut last = (0, 0);
    for piece in pieces {
        inside.to += last.0;
        inside.tokens += last.1;
        last = (piece.len(), count_piece(remembered, piece));
    }
    (before + inside.tokens + last.1, inside)
}

/// Where a part stands in a text, if it is easily found.
fn place_of(text: &str, part: &str) -> Option<usize> {
    let probe = &part[..part.floor_char_boundary(PROBE)];
    text.match_indices(probe).take(PLACES_MAX).map(|(at, _)| at).find(|at| text[*at..].starts_with(part))
}

fn count_in(remembered: &mut Remembered, text: &str) -> u32 {
    pieces(text).map(|piece| count_piece(remembered, piece)).sum()
}

fn count_piece(remembered: &mut Remembered, piece: &str) -> u32 {
    let key = (HASHER.hash_one(piece), piece.len());
    if let Some(count) = remembered.get(&key) {
        return *count;
    }
    let count = bpe_openai::o200k_base().count(piece) as u32;
    if remembered.len() >= REMEMBERED_MAX {
        remembered.clear();
    }
    remembered.insert(key, count);
    count
}

/// The text in pieces whose counts add up to its own. A piece ends where the tokenizer always splits: after a line
/// break whose next line begins with (indented) visible ASCII, and between two words. Between words, only some pairs of
/// letters end a piece; what they are depends on nothing else, so that a change moves only the pieces around it.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (piece, after) = rest.split_at(first_cut(rest));
        rest = after;
        Some(piece)
    })
}

fn first_cut(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_cut = |at: usize| match (bytes[at - 1], bytes[at]) {
        (b'\n', _) => begins_visibly(&bytes[at..]),
        (before, b' ') if before.is_ascii_graphic() => {
            bytes.get(at + 1).is_some_and(|after| after.is_ascii_alphabetic() && (before ^ after) & 3 == 0)
        }
        _ => false,
    };
    (PIECE_MIN..bytes.len()).find(|at| is_cut(*at)).unwrap_or(bytes.len())
}

/// Whether a line has visible ASCII after its indentation. The tokenizer joins blank lines, and a slash, to the line
/// break before them.
fn begins_visibly(line: &[u8]) -> bool {
    let indentation = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    line.get(indentation).is_some_and(|byte| byte.is_ascii_graphic() && (indentation > 0 || *byte != b'/'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str) {
        let whole = bpe_openai::o200k_base().count(text) as u32;
        let sum: u32 = pieces(text).map(|piece| bpe_openai::o200k_base().count(piece) as u32).sum();
        assert_eq!(sum, whole, "{text:?}");
        assert_eq!(count(text), whole, "{text:?}");
        assert_eq!(count(text), whole, "the second time: {text:?}");
    }

    fn check_parts(text: &str, parts: &[&str]) {
        let alone = parts.iter().map(|part| count(part)).collect::<Vec<_>>();
        assert_eq!(count_with_parts(text, parts), (count(text), alone), "{parts:?} in {text:?}");
    }

    #[test]
    fn pieces_add_up_to_the_whole() {
        let long = "A sentence of some length that ends here, and goes on. Then one more!  Two spaces.\n\n  ";
        for text in [
            "",
            "hello world",
            &long.repeat(9),
            &"# Heading\n\n```bash\nnpm run dev\n```\n/usr/bin\n\n\n- a\n  - b\n\t- c\n".repeat(9),
            &"ünïcödé. Ä b! c, d\u{a0}e\n\u{3000}x\n'll do. It's\r\nso? yes".repeat(9),
            &"\\n\\n1. Run it\\n2. Look, see. Done".repeat(20),
        ] {
            check(text);
        }
    }

    #[test]
    fn parts_that_stand_in_a_text_are_counted_with_it() {
        let long = "Open the settings, and choose one.\n- then go on\n".repeat(60);
        let indented = format!("  \n  {long}\n\n");
        for parts in
            [&[long.as_str(), "Short."][..], &[&long, &long], &[&long[7..], &long], &[&indented, &long], &["", &long]]
        {
            check_parts(&format!("<a>\n{}\n</a>\n", parts.concat()), parts);
            check_parts(&parts.join("\n</a>\n\n<b>\n/"), parts);
            check_parts("A text without any of them.", parts);
        }
    }

    proptest! {
        #[test]
        fn any_part_is_counted_as_when_it_stands_alone(words in proptest::collection::vec("[ -~\n\r\t]{0,60}|\\PC{0,10}|[ \n\t.,/ac']{1,9}", 30..90), around in "[ -~\n]{0,9}|\\PC{0,3}") {
            let part = words.concat();
            check_parts(&format!("{around}{part}{around}"), &[&part, &part]);
        }

        #[test]
        fn any_text_counts_as_the_tokenizer_counts_it(words in proptest::collection::vec("[ -~\n\r\t]{0,40}|\\PC{0,10}|[ \n\t.,/ac']{1,9}", 0..60)) {
            check(&words.concat());
        }
    }
}
