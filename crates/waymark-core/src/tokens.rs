//! Tokens, counted with a real tokenizer that is named.
//!
//! A tokenizer takes tens of milliseconds to load and is loaded at its first count, never at start; one that nobody counts
//! with is never loaded. Texts are counted
//! in pieces that end where no token can span, and the counts of pieces are remembered: after a keystroke only the
//! sentence around it is counted anew.

use std::{
    collections::HashMap,
    hash::BuildHasher,
    sync::{LazyLock, Mutex, MutexGuard, PoisonError},
};

use foldhash::quality::RandomState;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// A tokenizer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub enum Encoding {
    /// That of the models since GPT-4o.
    #[default]
    #[serde(rename = "o200k_base")]
    O200k,
    /// That of GPT-4 and GPT-3.5.
    #[serde(rename = "cl100k_base")]
    Cl100k,
}

impl Encoding {
    /// All of them, the usual one first.
    pub const ALL: [Encoding; 2] = [Encoding::O200k, Encoding::Cl100k];

    /// Its name wherever a count stands.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::O200k => "o200k_base",
            Encoding::Cl100k => "cl100k_base",
        }
    }

    /// The one of this name.
    ///
    /// # Errors
    /// `InvalidInput` on `tokenizer`.
    pub fn find(name: &str) -> Result<Self> {
        Self::ALL.into_iter().find(|encoding| encoding.name() == name).ok_or_else(|| {
            let known = Self::ALL.map(Encoding::name).join("` and `");
            Error::invalid(format!("There is no tokenizer `{name}`."))
                .with_field("tokenizer")
                .with_hint(format!("There are `{known}`."))
        })
    }

    fn count(self, piece: &str) -> u32 {
        let tokenizer = match self {
            Encoding::O200k => bpe_openai::o200k_base(),
            Encoding::Cl100k => bpe_openai::cl100k_base(),
        };
        tokenizer.count(piece) as u32
    }
}

/// Counts that are remembered: about 4 MB.
const REMEMBERED_MAX: usize = 100_000;
/// Shorter pieces are joined: remembering costs more than counting.
const PIECE_MIN: usize = 64;

/// Counts by tokenizer, and the hash of a piece and its length. Two pieces of one length and one hash are a one in a billion chance, and
/// then a number is off by a few.
type Remembered = HashMap<(Encoding, u64, usize), u32, RandomState>;

static REMEMBERED: LazyLock<Mutex<Remembered>> = LazyLock::new(Mutex::default);
static HASHER: LazyLock<RandomState> = LazyLock::new(RandomState::default);

/// Shorter parts are counted again with the whole: that costs less than finding them.
const PART_MIN: usize = 1_024;
/// So many bytes of a part are looked for, and so many places looked at, before it counts as not found.
const PROBE: usize = 48;
const PLACES_MAX: usize = 8;

/// Tokens of a text.
pub fn count(encoding: Encoding, text: &str) -> u32 {
    Counter::new(encoding).count(text)
}

/// Tokens of a text, and of each of the parts that it was put together from. Where a part stands in the text as it is, it
/// is counted once for both.
pub fn count_with_parts(encoding: Encoding, text: &str, parts: &[&str]) -> (u32, Vec<u32>) {
    let mut counter = Counter::new(encoding);
    let mut counts = Vec::with_capacity(parts.len());
    let mut known: Vec<Known> = Vec::new();
    for part in parts {
        let (count, inner) = counter.count_part(part);
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
            total += counter.count(&text[done..from]) + tokens;
            done = to;
        }
    }
    (total + counter.count(&text[done..]), counts)
}

/// A stretch of a text that begins and ends where the tokenizer splits whatever stands around it, and its tokens.
struct Known {
    from: usize,
    to: usize,
    tokens: u32,
}

/// Where a part stands in a text, if it is easily found.
fn place_of(text: &str, part: &str) -> Option<usize> {
    let probe = &part[..part.floor_char_boundary(PROBE)];
    text.match_indices(probe).take(PLACES_MAX).map(|(at, _)| at).find(|at| text[*at..].starts_with(part))
}

