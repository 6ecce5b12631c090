//! `waymark lint` through the real command: its formats, its fixes, its exit status.

use crate::command::Waymark;
use serde_json::{Value, json};

fn with_faults() -> Waymark {
    let waymark = Waymark::new();
    waymark.make("course", "Tour", &["One", "Two"]);
    let text = waymark.file("text.md", "# Hello\\n\\nRun this:\n\n```\nls\n```\nTODO: more.\n");
    waymark.json(&["step", "edit", "Tour", "1", "--field", "content_for_user", "--from", &text]);
    let text = waymark.file("good.md", "Done when it runs.\n");
    waymark.json(&["step", "edit", "Tour", "1", "--field", "introduction_for_agent", "--from", &text]);
    waymark
}

fn rules(findings: &Value) -> Vec<&str> {
    findings.as_array().expect("a list").iter().map(|found| found["rule"].as_str().expect("a rule")).collect()
}

#[test]
fn findings_have_places_and_fixes_and_the_shape_that_scripts_rely_on() {
    let waymark = with_faults();
    let document = waymark.run(&["lint", "--json"]).json();
    assert_eq!(rules(&document["findings"]), ["L023", "L029", "L026", "L015", "L006"]);
    assert_eq!(document["silenced"], json!([]));
    let found = &document["findings"][0];
    assert_eq!(found["place"], json!({ "line": 1, "column": 8, "from": 7, "to": 9 }));
    assert_eq!(found["others"].as_array().map(Vec::len), Some(1));
    assert_eq!(found["fix"]["label"], "Replace with line breaks");
    assert_eq!(waymark.run(&["lint", "--format", "json"]).json(), document);
}

#[test]
fn text_names_the_step_the_field_and_the_rule() {
    let outcome = with_faults().run(&["lint"]);
    assert_eq!(outcome.status, 1, "an empty required field is an error: {outcome:?}");
    assert!(
        outcome.stdout.contains("Tour: warning L023: step 1, user content: Line 1 of the user content"),
        "{outcome:?}"
    );
    assert!(outcome.stdout.lines().next().is_some_and(|line| line.ends_with("(--fix)")), "{outcome:?}");
}

#[test]
fn fix_mends_what_a_machine_can_and_keeps_the_rest() {
    let waymark = with_faults();
    let document = waymark.run(&["lint", "--fix", "--json"]).json();
    assert_eq!(rules(&document["findings"]), ["L029", "L015", "L006"]);
    assert_eq!(document["fixed"].as_array().map(Vec::len), Some(1));
    let text = waymark.run(&["render", "Tour", "--step", "1"]).stdout;
    assert!(text.contains("# Hello\n\nRun this:\n\n```text\nls\n```"), "{text}");
    assert_eq!(waymark.run(&["lint", "--fix", "--json"]).json()["fixed"], json!([]), "once is enough");
}

#[test]
fn sarif_has_every_rule_and_leads_to_the_place() {
    let waymark = with_faults();
    let outcome = waymark.run(&["lint", "--format", "sarif"]);
    assert_eq!(outcome.status, 1, "{outcome:?}");
    let log = outcome.json();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let known = run["tool"]["driver"]["rules"].as_array().expect("rules");
    assert!(known.iter().all(|rule| rule["help"]["text"].is_string() && rule["shortDescription"]["text"].is_string()));
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), 5);
    for result in results {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(known[index]["id"], result["ruleId"]);
        assert!(matches!(result["level"].as_str(), Some("error" | "warning" | "note")), "{result}");
    }
    let id = waymark.json(&["show", "Tour"])["id"].as_str().expect("an id").to_owned();
    let place = &results[0]["locations"][0];
    let uri = place["physicalLocation"]["artifactLocation"]["uri"].as_str().expect("a URI");
    assert!(uri.starts_with(&format!("{id}/wts_")), "{uri}");
    assert_eq!(place["physicalLocation"]["region"]["startLine"], 1);
    assert_eq!(place["logicalLocations"][0]["fullyQualifiedName"], "Tour/step 1/content_for_user");
}

