//! Files beside a walkthrough: what they may be called, how a text links to them, and which of them are pictures.
//!
//! A text names a file as `files/<name>`, relative to the walkthrough. Names are made so that they are the same in a link,
//! on every file system and in a URL: no spaces, no folders, nothing to escape.

use std::{collections::BTreeMap, ops::Range};

use pulldown_cmark::{Event, LinkType, Parser, Tag};
use serde::{Deserialize, Serialize};

use crate::{
    error::{Code, Error, Result},
    hash,
    history::keeping::UNDO,
    id::WalkthroughId,
    json::FreeJson,
    markdown,
    walkthrough::Millis,
};

/// Where a text says that they are.
pub const FOLDER: &str = "files";
/// Bytes in one file.
pub const MAX_BYTES: u64 = 32 * 1024 * 1024;
/// Bytes in a picture that a preview shows; of a larger one it shows the name.
pub const SHOWN_MAX_BYTES: u64 = 8 * 1024 * 1024;
/// Characters in a name, with its ending.
const NAME_MAX: usize = 80;

/// A file beside a walkthrough.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Attachment {
    /// Its name in the folder.
    pub name: String,
    /// How large.
    pub bytes: u32,
    /// The Markdown that shows or links it.
    pub markdown: String,
}

impl Attachment {
    /// A file by its name, size and first bytes.
    pub fn new(name: String, bytes: u64, start: &[u8]) -> Self {
        let markdown = markdown(&name, media_type(start).is_some());
        Self { name, bytes: u32::try_from(bytes).unwrap_or(u32::MAX), markdown }
    }
}

/// The name that a file gets here. What the person called it shows through; what a link or a file system would stumble
/// over does not.
pub fn clean_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let mut name = String::with_capacity(last.len());
    for character in last.chars() {
        let kept = if character.is_alphanumeric() || matches!(character, '.' | '_') { character } else { '-' };
        if kept != '-' || !name.ends_with('-') {
            name.push(kept);
        }
    }
    let (stem, ending) = split(name.trim_matches(['-', '.']));
    let stem = if stem.is_empty() || is_reserved(stem) { format!("file-{stem}") } else { stem.to_owned() };
    let ending: String = ending.to_lowercase().chars().take(12).collect();
    let stem: String = stem.trim_matches('-').chars().take(NAME_MAX - 13).collect();
    format!("{stem}{ending}")
}