/// Counts with one tokenizer, and with what is remembered.
struct Counter {
    encoding: Encoding,
    remembered: MutexGuard<'static, Remembered>,
}

impl Counter {
    fn new(encoding: Encoding) -> Self {
        Self { encoding, remembered: REMEMBERED.lock().unwrap_or_else(PoisonError::into_inner) }
    }

    fn count(&mut self, text: &str) -> u32 {
        pieces(text).map(|piece| self.count_piece(piece)).sum()
    }

    /// Tokens of a part, and of its inside: from the first place where the tokenizer splits to the last.
    fn count_part(&mut self, part: &str) -> (u32, Known) {
        let mut pieces = pieces(part);
        let head = pieces.next().unwrap_or_default();
        let before = if head.is_empty() { 0 } else { self.count_piece(head) };
        let mut inside = Known { from: head.len(), to: head.len(), tokens: 0 };
        let mut last = (0, 0);
        for piece in pieces {
            inside.to += last.0;
            inside.tokens += last.1;
            last = (piece.len(), self.count_piece(piece));
        }
        (before + inside.tokens + last.1, inside)
    }

    fn count_piece(&mut self, piece: &str) -> u32 {
        let key = (self.encoding, HASHER.hash_one(piece), piece.len());
        if let Some(count) = self.remembered.get(&key) {
            return *count;
        }
        let count = self.encoding.count(piece);
        if self.remembered.len() >= REMEMBERED_MAX {
            self.remembered.clear();
        }
        self.remembered.insert(key, count);
        count
    }
}

/// The text in pieces whose counts add up to its own. A piece ends where both tokenizers always split: after a line
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

/// Whether a line has visible ASCII after its indentation. The tokenizers join blank lines, and one of them a slash, to the
/// line break before them.
fn begins_visibly(line: &[u8]) -> bool {
    let indentation = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    line.get(indentation).is_some_and(|byte| byte.is_ascii_graphic() && (indentation > 0 || *byte != b'/'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str) {
        for encoding in Encoding::ALL {
            let whole = encoding.count(text);
            let sum: u32 = pieces(text).map(|piece| encoding.count(piece)).sum();
            assert_eq!(sum, whole, "{encoding:?}: {text:?}");
            assert_eq!(count(encoding, text), whole, "{encoding:?}: {text:?}");
            assert_eq!(count(encoding, text), whole, "{encoding:?}, the second time: {text:?}");
        }
    }

    fn check_parts(text: &str, parts: &[&str]) {
        for encoding in Encoding::ALL {
            let alone = parts.iter().map(|part| count(encoding, part)).collect::<Vec<_>>();
            let together = count_with_parts(encoding, text, parts);
            assert_eq!(together, (count(encoding, text), alone), "{encoding:?}: {parts:?} in {text:?}");
        }
    }

    #[test]
    fn each_tokenizer_counts_as_it_is_known_to() {
        // As tiktoken has it: tiktoken.get_encoding(name).encode(text).
        for (text, o200k, cl100k) in [("hello world", 2, 2), ("antidisestablishmentarianism", 6, 6), ("", 0, 0)] {
            assert_eq!((count(Encoding::O200k, text), count(Encoding::Cl100k, text)), (o200k, cl100k), "{text}");
        }
        let chinese = "今天天气怎么样";
        assert!(count(Encoding::O200k, chinese) < count(Encoding::Cl100k, chinese), "they are two");
        for encoding in Encoding::ALL {
            assert_eq!(Encoding::find(encoding.name()).expect("it is known"), encoding);
            assert_eq!(crate::json::FreeJson::of(&encoding).as_str(), format!("\"{}\"", encoding.name()));
        }
        assert_eq!(Encoding::find("p50k_base").expect_err("there are two").field.as_deref(), Some("tokenizer"));
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
