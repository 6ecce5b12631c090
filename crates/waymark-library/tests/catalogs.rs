//! The library's five walkthrough tables beside the platform's: both catalogs are read from real databases and compared fact
//! by fact. Where they differ on purpose, the difference is named here with its reason; any other fails, and so does a
//! reason that nothing needs any more.

mod support;

use std::{collections::BTreeMap, path::Path};

use serde_json::Value;
use sqlx::{Connection, Row, SqliteConnection};
use support::{runtime, with_library};
use waymark_testkit::postgres::{self, Database};

const TABLES: [&str; 5] = [
    "walkthroughs",
    "walkthrough_steps",
    "mcp_server_walkthroughs",
    "walkthrough_progress",
    "walkthrough_step_completions",
];

/// What a catalog says: `walkthroughs.title type` is `TEXT`. What it does not have has no fact.
type Facts = BTreeMap<String, String>;

/// A difference on purpose: the end of the fact's name, what the platform says, what the library says, and why.
type Difference = (&'static str, &'static str, &'static str, &'static str);

const NOW: &str = "now";
const NONE: &str = "";

const DIFFERENCES: [Difference; 9] = [
    (" default", NOW, NONE, "the library is passed its clock: no statement of its reads another"),
    ("walkthroughs.organization_id default", NONE, "org_local", "a draft is nobody's before it is published"),
    (
        "walkthrough_steps.next_step_id references",
        "walkthrough_steps (id) NO ACTION",
        NONE,
        "a draft may hold a dangling link until somebody mends it; lint reports it",
    ),
    (
        "walkthrough_progress.current_step_id references",
        "walkthrough_steps (id) NO ACTION",
        "walkthrough_steps (id) SET NULL",
        "a preview's learner does not keep a step from being removed",
    ),
    (
        "walkthrough_progress index walkthrough_progress_completed_steps_gin_idx",
        "gin (completed_steps)",
        NONE,
        "SQLite has no such index, and a preview has few learners",
    ),
    (
        "walkthroughs index walkthroughs_title_idx",
        NONE,
        "(title)",
        "titles are looked up at each import, and by everybody who names a draft",
    ),
    (
        "walkthrough_progress index walkthrough_progress_current_step_idx",
        NONE,
        "(current_step_id)",
        "a column with a foreign key has an index, or removing a step reads the table",
    ),
    ("walkthrough_step_completions index wtsc_step_idx", NONE, "(step_id)", "the same"),
    (
        "mcp_server_walkthroughs.is_enabled values",
        NONE,
        "true, false",
        "the platform knows no others, and the library refuses them before they get there",
    ),
];

#[test]
fn the_five_tables_are_the_platforms() {
    let database = postgres::shared().database();
    let (platform, library) = (of_the_platform(&database), of_the_library());
    let mut needed = [false; DIFFERENCES.len()];
    let mut strays = Vec::new();
    for (fact, theirs, ours) in differences(&platform, &library) {
        let place = DIFFERENCES.iter().position(|(end, platform, library, _)| {
            fact.ends_with(end) && (*platform, *library) == (theirs.as_str(), ours.as_str())
        });
        match place {
            Some(place) => needed[place] = true,
            None => strays.push(format!("{fact}: the platform has `{theirs}`, the library `{ours}`")),
        }
    }
    assert_eq!(strays, Vec::<String>::new());
    for (difference, is_needed) in DIFFERENCES.iter().zip(needed) {
        assert!(is_needed, "they do not differ in this any more: {difference:?}");
    }
    // A comparison of nothing with nothing would pass as well.
    assert!(platform.len() > 140, "{} facts", platform.len());
}

/// The documentation's statements are run as they are, but for what stands in them for a value.
#[test]
fn the_five_tables_are_those_that_the_platform_documents() {
    let described = include_str!("described_schema.sql");
    let statements = described.replace("(current timestamp)", "0").replace("'{...}'", "'{}'");
    let database = postgres::shared().empty_database();
    database.run(&format!(
        "CREATE TYPE walkthrough_type AS ENUM ('course', 'installer', 'troubleshooting', 'integration', 'quickstart');
         CREATE TYPE walkthrough_status AS ENUM ('draft', 'published', 'archived'); {statements}"
    ));
    let is_described = |fact: &str| {
        [" columns", " primary key", " type", " required", " values"].iter().any(|end| fact.ends_with(end))
            && fact != "mcp_server_walkthroughs.is_enabled values"
    };
    let only = |facts: Facts| facts.into_iter().filter(|(fact, _)| is_described(fact)).collect::<Facts>();
    let found = differences(&only(of_the_platform(&database)), &only(of_the_library()));
    assert_eq!(found, Vec::new(), "what is documented, and what the library has");
    // The documentation is not part of the repository; where it lies beside it, the copy is compared.
    let Some(documentation) = documentation() else { return };
    for table in described.split("\n\n").skip(1) {
        assert!(documentation.contains(table.trim_end()), "it is documented otherwise now: {table}");
    }
    let (names, library) = (documentation.split('`').filter(|word| word.ends_with("_idx")), of_the_library());
    for name in names.filter(|name| !name.contains("gin")) {
        assert!(library.keys().any(|fact| fact.ends_with(&format!(" index {name}"))), "the library lacks {name}");
    }
}

