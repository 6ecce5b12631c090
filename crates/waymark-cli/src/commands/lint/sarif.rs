//! Findings as a SARIF 2.1.0 log, for code hosts and editors.
//!
//! A walkthrough is no file: the location of a finding is `walkthrough id/step id`, and its region counts in the field
//! that the logical location names.

use serde_json::{Value, json};
use waymark_core::lint::{Finding, Severity, places::Place, rules::RULES};

use super::{Linted, number};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The log of one run.
pub fn log(linted: &[Linted]) -> Value {
    let results: Vec<Value> = linted.iter().flat_map(results).collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "waymark",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules(),
            } },
            "columnKind": "utf16CodeUnits",
            "results": results,
        }],
    })
}

fn rules() -> Vec<Value> {
    let rule = |rule: &waymark_core::lint::rules::Rule| {
        let fix = rule.fix.map_or(String::new(), |fix| format!(" Quick fix: {fix}."));
        json!({
            "id": rule.id,
            "name": rule.name,
            "shortDescription": { "text": rule.name },
            "fullDescription": { "text": rule.explanation },
            "help": { "text": format!("{}{fix}", rule.explanation) },
            "defaultConfiguration": { "level": level(rule.severity) },
        })
    };
    RULES.iter().map(rule).collect()
}

fn results(linted: &Linted) -> Vec<Value> {
    let Linted { report, .. } = linted;
    report.findings.iter().chain(&report.silenced).map(|finding| result(linted, finding)).collect()
}

fn result(linted: &Linted, finding: &Finding) -> Value {
    let mut result = json!({
        "ruleId": finding.rule,
        "ruleIndex": RULES.iter().position(|rule| rule.id == finding.rule),
        "level": level(finding.severity),
        "message": { "text": text(finding) },
        "locations": [location(linted, finding, finding.place.as_ref())],
    });
    if !finding.others.is_empty() {
        let others: Vec<Value> = finding.others.iter().map(|place| location(linted, finding, Some(place))).collect();
        result["relatedLocations"] = Value::Array(others);
    }
    if let Some(said) = &finding.silenced {
        result["suppressions"] = json!([{ "kind": "inSource", "status": "accepted", "justification": said.reason }]);
    }
    result
}

fn text(finding: &Finding) -> String {
    let hint = finding.hint.as_ref().map_or(String::new(), |hint| format!(" {hint}"));
    format!("{}{hint}", finding.message)
}

fn location(linted: &Linted, finding: &Finding, place: Option<&Place>) -> Value {
    let walkthrough = &linted.walkthrough;
    let step = finding.step_id.as_ref().map_or(String::new(), |id| format!("/{}", uri(id.as_str())));
    let mut physical = json!({ "artifactLocation": { "uri": format!("{}{step}", uri(walkthrough.id.as_str())) } });
    if let Some(place) = place {
        physical["region"] = json!({
            "startLine": place.line,
            "startColumn": place.column,
            "charOffset": place.from,
            "charLength": place.to - place.from,
        });
    }
    let number = number(walkthrough, finding).map_or(String::new(), |number| format!("/step {number}"));
    let field = finding.part().map_or(String::new(), |part| format!("/{}", part.name()));
    let logical = json!({ "fullyQualifiedName": format!("{}{number}{field}", walkthrough.title), "kind": "member" });
    json!({ "physicalLocation": physical, "logicalLocations": [logical] })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// An id as a part of a URI: ids come from anybody's files.
fn uri(id: &str) -> String {
    let encode = |byte: u8| match byte {
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    id.bytes().map(encode).collect()
}
