//! The configurations that people copy.

use crate::clients::{Client, TOKEN_PLACE, Way, configuration};

fn all(way: Way<'_>) -> String {
    let of = |client: Client| {
        let configuration = configuration(client, way);
        format!("{}: {}\n{}\n", client.name(), configuration.place, configuration.text)
    };
    Client::ALL.map(of).join("\n")
}

#[test]
fn each_client_is_configured_as_it_reads_it() {
    let arguments = ["serve", "--stdio", "--drafts"].map(str::to_owned);
    let stdio = Way::Stdio { command: "/opt/waymark/waymark", arguments: &arguments };
    insta::assert_snapshot!("clients_stdio", all(stdio));
    let (url, token) = ("http://127.0.0.1:41234/mcp", Some(TOKEN_PLACE));
    insta::assert_snapshot!("clients_http", all(Way::Http { url, token }));
    insta::assert_snapshot!("clients_http_without_token", all(Way::Http { url, token: None }));
}

#[test]
fn a_path_with_a_blank_and_a_quote_stays_one_word_for_the_shell_and_one_text_in_the_file() {
    let arguments = ["--library", "/home/ann's drafts", "serve", ""].map(str::to_owned);
    let way = Way::Stdio { command: "/opt/my apps/waymark", arguments: &arguments };
    let command = configuration(Client::ClaudeCode, way).text;
    assert!(command.ends_with(r"-- '/opt/my apps/waymark' --library '/home/ann'\''s drafts' serve ''"), "{command}");
    let file = configuration(Client::Cursor, way).text;
    let file: serde_json::Value = serde_json::from_str(&file).expect("JSON");
    assert_eq!(file["mcpServers"]["waymark"]["args"][1], "/home/ann's drafts");
}