fn documentation() -> Option<String> {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds");
    let mut paths = std::fs::read_dir(seeds).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    let path = paths.find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("000")))?;
    std::fs::read_to_string(path).ok()
}

fn differences(platform: &Facts, library: &Facts) -> Vec<(String, String, String)> {
    let mut all: Vec<&String> = platform.keys().chain(library.keys()).collect();
    all.sort();
    all.dedup();
    let value = |facts: &Facts, fact: &String| facts.get(fact).cloned().unwrap_or_default();
    let both = all.into_iter().map(|fact| (fact.clone(), value(platform, fact), value(library, fact)));
    both.filter(|(_, theirs, ours)| theirs != ours).collect()
}

/// The one mapping of types: SQLite has no others of use here.
fn kind(platform: &str) -> &'static str {
    match platform {
        "bigint" | "integer" => "INTEGER",
        "text" | "jsonb" | "walkthrough_type" | "walkthrough_status" => "TEXT",
        other => panic!("no column has had the type {other}"),
    }
}

/// A default as both write it: without quotes and casts, JSON with its keys in order.
fn default(text: &str) -> String {
    if text.contains("now()") {
        return NOW.to_owned();
    }
    let bare = text.split("'::").next().unwrap_or_default().trim_matches('\'');
    let json = serde_json::from_str::<BTreeMap<String, Value>>(bare);
    json.ok().and_then(|json| serde_json::to_string(&json).ok()).unwrap_or(bare.to_owned())
}

/// What a list of names in JSON says.
fn names(json: &Value) -> String {
    let names = json.as_array().into_iter().flatten().filter_map(Value::as_str);
    names.collect::<Vec<_>>().join(", ")
}