#[test]
fn what_is_silenced_counts_no_more_and_is_told_with_its_reason() {
    let waymark = Waymark::new();
    let file = json!({
        "version": "1.0",
        "walkthrough": { "title": "Tour", "type": "course", "status": "draft" },
        "steps": [{
            "title": "One",
            "displayOrder": 1,
            "contentFields": { "version": "v1", "introductionForAgent": "Done when it runs.", "contentForUser": "TODO" },
            "metadata": { "waymark": { "silenced": [{ "rule": "L029", "reason": "It is the file's name." }] } },
        }],
    });
    let file = waymark.file("tour.json", file.to_string());
    waymark.json(&["import", &file]);
    let document = waymark.run(&["lint", "--json"]).json();
    assert_eq!(document["findings"], json!([]));
    assert_eq!(document["silenced"][0]["silenced"]["reason"], "It is the file's name.");
    let outcome = waymark.run(&["lint"]);
    assert!(outcome.status == 0 && outcome.stderr.contains("1 finding silenced"), "{outcome:?}");
    let log = waymark.run(&["lint", "--format", "sarif"]).json();
    let suppression = &log["runs"][0]["results"][0]["suppressions"][0];
    assert_eq!(suppression["justification"], "It is the file's name.");
}

#[test]
fn a_rule_is_silenced_with_a_reason_in_one_step_and_speaks_again() {
    let waymark = with_faults();
    waymark.json(&["lint", "--silence", "L029", "--reason", "It is the name of a file.", "Tour", "--step", "1"]);
    let document = waymark.run(&["lint", "--json"]).json();
    assert_eq!(rules(&document["silenced"]), ["L029"]);
    assert_eq!(document["silenced"][0]["silenced"]["reason"], "It is the name of a file.");
    waymark.json(&["lint", "--unsilence", "L029", "Tour", "--step", "1"]);
    assert_eq!(waymark.run(&["lint", "--json"]).json()["silenced"], json!([]));
    let one = ["--step", "1", "--field", "content_for_user"];
    waymark.json(&[&["lint", "--silence", "L029", "--reason", "The user knows it.", "Tour"], &one[..]].concat());
    assert_eq!(waymark.run(&["lint", "--json"]).json()["silenced"][0]["silenced"]["field"], "content_for_user");
    waymark.json(&["lint", "--unsilence", "L029", "Tour", "--step", "1", "--field", "context_for_agent"]);
    assert_eq!(rules(&waymark.run(&["lint", "--json"]).json()["silenced"]), ["L029"], "another field");
    waymark.json(&[&["lint", "--unsilence", "L029", "Tour"], &one[..]].concat());
    assert_eq!(waymark.run(&["lint", "--json"]).json()["silenced"], json!([]));
    assert_eq!(waymark.run(&["lint", "--silence", "L029", "Tour"]).status, 2, "a reason is needed");
    assert_ne!(
        waymark.run(&["lint", "--silence", "L010", "--reason", "x", "Tour"]).status,
        0,
        "L010 cannot be silenced"
    );
}

