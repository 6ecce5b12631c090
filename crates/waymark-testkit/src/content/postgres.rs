//! What a database holds.

use super::Content;
use crate::postgres::Database;

/// Every table outside Postgres' own schemas.
const TABLES: &str = "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1";
/// What the tables are like, so that one that was made, altered or dropped is noticed too.
const COLUMNS: &str =
    "SELECT table_schema, table_name, column_name, ordinal_position, data_type, column_default, is_nullable
    FROM information_schema.columns WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2, 4";

impl Database<'_> {
    /// Everything in it: every row of every table as `row::text`, and the tables themselves.
    ///
    /// # Panics
    /// When the server is gone.
    #[must_use]
    pub fn content(&self) -> Content {
        let lines = |sql: &str| self.run(sql).lines().map(str::to_owned).collect::<Vec<_>>();
        let tables = lines(TABLES);
        let mut content = Content::default();
        content.0.insert("columns".to_owned(), lines(COLUMNS));
        // A line break inside a row would make two of it.
        let rows =
            |table: &String| format!("SELECT '{table}' || E'\\t' || replace(t::text, E'\\n', '\\n') FROM {table} t");
        for table in &tables {
            content.0.insert(table.clone(), Vec::new());
        }
        if !tables.is_empty() {
            let all = tables.iter().map(rows).collect::<Vec<_>>().join("\nUNION ALL ");
            for line in lines(&format!("{all}\nORDER BY 1")) {
                let (table, row) = line.split_once('\t').expect("BUG: the query puts a tab between them");
                content.0.entry(table.to_owned()).or_default().push(row.to_owned());
            }
        }
        content
    }
}