fn of_the_platform(database: &Database<'_>) -> Facts {
    let mut facts = Facts::new();
    for table in TABLES {
        let read = |sql: &str| -> Vec<Value> {
            let sql = format!(
                "SELECT coalesce(json_agg(f), '[]') FROM ({}) f",
                sql.replace("$1", &format!("'{table}'::regclass"))
            );
            serde_json::from_str(&database.run(&sql)).expect("JSON")
        };
        let columns = read(
            "SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS kind, a.attnotnull AS required,
                 pg_get_expr(d.adbin, d.adrelid) AS value,
                 (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = a.atttypid) AS labels
             FROM pg_attribute a LEFT JOIN pg_attrdef d ON (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
             WHERE a.attrelid = $1 AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum",
        );
        let text = |row: &Value, key: &str| row[key].as_str().map(str::to_owned);
        let all = columns.iter().filter_map(|column| text(column, "name")).collect::<Vec<_>>();
        facts.insert(format!("{table} columns"), all.join(", "));
        for column in &columns {
            let place = format!("{table}.{}", column["name"].as_str().expect("a name"));
            facts.insert(format!("{place} type"), kind(&text(column, "kind").expect("a type")).to_owned());
            facts.insert(format!("{place} required"), column["required"].to_string());
            if let Some(value) = text(column, "value") {
                facts.insert(format!("{place} default"), default(&value));
            }
            if column["labels"].is_array() {
                facts.insert(format!("{place} values"), names(&column["labels"]));
            }
        }
        let constraints = read(
            "SELECT c.contype AS kind, c.confrelid::regclass::text AS target, c.confdeltype AS action,
                 (SELECT json_agg(a.attname ORDER BY k.n) FROM unnest(c.conkey) WITH ORDINALITY k (number, n)
                     JOIN pg_attribute a ON (a.attrelid, a.attnum) = (c.conrelid, k.number)) AS columns,
                 (SELECT json_agg(a.attname ORDER BY k.n) FROM unnest(c.confkey) WITH ORDINALITY k (number, n)
                     JOIN pg_attribute a ON (a.attrelid, a.attnum) = (c.confrelid, k.number)) AS targets
             FROM pg_constraint c WHERE c.conrelid = $1 AND c.contype IN ('p', 'f')",
        );
        for constraint in &constraints {
            let columns = names(&constraint["columns"]);
            if constraint["kind"] == "p" {
                facts.insert(format!("{table} primary key"), columns);
                continue;
            }
            let action = match constraint["action"].as_str() {
                Some("c") => "CASCADE",
                Some("n") => "SET NULL",
                Some("a") => "NO ACTION",
                other => panic!("no key has had the action {other:?}"),
            };
            let target = constraint["target"].as_str().expect("a table");
            let targets = names(&constraint["targets"]);
            facts.insert(format!("{table}.{columns} references"), format!("{target} ({targets}) {action}"));
        }
        let indexes = read(
            "SELECT i.indexrelid::regclass::text AS name, i.indisunique AS is_unique, m.amname AS method,
                 (SELECT json_agg(pg_get_indexdef(i.indexrelid, n, true) ORDER BY n)
                     FROM generate_series(1, i.indnkeyatts) n) AS columns
             FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam
             WHERE i.indrelid = $1 AND NOT i.indisprimary",
        );
        for index in &indexes {
            let unique = if index["is_unique"] == true { "unique " } else { "" };
            let method = index["method"].as_str().filter(|method| *method != "btree");
            let method = method.map(|method| format!("{method} ")).unwrap_or_default();
            let name = index["name"].as_str().expect("a name");
            facts.insert(format!("{table} index {name}"), format!("{unique}{method}({})", names(&index["columns"])));
        }
    }
    facts
}

fn of_the_library() -> Facts {
    let folder = tempfile::tempdir().expect("a folder");
    with_library(folder.path(), async |_| ());
    runtime().block_on(async {
        let url = format!("sqlite:{}", folder.path().join("library.sqlite").display());
        let mut library = SqliteConnection::connect(&url).await.expect("it opens");
        let mut facts = Facts::new();
        for table in TABLES {
            columns_of_the_library(&mut library, table, &mut facts).await;
            keys_of_the_library(&mut library, table, &mut facts).await;
        }
        facts
    })
}

async fn columns_of_the_library(library: &mut SqliteConnection, table: &str, facts: &mut Facts) {
    let statement: String = sqlx::query_scalar("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?")
        .bind(table)
        .fetch_one(&mut *library)
        .await
        .expect("the table is there");
    let columns =
        sqlx::query("SELECT name, type AS kind, \"notnull\" AS required, dflt_value, pk FROM pragma_table_info(?)");
    let columns = columns.bind(table).fetch_all(library).await.expect("columns");
    let name = |row: &sqlx::sqlite::SqliteRow| row.get::<String, _>("name");
    facts.insert(format!("{table} columns"), columns.iter().map(name).collect::<Vec<_>>().join(", "));
    let mut keys: Vec<_> = columns.iter().filter(|row| row.get::<i64, _>("pk") > 0).collect();
    keys.sort_by_key(|row| row.get::<i64, _>("pk"));
    facts.insert(format!("{table} primary key"), keys.into_iter().map(name).collect::<Vec<_>>().join(", "));
    for column in &columns {
        let (name, place) = (name(column), format!("{table}.{}", name(column)));
        facts.insert(format!("{place} type"), column.get("kind"));
        facts.insert(format!("{place} required"), column.get::<bool, _>("required").to_string());
        if let Some(value) = column.get::<Option<String>, _>("dflt_value") {
            facts.insert(format!("{place} default"), default(&value));
        }
        if let Some((_, rest)) = statement.split_once(&format!("CHECK ({name} IN (")) {
            let list = rest.split("))").next().unwrap_or_default();
            facts.insert(format!("{place} values"), list.replace('\'', ""));
        }
    }
}

async fn keys_of_the_library(library: &mut SqliteConnection, table: &str, facts: &mut Facts) {
    let keys = sqlx::query("SELECT \"from\", \"table\", \"to\", on_delete FROM pragma_foreign_key_list(?)");
    for key in keys.bind(table).fetch_all(&mut *library).await.expect("foreign keys") {
        let [from, target, to, action] =
            ["from", "table", "to", "on_delete"].map(|column| key.get::<String, _>(column));
        facts.insert(format!("{table}.{from} references"), format!("{target} ({to}) {action}"));
    }
    let indexes = sqlx::query("SELECT name, \"unique\" AS is_unique FROM pragma_index_list(?) WHERE origin <> 'pk'");
    for index in indexes.bind(table).fetch_all(&mut *library).await.expect("indexes") {
        let name: String = index.get("name");
        let columns = sqlx::query_scalar::<_, String>("SELECT name FROM pragma_index_info(?) ORDER BY seqno");
        let columns = columns.bind(&name).fetch_all(&mut *library).await.expect("its columns").join(", ");
        let unique = if index.get::<bool, _>("is_unique") { "unique " } else { "" };
        facts.insert(format!("{table} index {name}"), format!("{unique}({columns})"));
    }
}
