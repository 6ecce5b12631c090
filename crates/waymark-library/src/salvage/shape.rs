//! Which table a row is of, and whether it can be a row of that table at all.

use sqlx::{Row as _, SqliteConnection};
use waymark_core::error::Result;

use super::{SALVAGING, record::Value, tree::Row};
use crate::failure::Attempted;

/// A table as its rows are stored.
#[derive(Debug)]
pub struct Table {
    pub name: String,
    /// In the order of the stored rows.
    pub columns: Vec<Column>,
    /// Rows are kept in the table's key instead of under numbers.
    pub is_keyed: bool,
}

#[derive(Debug)]
pub struct Column {
    pub name: String,
    kind: String,
    is_required: bool,
    pub is_key: bool,
    /// Stands for the row's number, and is not stored.
    is_number: bool,
}

impl Table {
    /// Whether the row can be one of this table's.
    pub fn fits(&self, row: &Row) -> bool {
        let (stored, missing) = self.columns.split_at_checked(row.values.len()).unwrap_or((&[], &self.columns));
        // A row that was written before columns were added lacks the last ones; each of those has a default.
        stored.len() == row.values.len()
            && missing.iter().all(|column| !column.is_key)
            && stored.iter().zip(&row.values).all(|(column, value)| column.takes(value))
    }

    /// The row's values by column, with its number where a column stands for that.
    pub fn named<'a>(&'a self, row: &'a Row) -> impl Iterator<Item = (&'a Column, Value)> {
        let value = |(column, value): (&'a Column, &Value)| {
            (column, if column.is_number { Value::Integer(row.number) } else { value.clone() })
        };
        self.columns.iter().zip(&row.values).map(value)
    }

    /// The one column that names a row, where one does and it is stored.
    pub fn id(&self) -> Option<&str> {
        let mut keys = self.columns.iter().filter(|column| column.is_key);
        let id = keys.next().filter(|column| !column.is_number)?;
        keys.next().is_none().then_some(id.name.as_str())
    }

    /// What tells two rows apart.
    pub fn keys(&self) -> Vec<&str> {
        self.columns.iter().filter(|column| column.is_key).map(|column| column.name.as_str()).collect()
    }
}

impl Column {
    fn takes(&self, value: &Value) -> bool {
        match value {
            Value::Null => self.is_number || !self.is_required,
            _ if self.is_number => false,
            Value::Integer(_) => matches!(self.kind.as_str(), "INTEGER" | "INT" | "REAL" | "ANY"),
            Value::Real(_) => matches!(self.kind.as_str(), "REAL" | "ANY"),
            Value::Text(_) => matches!(self.kind.as_str(), "TEXT" | "ANY"),
            Value::Blob(_) => matches!(self.kind.as_str(), "BLOB" | "ANY"),
        }
    }
}

/// The tables with what people wrote. What is derived from them (the search's) is made anew.
pub async fn tables(connection: &mut SqliteConnection) -> Result<Vec<Table>> {
    const NAMES: &str = "SELECT name, wr FROM pragma_table_list
        WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
            AND name NOT IN ('_sqlx_migrations', 'search_documents', 'history_documents')";
    let names: Vec<(String, bool)> = sqlx::query_as(NAMES).fetch_all(&mut *connection).await.attempted(SALVAGING)?;
    let mut tables = Vec::new();
    for (name, is_keyed) in names {
        let columns = columns(connection, &name, is_keyed).await?;
        tables.push(Table { name, columns, is_keyed });
    }
    Ok(tables)
}

async fn columns(connection: &mut SqliteConnection, table: &str, is_keyed: bool) -> Result<Vec<Column>> {
    const COLUMNS: &str = "SELECT name, type, \"notnull\", pk FROM pragma_table_info(?) ORDER BY cid";
    let rows = sqlx::query(COLUMNS).bind(table).fetch_all(&mut *connection).await.attempted(SALVAGING)?;
    let keys = rows.iter().filter(|row| row.get::<i64, _>("pk") > 0).count();
    let mut columns: Vec<(i64, Column)> = Vec::new();
    for row in rows {
        let (kind, key): (String, i64) = (row.get("type"), row.get("pk"));
        let is_number = key > 0 && keys == 1 && !is_keyed && kind == "INTEGER";
        let column =
            Column { name: row.get("name"), is_required: row.get("notnull"), is_key: key > 0, is_number, kind };
        columns.push((if is_keyed && key > 0 { key } else { i64::MAX }, column));
    }
    columns.sort_by_key(|(order, _)| *order);
    Ok(columns.into_iter().map(|(_, column)| column).collect())
}
