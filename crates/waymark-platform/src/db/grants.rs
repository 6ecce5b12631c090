//! Who may do what: the least rights that a role needs, as statements to read and to run, and what a role lacks.
//!
//! **Invariant.** Statements are printed for the owner of the tables; nothing here grants anything.

use serde::{Deserialize, Serialize};
use waymark_core::error::Result;

use super::expected::TABLES;
use crate::{connect::Platform, errors};

/// Somebody who uses the database through Waymark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Persona {
    /// Pulls and compares.
    Reader,
    /// Plans and publishes.
    Publisher,
    /// Serves published walkthroughs to agents, and keeps what learners have done.
    Server,
}

/// What serving learners adds to reading.
const SERVING: &[(&str, &str)] = &[
    ("mcp_server_user", "INSERT"),
    ("mcp_server_session", "INSERT"),
    ("mcp_tool_calls", "INSERT"),
    ("walkthrough_progress", "INSERT"),
    ("walkthrough_progress", "UPDATE"),
    ("walkthrough_step_completions", "INSERT"),
];

/// The tables that a pull reads.
const READ: &[&str] = &["organization", "mcp_servers", "walkthroughs", "walkthrough_steps", "mcp_server_walkthroughs"];

/// A right on a table, as `INSERT` and `walkthroughs`.
pub type Grant = (&'static str, &'static str);

impl Persona {
    /// The rights that it needs: privilege and table, in the order of the tables.
    pub fn grants(self) -> Vec<Grant> {
        let of_table = |table: &'static super::expected::Table| {
            let mut rights: Vec<&'static str> = match self {
                Persona::Reader => READ.contains(&table.name).then_some("SELECT").into_iter().collect(),
                Persona::Publisher => table.grants.to_vec(),
                Persona::Server => vec!["SELECT"],
            };
            if self == Persona::Server {
                rights.extend(SERVING.iter().filter(|(name, _)| *name == table.name).map(|(_, right)| *right));
            }
            rights.into_iter().map(move |right| (right, table.name))
        };
        TABLES.iter().flat_map(of_table).collect()
    }
}

/// The statements that give a role what a persona needs, for the owner of the tables.
pub fn statements(persona: Persona, role: &str, database: &str) -> String {
    let (role, database) = (quoted(role), quoted(database));
    let mut lines = vec![
        format!("GRANT CONNECT ON DATABASE {database} TO {role};"),
        format!("GRANT USAGE ON SCHEMA public TO {role};"),
    ];
    let grants = persona.grants();
    for table in TABLES {
        let rights: Vec<&str> =
            grants.iter().filter(|(_, name)| *name == table.name).map(|(right, _)| *right).collect();
        if !rights.is_empty() {
            lines.push(format!("GRANT {} ON {} TO {role};", rights.join(", "), table.name));
        }
    }
    lines.join("\n")
}

/// What the connection's role lacks for a persona, as `INSERT on walkthroughs`.
///
/// # Errors
/// `Unreachable`.
pub async fn missing(platform: &Platform, persona: Persona) -> Result<Vec<String>> {
    let (rights, tables): (Vec<String>, Vec<String>) =
        persona.grants().into_iter().map(|(right, table)| (right.to_owned(), table.to_owned())).unzip();
    let mut session = platform.read().await?;
    sqlx::query_scalar!(
        r#"SELECT needed.privilege || ' on ' || needed.name AS "grant!"
           FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS needed (privilege, name, place)
           WHERE NOT coalesce(has_table_privilege(to_regclass(needed.name), needed.privilege), false)
           ORDER BY needed.place"#,
        &rights,
        &tables,
    )
    .fetch_all(&mut session)
    .await
    .map_err(|error| errors::of_statement("look at the role's rights", error))
}

/// An identifier as SQL has it, whatever is in it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
