//! Queries in their normal form, and what they mark.

use proptest::prelude::*;

use super::*;

fn check(text: &str, normal: &str) {
    assert_eq!(Query::parse(text).to_string(), normal, "{text}");
}

#[test]
fn a_query_means_what_it_says() {
    for (text, normal) in [
        ("", ""),
        ("helm", "helm*"),
        ("  helm   chart ", "helm* & chart*"),
        ("h", "h"),
        ("h*", "h*"),
        ("\u{e4}", "\u{e4}*"),
        ("\"helm chart\"", "\"helm chart\""),
        ("\u{201c}helm chart\u{201d}", "\"helm chart\""),
        ("\"helm chart\"*", "\"helm chart\"*"),
        ("helm OR chart disk", "helm* | chart* & disk*"),
        ("helm | chart", "helm* | chart*"),
        ("disk -helm", "disk* & -helm*"),
        ("disk NOT helm", "disk* & -helm*"),
        ("disk -\"helm chart\"", "disk* & -\"helm chart\""),
        ("type:installer helm", "type=installer & helm*"),
        ("type:i", "type=installer,integration"),
        ("-type:course", "-type=course"),
        ("status:draft OR status:archived", "status=draft | status=archived"),
        ("tag:helm tag:k8s*", "tag=helm & tag=k8s*"),
        ("tag:\"two words\"", "tag=two words"),
        ("server:docs", "server=docs"),
        ("missing:operations has:context", "missing=operations & has=context"),
        ("missing:content_for_user", "missing=user"),
        ("has:tags", "has=tags"),
        ("in:title helm chart", "title:helm* & title:chart*"),
        ("helm in:title in:ops", "title,operations:helm*"),
        ("operations:curl disk", "operations:curl* & disk*"),
        ("title:\"getting started\"", "title:\"getting started\""),
        ("helm in:trash", "helm* & trash"),
        ("in:History helm", "helm* & history"),
    ] {
        check(text, normal);
    }
}

#[test]
fn a_text_without_an_index_fits_as_one_with_it_would() {
    let texts = [
        (Part::Title, "Check the disk"),
        (Part::ContentForUser, "Is the caf\u{e9} full?"),
        (Part::ContextForAgent, " "),
    ];
    let has = |filter: &Filter| matches!(filter, Filter::Tag(name) if name.means("Helm"));
    for (query, expected) in [
        ("disk", true),
        ("disk cafe", true),
        ("ful", true),
        ("\"ful\"", false),
        ("chart OR disk", true),
        ("disk -cafe", false),
        ("title:cafe", false),
        ("in:title disk", true),
        ("disk missing:context", true),
        ("disk has:context", false),
        ("disk tag:helm", true),
        ("disk tag:he", false),
        ("disk tag:he*", true),
        ("disk -tag:helm", false),
    ] {
        let fit = Fit::new(&Query::parse(query)).expect("it asks for a text");
        assert_eq!(fit.fits(&texts, has), expected, "{query}");
    }
    for query in ["", "type:course", "-disk", "in:history"] {
        assert!(Fit::new(&Query::parse(query)).is_none(), "{query}");
    }
}

#[test]
fn what_makes_no_sense_is_forgiven() {
    for (text, normal) in [
        ("\"helm cha", "\"helm cha\"*"),
        ("helm\"chart", "helm* & \"chart\"*"),
        ("OR helm OR", "helm*"),
        ("helm OR OR chart", "helm* | chart*"),
        ("AND helm AND chart", "helm* & chart*"),
        ("- -- --helm", "-helm*"),
        ("NOT", ""),
        ("\"\" ''", ""),
        ("type: tag: in:", ""),
        ("https://acme.example/a?b=c", "https://acme.example/a?b=c*"),
        ("acme-login", "acme-login*"),
        ("a:b:c", "a:b:c*"),
        (":helm", ":helm*"),
        ("(helm) AND (chart)", "(helm)* & (chart)*"),
        ("col:{helm}^2 NEAR(a b)", "col:{helm}^2* & NEAR(a* & b)*"),
        ("a\0b", "a b*"),
    ] {
        check(text, normal);
    }
}

#[test]
fn what_was_not_understood_is_explained() {
    let notes = |text: &str| Query::parse(text).notes.join(" ");
    assert!(notes("type:instaler").contains("There is no walkthrough type `instaler`. Use one of: course"));
    assert!(notes("missing:everything").contains("Use one of: title, description, tags"));
    assert!(notes("!!!").contains("no letter or digit"));
    assert!(notes("-in:title").contains("cannot be turned around"));
    assert!(notes(&"word ".repeat(100)).contains("Only the first 32"));
    assert_eq!(Query::parse(&"word ".repeat(100)).groups.len(), 32);
    assert_eq!(notes("helm type:installer"), "");
}

fn marked(query: &str, text: &str) -> String {
    let snippet = Finder::new(&Query::parse(query)).places(Part::ContentForUser, text).snippet(text);
    let units: Vec<u16> = snippet.text.encode_utf16().collect();
    let mut shown = String::new();
    let mut at = 0;
    for Mark { from, to } in snippet.marks {
        let piece = |from: usize, to: usize| String::from_utf16(&units[from..to]).expect("marks keep characters whole");
        shown += &format!("{}[{}]", piece(at, from as usize), piece(from as usize, to as usize));
        at = to as usize;
    }
    shown + &String::from_utf16(&units[at..]).expect("whole characters")
}

#[test]
fn marks_are_where_the_words_are() {
    for (query, text, expected) in [
        ("helm", "Use Helm, or helmfile.", "Use [Helm], or [helmfile]."),
        ("\"helm\"", "Use Helm, or helmfile.", "Use [Helm], or helmfile."),
        ("cafe", "Im Caf\u{e9} und im Cafe\u{301}.", "Im [Caf\u{e9}] und im [Cafe\u{301}]."),
        ("\"acme login\"", "Run `acme\n  login` \u{1f600} now", "Run `[acme login]` \u{1f600} now"),
        ("acme-log", "\u{1f600} acme login", "\u{1f600} [acme login]"),
        ("run -now", "run it now", "[run] it now"),
        ("run OR it", "run it now", "[run] [it] now"),
        ("operations:run", "run it now", "run it now"),
        ("none", "  First line.\n\n\nSecond.  ", "First line. Second."),
    ] {
        assert_eq!(marked(query, text), expected, "{query}");
    }
}

#[test]
fn a_long_text_is_cut_around_the_first_place() {
    let text = format!("{}needle {}", "before ".repeat(100), "after ".repeat(100));
    let shown = marked("needle", &text);
    assert!(shown.starts_with("…before ") && shown.ends_with('…'), "{shown}");
    assert!(shown.contains(" [needle] after ") && shown.chars().count() < 160, "{shown}");
}

#[test]
fn the_first_place_is_counted_as_editors_count() {
    let text = "\u{1f600} na\u{ef}ve disk";
    let places = Finder::new(&Query::parse("disk")).places(Part::Title, text);
    assert_eq!(places.first(text), Some(Mark { from: 9, to: 13 }));
}

proptest! {
    #[test]
    fn no_query_is_an_error_and_its_normal_form_is_stable(text in any::<String>()) {
        let query = Query::parse(&text);
        prop_assert!(query.groups.iter().flatten().count() <= 32);
    }

    #[test]
    fn marks_never_split_a_character(query in "[a-zäé\u{1f600}\" *-]{0,12}", text in "[a-cäé\u{1f600} \n]{0,300}") {
        let snippet = marked(&query, &text);
        prop_assert!(!snippet.contains('\n'));
    }
}
