//! How MCP clients are told of Waymark: the text that a person puts into a client's configuration.
//!
//! Two ways: the client starts `waymark serve --stdio` itself, which needs no token; or it connects to an endpoint that
//! listens, with the token of that launch.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What the server is called in the client.
const NAME: &str = "waymark";
/// Stands where the token goes until somebody puts it in.
pub const TOKEN_PLACE: &str = "TOKEN";

/// A client whose configuration is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Client {
    /// Claude Code.
    ClaudeCode,
    /// Claude Desktop.
    ClaudeDesktop,
    /// Cursor.
    Cursor,
    /// Visual Studio Code.
    VsCode,
}

/// How the client reaches Waymark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way<'a> {
    /// It starts a program.
    Stdio {
        /// The program: a path, or a name that the client finds.
        command: &'a str,
        /// Its arguments.
        arguments: &'a [String],
    },
    /// It connects to an endpoint.
    Http {
        /// The endpoint's address, path and all.
        url: &'a str,
        /// The token as it is to stand there: the secret itself, or [`TOKEN_PLACE`]. `None` where none is asked for.
        token: Option<&'a str>,
    },
}

/// What goes where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Configuration {
    /// For which client.
    pub client: Client,
    /// Where it goes: a sentence.
    pub place: String,
    /// The text.
    pub text: String,
}

impl Client {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Client; 4] = [Client::ClaudeCode, Client::ClaudeDesktop, Client::Cursor, Client::VsCode];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Client::ClaudeCode => "claude-code",
            Client::ClaudeDesktop => "claude-desktop",
            Client::Cursor => "cursor",
            Client::VsCode => "vs-code",
        }
    }
}

/// The configuration of a client. Its file may have other servers in it: this one goes among them.
pub fn configuration(client: Client, way: Way<'_>) -> Configuration {
    let (place, text) = match (client, way) {
        (Client::ClaudeCode, Way::Stdio { command, arguments }) => {
            ("Run this in a terminal, in the folder that Claude Code works in.", add_to_claude_code(command, arguments))
        }
        // As a file and not as a command: a token does not belong into the history of a shell.
        (Client::ClaudeCode, Way::Http { .. }) => (
            "Into `.mcp.json` in the folder that Claude Code works in. Do not commit it: the token is in it.",
            file("mcpServers", &Entry::typed(way)),
        ),
        (Client::ClaudeDesktop, Way::Stdio { .. }) => (
            "Into `claude_desktop_config.json`: Settings, Developer, Edit Config. Then start Claude Desktop anew.",
            file("mcpServers", &Entry::of(way)),
        ),
        (Client::ClaudeDesktop, Way::Http { url, token }) => (
            "Into `claude_desktop_config.json`: Settings, Developer, Edit Config. Claude Desktop starts programs only; \
             `mcp-remote`, which needs Node.js, connects it.",
            file("mcpServers", &Entry::bridged(url, token)),
        ),
        (Client::Cursor, _) => (
            "Into `~/.cursor/mcp.json`, or into `.cursor/mcp.json` of one project.",
            file("mcpServers", &Entry::of(way)),
        ),
        (Client::VsCode, _) => (
            "Into `.vscode/mcp.json`, or for all folders by the command `MCP: Open User Configuration`.",
            file("servers", &Entry::typed(way)),
        ),
    };
    Configuration { client, place: place.to_owned(), text }
}

/// A server as clients read it. Its members stand in this order whatever else is built along.
#[derive(Default, Serialize)]
struct Entry<'a> {
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    command: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    args: Option<Vec<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    headers: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    env: BTreeMap<&'static str, String>,
}

impl<'a> Entry<'a> {
    fn of(way: Way<'a>) -> Self {
        match way {
            Way::Stdio { command, arguments } => {
                let args = arguments.iter().map(String::as_str).collect();
                Self { command: Some(command), args: Some(args), ..Self::default() }
            }
            Way::Http { url, token } => {
                let headers = token.map(|token| ("Authorization", format!("Bearer {token}"))).into_iter().collect();
                Self { url: Some(url), headers, ..Self::default() }
            }
        }
    }

    /// Says how it is reached, for clients that do not find out by themselves.
    fn typed(way: Way<'a>) -> Self {
        let kind = match way {
            Way::Stdio { .. } => "stdio",
            Way::Http { .. } => "http",
        };
        Self { kind: Some(kind), ..Self::of(way) }
    }

    /// Through a program that connects. The token goes through the environment: arguments of a process can be read by every
    /// program of this user.
    fn bridged(url: &'a str, token: Option<&str>) -> Self {
        let mut args = vec!["-y", "mcp-remote", url];
        if token.is_some() {
            args.extend(["--header", "Authorization:${WAYMARK_AUTHORIZATION}"]);
        }
        let env = token.map(|token| ("WAYMARK_AUTHORIZATION", format!("Bearer {token}"))).into_iter().collect();
        Self { command: Some("npx"), args: Some(args), env, ..Self::default() }
    }
}

fn file(servers: &'static str, entry: &Entry<'_>) -> String {
    let document = BTreeMap::from([(servers, BTreeMap::from([(NAME, entry)]))]);
    serde_json::to_string_pretty(&document).expect("BUG: an object with string keys is JSON")
}

fn add_to_claude_code(command: &str, arguments: &[String]) -> String {
    let words = [command].into_iter().chain(arguments.iter().map(String::as_str)).map(quote).collect::<Vec<_>>();
    format!("claude mcp add --transport stdio {NAME} -- {}", words.join(" "))
}

/// A word for a shell: as it is where nothing in it means anything to one.
fn quote(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@+,".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else if cfg!(windows) {
        format!("\"{word}\"")
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}