#[test]
fn unknown_words_are_found_and_own_words_are_not() {
    let waymark = with_faults();
    let text = waymark.file("text.md", "Open teh dockerfiel.\n");
    waymark.json(&["step", "edit", "Tour", "2", "--field", "content_for_user", "--from", &text]);
    let words = || {
        let document = waymark.run(&["lint", "--json"]).json();
        let found = document["findings"].as_array().expect("a list").iter().filter(|found| found["rule"] == "L050");
        found.map(|found| found["subject"].as_str().expect("a word").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(words(), ["teh", "dockerfiel"]);
    assert_eq!(waymark.json(&["lint", "--add-word", "dockerfiel"])["words"], json!(["dockerfiel"]));
    assert_eq!(words(), ["teh"]);
    waymark.json(&["lint", "--add-word", "teh", "Tour"]);
    assert_eq!(words(), Vec::<String>::new());
    waymark.json(&["lint", "--remove-word", "dockerfiel"]);
    assert_eq!(words(), ["dockerfiel"]);
    waymark.json(&["lint", "--off", "spelling"]);
    assert_eq!(words(), Vec::<String>::new());
}

#[test]
fn a_walkthrough_says_its_language_its_words_and_its_budget_itself() {
    let waymark = with_faults();
    let said = |answer: Value| answer["walkthroughs"][0].clone();
    waymark.json(&["lint", "--language", "de", "--token-budget", "1", "Tour"]);
    waymark.json(&["lint", "--add-word", "acmectl", "Tour"]);
    let all = waymark.json(&["lint", "--words", "Tour"]);
    assert_eq!((&all["words"], &all["settings"]["language"]), (&json!([]), &json!("en")), "the library's stay");
    let own = said(all);
    let shown = (&own["title"], &own["language"], &own["words"], &own["token_budget"]);
    assert_eq!(shown, (&json!("Tour"), &json!("de"), &json!(["acmectl"]), &json!(1)));
    assert!(rules(&waymark.run(&["lint", "--json"]).json()["findings"]).contains(&"L016"));
    waymark.json(&["lint", "--language", "none", "--token-budget", "default", "--remove-word", "acmectl", "Tour"]);
    let own = said(waymark.json(&["lint", "--words", "Tour"]));
    assert_eq!((&own["language"], &own["words"], &own["token_budget"]), (&json!(null), &json!([]), &json!(null)));
    for (arguments, said) in [
        (["--token-budget", "many", "Tour"], "is no number of tokens"),
        (["--token-budget", "0", "Tour"], "cannot have 0 tokens"),
        (["--remove-word", "acmectl", "Tour"], "not among the own words of `Tour`"),
        (["--language", "none", "--words"], "needs a language"),
    ] {
        let refused = waymark.run(&[&["lint"], &arguments[..]].concat());
        assert!(refused.status != 0 && refused.stderr.contains(said), "{refused:?}");
    }
    assert_ne!(waymark.run(&["lint", "--token-budget", "500"]).status, 0, "of which walkthrough is not said");
}

#[test]
fn the_library_says_what_counts_tokens_and_every_number_of_them_names_it() {
    let waymark = with_faults();
    let names = |waymark: &Waymark| {
        let rendered = waymark.json(&["render", "Tour", "--step", "1"])["tokenizer"].clone();
        let shown = waymark.json(&["show", "Tour", "--tokens"])["tokens"]["tokenizer"].clone();
        let played = waymark.json(&["preview", "Tour"])["tokens"]["encoding"].clone();
        let linted = waymark.run(&["lint", "--json"]).json()["tokenizer"].clone();
        [rendered, shown, played, linted]
    };
    assert_eq!(names(&waymark), [json!("o200k_base"), json!("o200k_base"), json!("o200k_base"), json!("o200k_base")]);
    let chosen = waymark.json(&["lint", "--tokenizer", "cl100k_base"]);
    assert_eq!(chosen["settings"]["tokenizer"], "cl100k_base");
    assert_eq!(
        names(&waymark),
        [json!("cl100k_base"), json!("cl100k_base"), json!("cl100k_base"), json!("cl100k_base")]
    );
    let refused = waymark.run(&["lint", "--tokenizer", "p50k_base"]);
    assert!(refused.status == 2 && refused.stderr.contains("`o200k_base` and `cl100k_base`"), "{refused:?}");

    waymark.json(&["lint", "--walkthrough-token-budget", "1", "--field-token-budget", "1", "Tour"]);
    let told = waymark.run(&["lint"]).stdout;
    assert!(told.contains("L017") && told.contains("L018") && told.contains("tokens (`cl100k_base`)"), "{told}");
    let shown = waymark.run(&["show", "Tour", "--tokens"]).stdout;
    assert!(shown.contains("tokens (cl100k_base) are written in it."), "{shown}");
    assert!(waymark.json(&["show", "Tour"]).get("tokens").is_none(), "nothing is counted unasked");
}

#[test]
fn private_hosts_and_dictionaries_are_kept_for_the_library_and_taken_away() {
    let waymark = with_faults();
    let hosts = |answer: Value| answer["settings"]["private_hosts"].clone();
    let added = waymark.json(&["lint", "--add-private-host", "Wiki.internal", "--add-private-host", "10.0.0.7:8080"]);
    assert_eq!(hosts(added), json!(["10.0.0.7:8080", "wiki.internal"]));
    let refused = waymark.run(&["lint", "--add-private-host", "https://wiki.internal/"]);
    assert!(refused.status != 0 && refused.stderr.contains("not the name of a host"), "{refused:?}");
    assert_eq!(hosts(waymark.json(&["lint", "--remove-private-host", "wiki.internal"])), json!(["10.0.0.7:8080"]));

    let affixes = waymark.file("nl.aff", "SET UTF-8\n");
    let words = waymark.file("nl.dic", "2\nboom\nroos\n");
    let known = waymark.json(&["lint", "--import-dictionary", "nl", &affixes, &words]);
    let english = json!({ "code": "en", "is_imported": false });
    assert_eq!(known["languages"], json!([english, { "code": "nl", "is_imported": true }]));
    assert_eq!(waymark.json(&["lint", "--remove-dictionary", "nl"])["languages"], json!([english]));
    let refused = waymark.run(&["lint", "--remove-dictionary", "en"]);
    assert!(refused.status != 0 && refused.stderr.contains("No dictionary was imported for `en`"), "{refused:?}");
}