/// The same name, or one with a number, that is not taken.
pub fn free_name(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let (stem, ending) = split(name);
    let numbered = (2..).map(|number| format!("{stem}-{number}{ending}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|name| !is_taken(name)).unwrap_or_else(|| name.to_owned())
}

/// The file that a link leads to, if it leads to one of these.
pub fn linked_name(target: &str) -> Option<&str> {
    let path = target.strip_prefix("./").unwrap_or(target).strip_prefix(FOLDER)?.strip_prefix('/')?;
    let name = path.split(['?', '#']).next().unwrap_or_default();
    is_name(name).then_some(name)
}

/// The text with the links to these files (by old name) leading to their new names, and how many there are; `None` where it
/// has no such link. Links only: what stands in code or in prose is somebody's words.
pub fn rename_links(text: &str, names: &BTreeMap<String, String>) -> Option<(String, u32)> {
    if !text.contains(FOLDER) {
        return None;
    }
    let new_target = |target: &str| {
        let name = linked_name(target)?;
        let new = names.get(name)?;
        Some(target.replacen(&format!("{FOLDER}/{name}"), &format!("{FOLDER}/{new}"), 1))
    };
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    let mut look = |target: &str, range: Range<usize>| {
        if let Some(new) = new_target(target)
            && let Some(at) = text[range.clone()].rfind(target)
        {
            let from = range.start + at;
            found.push((from..from + target.len(), new));
        }
    };
    let parser = Parser::new_ext(text, markdown::options());
    // What a link by reference leads to stands in its definition.
    for (_, definition) in parser.reference_definitions().iter() {
        look(&definition.dest, definition.span.clone());
    }
    for (event, range) in parser.into_offset_iter() {
        if let Event::Start(Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. }) = event
            && matches!(link_type, LinkType::Inline | LinkType::Autolink)
        {
            look(&dest_url, range);
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    // A picture in a link to the same file is found for both, and each at its own place.
    found.dedup_by_key(|(range, _)| range.start);
    let mut renamed = text.to_owned();
    for (range, new) in found.iter().rev() {
        renamed.replace_range(range.clone(), new);
    }
    (!found.is_empty()).then_some((renamed, found.len() as u32))
}

/// Whether a text (or the JSON that it stands in) may mean this file. It says so rather once too often: what nothing means
/// is removed in the end, so that a name which may be written in several ways, or an escape, counts as meant.
pub fn is_mentioned(text: &str, name: &str) -> bool {
    !name.is_ascii() || text.contains(name) || text.contains("\\u00")
}

/// Whether a file that nothing means any more may go: unused for as long as undo reaches back, put there no later, and
/// with no edit left in the journal (`oldest_edit`) that undo could take the text back over to where it was meant.
pub fn may_go(unused_since: Millis, oldest_edit: Option<Millis>, now: Millis) -> bool {
    now.0 - unused_since.0 >= UNDO && oldest_edit.is_none_or(|edit| edit > unused_since)
}

/// Whether this could be the name of a file here, and of nothing outside.
pub fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', '\0'])
}

/// The folder of a walkthrough's files. An id comes from anywhere and may be anything; a folder's name may not.
pub fn folder_name(id: &WalkthroughId) -> String {
    let id = id.as_str();
    let is_plain = id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    // Some file systems do not tell large letters from small ones, and ids do.
    let mark = &hash::digest(&FreeJson::of(&id))[..12];
    if is_plain && !id.is_empty() && id.len() <= 40 { format!("{id}-{mark}") } else { format!("x-{mark}") }
}

/// The type of a picture, from its first bytes; `None` for what no preview shows. SVG is not among them: it is a document.
pub fn media_type(start: &[u8]) -> Option<&'static str> {
    match start {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

/// Refuses what is too large to go along with a text.
///
/// # Errors
/// `InvalidInput` naming the file and both sizes.
pub fn check_size(name: &str, bytes: u64) -> Result<()> {
    if bytes <= MAX_BYTES {
        return Ok(());
    }
    let mega = |bytes: u64| bytes.div_ceil(1024 * 1024);
    Err(Error::invalid(format!("The file `{name}` has {} MB.", mega(bytes)))
        .with_field("file")
        .with_hint(format!("A file may have up to {} MB. Make it smaller, or link to it.", mega(MAX_BYTES))))
}

/// There is no such file.
pub fn no_such(name: &str) -> Error {
    Error::new(Code::NotFound, format!("The walkthrough has no file `{name}`."))
        .with_hint("Drop it on the text again, or take the link out.")
}

fn markdown(name: &str, is_picture: bool) -> String {
    if is_picture {
        let words = split(name).0.replace(['-', '_'], " ");
        format!("![{}]({FOLDER}/{name})", words.trim())
    } else {
        format!("[{name}]({FOLDER}/{name})")
    }
}

/// The name and its ending, with the dot.
fn split(name: &str) -> (&str, &str) {
    match name.rfind('.') {
        Some(dot) if dot > 0 => name.split_at(dot),
        _ => (name, ""),
    }
}

/// Names that Windows keeps for devices.
fn is_reserved(stem: &str) -> bool {
    let stem = stem.to_ascii_lowercase();
    let is_numbered = |kind: &str| stem.strip_prefix(kind).is_some_and(|n| n.len() == 1 && n != "0");
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || is_numbered("com") || is_numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_in_a_link_and_on_a_disk() {
        for (given, expected) in [
            ("Screen Shot 1.PNG", "Screen-Shot-1.png"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\me\\plan (final).pdf", "plan-final.pdf"),
            ("größe.jpg", "größe.jpg"),
            (".hidden", "hidden"),
            ("", "file"),
            ("...", "file"),
            ("con.txt", "file-con.txt"),
            ("a\u{202e}b\0c.md", "a-b-c.md"),
        ] {
            assert_eq!(clean_name(given), expected, "{given:?}");
            assert!(is_name(&clean_name(given)), "{given:?}");
            let link = format!("{FOLDER}/{expected}");
            assert_eq!(linked_name(&link), Some(expected), "{given:?}");
        }
        assert!(clean_name(&format!("{}.{}", "x".repeat(300), "y".repeat(300))).chars().count() <= NAME_MAX);
    }

    #[test]
    fn what_may_still_be_meant_or_come_back_by_undo_stays() {
        assert!(is_mentioned("see files/a.png", "a.png") && !is_mentioned("see files/a.png", "b.png"));
        assert!(is_mentioned("", "gr\u{f6}\u{df}e.png"), "a link may have it in other letters");
        assert!(is_mentioned(r"files/\u0061.png", "a.png"), "an escape may be any letter");
        let at = |days: i64| Millis(days * 86_400_000);
        for (unused_since, oldest_edit, now, expected) in [
            (at(1), None, at(31), true),
            (at(1), Some(at(5)), at(31), true),
            (at(1), Some(at(1)), at(400), false),
            (at(1), None, at(30), false),
        ] {
            assert_eq!(may_go(unused_since, oldest_edit, now), expected, "{unused_since:?} {oldest_edit:?} {now:?}");
        }
    }

    #[test]
    fn only_links_into_the_folder_name_a_file() {
        for (target, expected) in [
            ("files/a.png", Some("a.png")),
            ("./files/a.png#top", Some("a.png")),
            ("files/", None),
            ("files/../a.png", None),
            ("files/.secret", None),
            ("a.png", None),
            ("/files/a.png", None),
            ("https://a.example/files/a.png", None),
        ] {
            assert_eq!(linked_name(target), expected, "{target}");
        }
    }

    #[test]
    fn links_follow_a_file_that_got_another_name_and_nothing_else_does() {
        let names = BTreeMap::from([("a.png".to_owned(), "a-2.png".to_owned())]);
        for (text, expected) in [
            ("![a](files/a.png)", Some(("![a](files/a-2.png)", 1))),
            ("[![a](files/a.png)](./files/a.png#top)", Some(("[![a](files/a-2.png)](./files/a-2.png#top)", 2))),
            (
                "files/a.png: [files/a.png](<files/a.png> \"A\")",
                Some(("files/a.png: [files/a.png](<files/a-2.png> \"A\")", 1)),
            ),
            ("See [it][r].\n\n[r]: files/a.png\n", Some(("See [it][r].\n\n[r]: files/a-2.png\n", 1))),
            ("`files/a.png`\n\n    ![a](files/a.png)\n", None),
            ("![b](files/b.png) [x](https://x.test/files/a.png)", None),
        ] {
            let renamed = rename_links(text, &names);
            assert_eq!(renamed.as_ref().map(|(text, count)| (text.as_str(), *count)), expected, "{text}");
        }
    }

    #[test]
    fn a_taken_name_gets_a_number() {
        assert_eq!(free_name("a.png", |_| false), "a.png");
        assert_eq!(free_name("a.png", |name| ["a.png", "a-2.png"].contains(&name)), "a-3.png");
    }

    #[test]
    fn pictures_are_known_by_their_bytes_and_not_by_their_name() {
        let png = Attachment::new("my_screen-1.png".to_owned(), 9, b"\x89PNG\r\n\x1a\n.");
        assert_eq!(png.markdown, "![my screen 1](files/my_screen-1.png)");
        let lie = Attachment::new("a.png".to_owned(), 9, b"<svg onload=alert(1)>");
        assert_eq!(lie.markdown, "[a.png](files/a.png)");
        assert_eq!(media_type(b"RIFF....WEBPVP8 "), Some("image/webp"));
    }

    #[test]
    fn no_id_leads_out_of_the_folder() {
        for id in ["wt_4hT9xQaB", "../../x", "", "a/b", "C:\\x", "nul", &"x".repeat(500)] {
            let name = folder_name(&WalkthroughId::from(id));
            assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')), "{id:?}: {name}");
            assert!(name.len() <= 60, "{id:?}: {name}");
        }
        assert_ne!(folder_name(&"wt_a".into()), folder_name(&"wt_A".into()));
    }

    #[test]
    fn too_large_a_file_is_refused_with_the_sizes() {
        assert!(check_size("a.mp4", MAX_BYTES).is_ok());
        let error = check_size("a.mp4", MAX_BYTES + 1).expect_err("too large");
        assert!(error.message.contains("33 MB") && error.hint.expect("a hint").contains("32 MB"));
    }
}
