//! Searching a real file, and the index after whatever happened to it.

use proptest::prelude::*;
use waymark_core::{content::Field, edit::Edit, json::FreeJson};

use super::*;
use crate::{
    drafts, edits,
    testing::{apply, assignment, check_index, library, set_text, step, walkthrough},
};

pub(super) async fn filled() -> (Library, tempfile::TempDir) {
    let (library, dir) = library().await;
    let mut install = walkthrough(
        "wt_install",
        "Install on Kubernetes",
        vec![
            step("wts_disk", 1, "Check the disk of the café server."),
            step("wts_chart", 2, "Add the helm chart, then wait."),
        ],
    );
    install.kind = WalkthroughType::Installer;
    install.steps[0].title = "First".to_owned();
    install.steps[1].title = "Second".to_owned();
    install.tags = vec!["helm".to_owned(), "two words".to_owned()];
    install.description = None;
    install.assignments = vec![assignment("msw_1", "docs")];
    install.metadata = Some(FreeJson::parse(r#"{"waymark":{"revision":7},"owner":"platform team"}"#).expect("JSON"));
    let mut course = walkthrough(
        "wt_course",
        "Helm from the start",
        vec![step("wts_why", 1, "Why a chart? Wait for the disk."), step("wts_how", 2, "How it works.")],
    );
    course.steps[0].title = "Reasons".to_owned();
    course.steps[1].title = "Roll back with helm".to_owned();
    for one in [install, course] {
        drafts::insert(&library, one, "test").await.expect("it is new");
    }
    let id = "wt_course".into();
    let text = Edit::SetField {
        step: "wts_how".into(),
        field: Field::OperationsForAgent,
        text: Some("Run helmfile.".to_owned()),
    };
    apply(&library, &id, text).await.expect("operations");
    (library, dir)
}

pub(super) async fn find(library: &Library, text: &str) -> LibraryFound {
    let input = SearchLibrary { text: text.to_owned(), ..SearchLibrary::default() };
    search(library, &input).await.expect("no query is an error")
}

/// `walkthrough(step.part step.part)`, ordered by name.
pub(super) async fn found(library: &Library, text: &str) -> String {
    let found = find(library, text).await;
    let of = |walkthrough: &FoundWalkthrough| {
        let place = |one: &Match| {
            let step = one.step.as_ref().map_or("", |step| step.id.as_str());
            format!("{}.{}", step.trim_start_matches("wts_"), one.part.word())
        };
        let mut places: Vec<String> = walkthrough.matches.iter().map(place).collect();
        places.sort();
        format!("{}({})", walkthrough.id.as_str().trim_start_matches("wt_"), places.join(" "))
    };
    let mut all: Vec<String> = found.walkthroughs.iter().map(of).collect();
    all.sort();
    all.join(" ")
}

#[tokio::test]
async fn the_history_and_the_trash_are_searched_by_the_same_rules_and_say_where_it_is() {
    let (library, _dir) = filled().await;
    apply(&library, &"wt_course".into(), set_text(&"wts_why".into(), "Nothing of it.")).await.expect("edited");
    assert_eq!(find(&library, "\"why a chart\"").await.walkthroughs, []);
    let history = find(&library, "in:history \"why a chart\" missing:operations").await;
    let [course] = &history.walkthroughs[..] else { panic!("{history:?}") };
    let one = &course.matches[0];
    assert_eq!((history.place, course.id.as_str(), one.part), (Place::History, "wt_course", Part::ContentForUser));
    assert_eq!((one.step.as_ref().map(|step| step.number), one.snippet.marks.len()), (Some(1), 1));
    let revisions = crate::revisions::list(&library, &course.id).await.expect("its revisions");
    let named = one.revision.as_ref().map(|revision| revision.id.clone());
    assert!(revisions.iter().any(|revision| Some(&revision.id) == named.as_ref()), "{one:?}");
    for (query, expected) in [
        ("in:history chart", "course(why.user)"),
        ("in:history start", "course(.title)"),
        ("in:history chart -type:course", ""),
        ("in:history chart tag:one", "course(why.user)"),
        ("in:history operations:helmfile", ""),
    ] {
        assert_eq!(found(&library, query).await, expected, "{query}");
    }
    assert!(find(&library, "in:history type:course").await.notes[0].contains("which words"));

    drafts::trash(&library, &["wt_install".into()], "test").await.expect("in the trash");
    let trash = find(&library, "in:trash helm").await;
    assert_eq!((trash.place, trash.walkthroughs_total), (Place::Trash, 1));
    assert_eq!(find(&library, "helm").await.place, Place::Library);
}

#[tokio::test]
async fn queries_find_the_steps_and_the_fields_that_they_ask_for() {
    let (library, _dir) = filled().await;
    for (query, expected) in [
        ("helm", "course(.title how.title) install(.tags chart.user)"),
        ("helmf", "course(how.operations)"),
        ("\"helm\"", "course(.title how.title) install(.tags chart.user)"),
        ("\"helm chart\"", "install(chart.user)"),
        ("chart wait", "course(why.user) install(chart.user)"),
        ("kuber", "install(.title)"),
        ("CAFE", "install(disk.user)"),
        ("disk OR helmfile", "course(how.operations why.user) install(disk.user)"),
        ("chart -helm", "course(why.user)"),
        ("in:title helm", "course(.title how.title)"),
        ("operations:helm", "course(how.operations)"),
        ("type:installer disk", "install(disk.user)"),
        ("type:installer OR helmfile", "course(how.operations) install(.title chart.title disk.title)"),
        ("type:nothing disk", ""),
        ("tag:HELM", "install()"),
        ("tag:hel", ""),
        ("tag:hel* disk", "install(disk.user)"),
        ("tag:\"two words\"", "install()"),
        ("server:docs", "install()"),
        ("-server:docs", "course()"),
        ("-helmfile", "install()"),
        ("missing:description", "install()"),
        ("missing:operations", "course(why.operations) install(chart.operations disk.operations)"),
        ("has:operations", "course(how.operations)"),
        ("missing:operations disk type:course", "course(why.user)"),
        ("platform", "install(.metadata)"),
        ("revision", ""),
        ("in:trash", ""),
        ("", "course() install()"),
        ("nowhere", ""),
    ] {
        assert_eq!(found(&library, query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn a_match_says_where_it_is_and_shows_the_line() {
    let (library, _dir) = filled().await;
    let found = find(&library, "helm chart").await;
    let walkthrough = &found.walkthroughs[0];
    assert_eq!((walkthrough.id.as_str(), walkthrough.title.as_str()), ("wt_install", "Install on Kubernetes"));
    let found = &walkthrough.matches[0];
    let step = found.step.as_ref().expect("a step");
    assert_eq!((step.id.as_str(), step.number, step.title.as_str()), ("wts_chart", 2, "Second"));
    assert_eq!(found.part, Part::ContentForUser);
    assert_eq!(found.snippet.text, "Add the helm chart, then wait.");
    assert_eq!(found.snippet.marks, [Mark { from: 8, to: 12 }, Mark { from: 13, to: 18 }]);
    assert_eq!(found.place, Some(Mark { from: 8, to: 12 }));
}

#[tokio::test]
async fn pages_follow_each_other_and_count_everything() {
    let (library, _dir) = library().await;
    for number in 0..7 {
        let steps = (0..5).map(|step_number| step(&format!("wts_{number}_{step_number}"), step_number, "needle"));
        let draft = walkthrough(&format!("wt_{number}"), &format!("Number {number}"), steps.collect());
        drafts::insert(&library, draft, "test").await.expect("it is new");
    }
    let mut seen = Vec::new();
    for offset in [0, 3, 6, 9] {
        let input = SearchLibrary { text: "needle".to_owned(), limit: 3, offset, ..SearchLibrary::default() };
        let page = search(&library, &input).await.expect("a page");
        for walkthrough in &page.walkthroughs {
            assert_eq!((walkthrough.matches.len(), walkthrough.matches_total), (3, 5));
            assert_eq!((page.walkthroughs_total, page.matches_total), (7, 35));
        }
        seen.extend(page.walkthroughs.into_iter().map(|walkthrough| walkthrough.id));
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 7);
}

#[tokio::test]
async fn the_trash_is_searched_only_when_it_is_asked_for() {
    let (library, _dir) = filled().await;
    let ids = ["wt_install".into()];
    drafts::trash(&library, &ids, "test").await.expect("it is there");
    assert_eq!(found(&library, "disk").await, "course(why.user)");
    assert_eq!(found(&library, "disk in:trash").await, "install(disk.user)");
    drafts::restore(&library, &ids, "test").await.expect("it is there");
    assert_eq!(found(&library, "disk").await, "course(why.user) install(disk.user)");
    check_index(&library).await;
}

#[tokio::test]
async fn what_is_typed_and_taken_back_is_found_and_not_found_at_once() {
    let (library, _dir) = filled().await;
    let id = "wt_course".into();
    apply(&library, &id, set_text(&"wts_why".into(), "Quite another word.")).await.expect("an edit");
    assert_eq!(found(&library, "another").await, "course(why.user)");
    assert_eq!(found(&library, "disk").await, "install(disk.user)");
    edits::undo(&library, &id, "test").await.expect("an undo");
    assert_eq!(found(&library, "another").await, "");
    assert_eq!(found(&library, "why disk").await, "course(why.user)");
    apply(&library, &id, Edit::RemoveStep { step: "wts_why".into() }).await.expect("an edit");
    assert_eq!(found(&library, "disk").await, "install(disk.user)");
    check_index(&library).await;
}

#[tokio::test]
async fn an_edit_that_changes_no_text_leaves_the_index_alone() {
    let (library, _dir) = filled().await;
    let data = async || {
        let rows = sqlx::query_as::<_, (i64, i64)>("SELECT count(*), coalesce(sum(length(block)), 0) FROM search_data");
        rows.fetch_one(library.readers()).await.expect("the index")
    };
    let before = data().await;
    let id = "wt_install".into();
    apply(&library, &id, Edit::MoveStep { step: "wts_chart".into(), to: 0 }).await.expect("a move");
    apply(&library, &id, Edit::SetDuration { minutes: Some(99) }).await.expect("a duration");
    drafts::trash(&library, &[id], "test").await.expect("it is there");
    assert_eq!(data().await, before);
}

#[tokio::test]
async fn content_that_is_no_text_to_this_waymark_is_kept_and_not_found() {
    let (library, _dir) = library().await;
    let deep = format!(r#"{{"version":"v1","x":{}1{}}}"#, "[".repeat(3_000), "]".repeat(3_000));
    let odd = [
        r#"{"version":"v2","contentForUser":"needle"}"#,
        r#"["needle"]"#,
        r#"{"version":"v1","contentForUser":["needle"]}"#,
        r#"{"version":"v1","contentForUser":"\ud800 needle"}"#,
        &deep,
    ];
    for (number, json) in odd.into_iter().enumerate() {
        let mut odd = step(&format!("wts_{number}"), 1, "");
        let json = FreeJson::parse(json).expect("JSON");
        odd.content_fields = waymark_core::content::ContentFields::from_json(&json);
        let draft = walkthrough(&format!("wt_{number}"), &format!("Odd {number}"), vec![odd]);
        drafts::insert(&library, draft, "test").await.expect("it is saved");
    }
    assert_eq!(found(&library, "odd").await.split(' ').count(), 5);
    find(&library, "needle").await;
    check_index(&library).await;
}

#[tokio::test]
async fn a_library_of_before_gets_its_index_from_the_migration() {
    let (library, _dir) = filled().await;
    let writer = library.writer().await.expect("a writer");
    // As if the migration had not run yet.
    let objects = "SELECT type, name FROM sqlite_schema WHERE name GLOB 'search_*' AND type IN ('trigger', 'view')";
    let objects: Vec<(String, String)> = sqlx::query_as(objects).fetch_all(writer).await.expect("names");
    for (kind, name) in objects {
        let drop = sqlx::AssertSqlSafe(format!("DROP {kind} {name}"));
        sqlx::raw_sql(drop).execute(writer).await.expect("dropped");
    }
    sqlx::raw_sql("DROP TABLE search; DROP TABLE search_documents").execute(writer).await.expect("dropped");
    let migration = include_str!("../../../../migrations/library/0004_search.sql");
    sqlx::raw_sql(migration).execute(writer).await.expect("it meets texts that are there");
    let later = include_str!("../../../../migrations/library/0021_texts_everywhere.sql");
    let (of_drafts, _) = later.split_once("DROP TRIGGER history_").expect("two parts");
    sqlx::raw_sql(of_drafts).execute(writer).await.expect("it meets texts that are there");
    assert_eq!(found(&library, "helmf").await, "course(how.operations)");
    check_index(&library).await;
}

#[test]
fn an_expression_of_fts5_quotes_every_text() {
    let of = |text: &str| expression::of(&Query::parse(text)).unwrap_or_default();
    for (text, expected) in [
        ("helm", r#"("helm"*)"#),
        ("helm chart", r#"("helm"*) AND ("chart"*)"#),
        ("a OR bc -\"x y\" -z", r#"(("a" OR "bc"*)) NOT ("x y" OR "z")"#),
        ("in:title NEAR(x", r#"({title} : "NEAR(x"*)"#),
        ("helm type:course", r#"("helm"*)"#),
        ("helm OR type:course", ""),
        ("-helm", ""),
        ("type:course", ""),
    ] {
        assert_eq!(of(text), expected, "{text}");
    }
}

#[derive(Debug, Clone)]
enum Typed {
    Piece(&'static str),
    Any(String),
}

fn query_text() -> impl Strategy<Value = String> {
    let pieces = [
        "\"",
        "*",
        "(",
        ")",
        " OR ",
        " AND ",
        " NOT ",
        "-",
        "^",
        ":",
        "{",
        "}",
        "+",
        "NEAR(",
        "'",
        "helm",
        "disk ",
        "ä",
        "in:title ",
        "type:course ",
        "missing:operations ",
        "has:tags ",
        "tag:x ",
        "-in:trash ",
        "server:* ",
        "\0",
        ",",
        "title:",
        "search:",
        "rowid:",
        "\u{fffd}",
        "\u{200b}",
        "\u{301}",
        "一",
    ];
    let piece = prop_oneof![
        4 => proptest::sample::select(pieces.to_vec()).prop_map(Typed::Piece),
        1 => any::<String>().prop_map(Typed::Any),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| {
        let text = |piece: Typed| match piece {
            Typed::Piece(text) => text.to_owned(),
            Typed::Any(text) => text,
        };
        pieces.into_iter().map(text).collect()
    })
}

#[test]
fn no_text_that_is_typed_is_an_error() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let (library, _dir) = runtime.block_on(filled());
    let config = ProptestConfig { cases: ProptestConfig::default().cases.max(600), ..ProptestConfig::default() };
    proptest!(config, |(text in query_text())| {
        let input = SearchLibrary { text, ..SearchLibrary::default() };
        runtime.block_on(search(&library, &input)).expect("no query is an error");
    });
}

#[tokio::test]
async fn a_query_of_the_greatest_size_is_answered() {
    let (library, _dir) = filled().await;
    for words in ["disk ", "disk OR ", "-disk ", "in:title \"disk\" OR type:course ", "\"disk ", "d* "] {
        find(&library, &words.repeat(2_000)).await;
    }
}
