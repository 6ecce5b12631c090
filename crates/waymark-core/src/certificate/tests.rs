use super::*;

fn values() -> Values {
    Values {
        learner: "Alex <b>&\"Morgan\"".to_owned(),
        walkthrough: "Tour".to_owned(),
        date: "31 January 2026".to_owned(),
        difficulty: Some("beginner".to_owned()),
        duration_minutes: Some(65),
        certificate_id: "CERT-2026-0000000000000000".to_owned(),
    }
}

#[test]
fn names_in_braces_are_filled_and_everything_else_stays() {
    for (text, expected) in [
        ("{walkthrough} on {date}", "Tour on 31 January 2026"),
        ("{difficulty}, {duration}", "beginner, 1 hour 5 minutes"),
        ("{unknown} { walkthrough } {{walkthrough}} {", "{unknown} { walkthrough } {Tour} {"),
        ("{certificate_id}", "CERT-2026-0000000000000000"),
        ("{} {Walkthrough} \u{e4}{date}", "{} {Walkthrough} \u{e4}31 January 2026"),
    ] {
        assert_eq!(fill(text, &values()), expected, "{text}");
    }
    assert_eq!(unknown_variables("{learner} {name} {name} {x y} {score}"), ["name", "score"]);
    for (minutes, words) in [(0, ""), (1, "1 minute"), (45, "45 minutes"), (60, "1 hour"), (125, "2 hours 5 minutes")] {
        assert_eq!(fill::duration(minutes), words);
    }
}

#[test]
fn the_picture_is_well_formed_whatever_the_texts_are() {
    let body = Some("<script>alert(1)</script>\n{learner}\n\n\u{0}\u{7}]]> & {walkthrough}".to_owned());
    let certificate = Certificate { title: Some("A <title> & more".repeat(6)), body, ..Certificate::default() };
    for certificate in [certificate, Certificate::default()] {
        let svg = svg(&certificate, &values());
        assert!(!svg.contains("<script") && !svg.contains("<b>") && !svg.contains("href"), "{svg}");
        assert!(svg.contains("Alex &lt;b&gt;&amp;&quot;Morgan&quot;"));
        assert_eq!(svg.matches('<').count(), svg.matches('>').count());
        assert!(!svg.contains(char::is_control));
    }
}

#[test]
fn settings_go_out_as_they_came_in() {
    let text = r#"{"enabled":true,"threshold":90,"difficulty":"hard","duration_minutes":30,"title":"T","body":"B","theirs":1e5}"#;
    let json = FreeJson::parse(text).expect("valid");
    let certificate = Certificate::of_json(&json).expect("settings");
    assert_eq!(certificate.to_json(), json);
    assert_eq!(certificate.threshold(), 90);
    assert_eq!(Certificate::default().threshold(), THRESHOLD);
    for (text, place) in [("1", "$"), (r#"{"enabled":"yes"}"#, "$.enabled"), (r#"{"threshold":95.5}"#, "$.threshold")] {
        let error = Certificate::of_json(&FreeJson::parse(text).expect("valid")).expect_err(text);
        assert_eq!(error.field.as_deref(), Some(place));
    }
}

#[test]
fn what_is_wrong_with_the_settings_is_found_while_they_are_on() {
    let found = |certificate: &Certificate| -> Vec<String> {
        problems(certificate).into_iter().map(|problem| problem.field).collect()
    };
    let on = Certificate { enabled: true, ..Certificate::default() };
    assert!(found(&on).is_empty());
    assert_eq!(found(&Certificate { threshold: Some(0), ..on.clone() }), ["threshold"]);
    assert_eq!(found(&Certificate { threshold: Some(101), ..on.clone() }), ["threshold"]);
    assert_eq!(found(&Certificate { body: Some("{learner} {name}".to_owned()), ..on.clone() }), ["body"]);
    assert_eq!(found(&Certificate { body: Some("Well done.".to_owned()), ..on }), ["body"]);
    assert!(found(&Certificate { threshold: Some(0), ..Certificate::default() }).is_empty());
}

#[test]
fn a_percentage_is_rounded_half_up_and_stays_within_bounds() {
    for (earned, completed, total, expected) in [
        (false, 1, 8, 13),
        (false, 3, 8, 38),
        (false, 7, 8, 88),
        (false, 9, 8, 100),
        (false, 0, 0, 0),
        (false, 5, 0, 0),
        (true, 8, 9, 100),
        (false, u32::MAX, u32::MAX, 100),
    ] {
        assert_eq!(percentage(earned, completed, total), expected, "{completed} of {total}");
    }
}

#[test]
fn a_certificate_is_earned_far_enough_and_with_every_quiz() {
    for (earned, completed, total, quizzes, expected) in [
        (false, 19, 20, vec![], true),
        (false, 18, 20, vec![], false),
        (false, 17, 18, vec![], false),
        (false, 20, 20, vec![true, true], true),
        (false, 20, 20, vec![true, false], false),
        (false, 0, 0, vec![], false),
        (true, 0, 20, vec![false], true),
    ] {
        let found = is_eligible(earned, completed, total, THRESHOLD, quizzes.clone().into_iter());
        assert_eq!(found, expected, "{completed} of {total}, {quizzes:?}");
    }
}
