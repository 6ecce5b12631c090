//! Bundles there and back, and what is refused.

use std::io::{Cursor, Write};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{write::pack, *};
use crate::{
    content::{ContentFields, FieldsV1},
    conversation::script::Script,
    error::Error,
    hash,
    learner::call::Profile,
    review::{Comment, Decision, State, Target},
    walkthrough::{Step, WalkthroughType},
};

fn random(length: usize) -> Vec<u8> {
    vec![7; length]
}

fn bundle() -> Bundle {
    let fields = FieldsV1 { content_for_user: Some("![a](files/a.png)".to_owned()), ..FieldsV1::default() };
    let step = Step { content_fields: ContentFields::V1(fields), ..Step::new("wts_1", "Install") };
    let walkthrough = Walkthrough { steps: vec![step], ..Walkthrough::new("wt_1", "Tour", WalkthroughType::Course) };
    let anchor = Anchor::of("![a](files/a.png)", 2, 3).expect("a stretch");
    let step_target = Target { step: Some("wts_1".into()), anchor: Some(anchor.clone()), ..Target::default() };
    let comment = Comment {
        id: "cmt_1".into(),
        thread: "cmt_1".into(),
        author: "Ada".to_owned(),
        at: Millis(1),
        changed_at: Millis(2),
        text: Some("What is this?".to_owned()),
        target: Some(step_target),
        turn: None,
        audit: None,
    };
    let content_hash = hash::content_hash(&walkthrough);
    let decision = Decision {
        id: "rve_1".into(),
        state: State::Approved,
        author: "Bo".to_owned(),
        at: Millis(3),
        content_hash: content_hash.clone(),
        note: None,
    };
    let script = Script { scenario: Default::default(), profile: Profile::default(), moves: Vec::new() };
    let record = Record {
        version: crate::conversation::record::VERSION.to_owned(),
        walkthrough: "Tour".to_owned(),
        content_hash,
        script,
        turns: Vec::new(),
    };
    let enclosed = Enclosed {
        review: ReviewLog { comments: vec![comment], decisions: vec![decision], ..ReviewLog::default() },
        places: BTreeMap::from([("cmt_1".into(), anchor)]),
        conversations: vec![NamedConversation { name: "First".to_owned(), at: Millis(4), record }],
        files: vec![("a.png".to_owned(), vec![0x89, b'P', b'N', b'G'])],
    };
    Bundle { walkthrough, enclosed, exported_at: Millis(1_754_431_558_265) }
}

fn refused(bytes: &[u8]) -> Error {
    read(bytes, random).expect_err("it is refused")
}

/// The parts of a good bundle, with some changed.
fn parts(change: impl FnOnce(&mut Vec<(String, Vec<u8>)>)) -> Vec<u8> {
    let walkthrough = crate::format::json::write(&bundle().walkthrough, Millis(0));
    let manifest = r#"{"format": "waymark-bundle", "version": "1.0", "walkthrough": "wt_1", "title": "T", "content_hash": "x", "exported_at": 1}"#;
    let mut parts = vec![(MANIFEST.to_owned(), manifest.into()), (WALKTHROUGH.to_owned(), walkthrough.into_bytes())];
    change(&mut parts);
    pack(&parts).expect("an archive")
}

#[test]
fn a_bundle_comes_back_as_it_was() {
    let bundle = bundle();
    let bytes = write(&bundle).expect("a bundle");
    assert_eq!(write(&bundle).expect("a bundle"), bytes, "the same bytes");
    assert!(bytes.starts_with(MAGIC));
    let back = read(&bytes, random).expect("it is read");
    assert_eq!(back.enclosed, bundle.enclosed);
    assert_eq!(hash::content_hash(&back.file.walkthrough), hash::content_hash(&bundle.walkthrough));
    assert_eq!((back.file.walkthrough.id.as_str(), back.file.warnings.len()), ("wt_1", 0));
}

#[test]
fn what_leads_out_of_a_bundle_or_is_none_is_refused_in_clear_words() {
    let with = |name: &str| parts(|parts| parts.push((name.to_owned(), b"x".to_vec())));
    for name in ["../x", "/etc/passwd", "files/../../x", "files/a/b", "files/.x", "c:\\x", "files/a\\b", "a//b"] {
        let error = refused(&with(name));
        assert!(error.message.contains("leads out of it"), "{name}: {error:?}");
    }
    let replaced = |name: &'static str, text: &'static str| {
        parts(|parts| {
            parts.retain(|(known, _)| known != name);
            parts.push((name.to_owned(), text.into()));
        })
    };
    for (bytes, why) in [
        (b"PK\x03\x04 and nothing".to_vec(), "damaged"),
        (b"{}".to_vec(), "damaged"),
        (pack(&[("a.txt".to_owned(), b"x".to_vec())]).expect("an archive"), "no bundle of Waymark"),
        (replaced(MANIFEST, "{}"), "no bundle of Waymark"),
        (replaced(MANIFEST, r#"{"format": "waymark-bundle", "version": "9.0"}"#), "the format `9.0`"),
        (replaced(REVIEW, r#"{"comments": 1}"#), "`review.json` in the bundle cannot be read"),
        (replaced(REVIEW, "\u{0}"), "NUL"),
        (parts(|parts| parts.truncate(1)), "no `walkthrough.json`"),
    ] {
        let error = refused(&bytes);
        assert!(error.message.contains(why) && error.hint.is_some(), "{why}: {error:?}");
    }
    let unknown = read(&with("notes.txt"), random).expect("a part more is no harm");
    assert!(unknown.file.warnings.iter().any(|warning| warning.path == "notes.txt"));
}

#[test]
fn a_bundle_that_came_in_part_is_refused_wherever_it_was_cut() {
    let bytes = write(&bundle()).expect("a bundle");
    for cut in (0..bytes.len()).step_by(37) {
        refused(&bytes[..cut]);
    }
}

#[test]
fn what_unpacks_to_more_than_fits_is_refused_before_it_is_there() {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let zeros = vec![0; 1024 * 1024];
    archive.start_file("files/bomb", options).expect("begun");
    for _ in 0..=UNPACKED_MAX_BYTES / zeros.len() as u64 {
        archive.write_all(&zeros).expect("packed");
    }
    let bytes = archive.finish().expect("an archive").into_inner();
    assert!(bytes.len() < 1024 * 1024);
    assert!(refused(&bytes).message.contains("too large"));
    let many: Vec<_> = (0..=ENTRIES_MAX).map(|number| (format!("files/{number}"), Vec::new())).collect();
    assert!(refused(&pack(&many).expect("an archive")).message.contains("1101 parts"));
}
