//! What MCP clients are configured with.

use crate::command::Waymark;

#[test]
fn a_configuration_starts_the_same_as_was_asked_for() {
    let waymark = Waymark::new();
    let library = waymark.path("library").display().to_string();
    let printed = waymark.json(&["serve", "--stdio", "--drafts", "--profile", "v1", "--print-config", "cursor"]);
    assert_eq!(printed["client"], "cursor");
    let text: serde_json::Value = serde_json::from_str(printed["text"].as_str().expect("a text")).expect("JSON");
    let server = &text["mcpServers"]["waymark"];
    assert_eq!(server["command"], env!("CARGO_BIN_EXE_waymark"));
    let arguments = ["--library", &library, "serve", "--stdio", "--drafts", "--profile", "v1"];
    assert_eq!(server["args"], serde_json::json!(arguments));
    assert!(!waymark.path("library").exists(), "nothing is opened");

    let outcome = waymark.run(&[
        "serve",
        "--stdio",
        "--connection",
        "live",
        "--server",
        "docs",
        "--user",
        "ann",
        "--print-config",
        "claude-code",
    ]);
    assert!(
        outcome.stdout.trim_end().ends_with("serve --stdio --connection live --server docs --user ann"),
        "{outcome:?}"
    );
    assert!(outcome.stderr.contains("terminal"), "it says where it goes: {outcome:?}");
}

#[test]
fn over_http_a_word_stands_where_the_token_goes_and_the_port_has_to_be_known() {
    let waymark = Waymark::new();
    let serve = ["serve", "--http", "8080", "--drafts", "--print-config", "vs-code"];
    let outcome = waymark.run(&serve);
    assert!(
        outcome.stdout.contains("http://127.0.0.1:8080/mcp") && outcome.stdout.contains("Bearer TOKEN"),
        "{outcome:?}"
    );
    assert!(outcome.stderr.contains("in place of `TOKEN`"), "{outcome:?}");
    let known = ["--connection", "live", "--server", "docs", "--host", "docs.example"];
    let named = waymark.run(&[&["serve", "--http", "0.0.0.0:8080", "--print-config", "vs-code"], &known[..]].concat());
    assert!(named.stdout.contains("http://docs.example:8080/mcp/docs"), "{named:?}");
    let drafts = waymark.run(&[&serve[..], &["--host", "docs.example"]].concat());
    assert_eq!(drafts.status, 2, "drafts are this machine's: {drafts:?}");
    let unknown = waymark.run(&["serve", "--http", "0", "--drafts", "--print-config", "vs-code"]);
    assert_eq!(unknown.status, 2, "{unknown:?}");
    assert!(unknown.stderr.contains("Name a port"), "{unknown:?}");
    assert_eq!(waymark.run(&["serve", "--stdio", "--drafts", "--print-config", "emacs"]).status, 2);
}
