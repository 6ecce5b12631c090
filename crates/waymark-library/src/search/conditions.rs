//! What of a query is no matter of the index: properties of walkthroughs and steps, and words that may be there or not.

use sqlx::{QueryBuilder, Sqlite};
use waymark_core::search::{Atom, Filter, Name, Part, Query, Term};

use super::expression;

/// Whether single documents are asked for, or walkthroughs as a whole.
pub(super) fn has_documents(query: &Query) -> bool {
    query.groups.iter().flatten().any(|atom| match &atom.term {
        Term::Text(_) => !atom.is_not,
        Term::Filter(Filter::Missing(part) | Filter::Has(part)) => !part.is_of_walkthrough(),
        Term::Filter(_) => false,
    })
}

/// Adds ` AND …` for each group that FTS5 does not answer. The statement calls the documents `d`, their texts `t` and
/// their walkthroughs `w`.
pub(super) fn push(sql: &mut QueryBuilder<Sqlite>, query: &Query, has_expression: bool) {
    let is_whole = !has_documents(query);
    for group in query.groups.iter().filter(|group| !(has_expression && expression::answers(group))) {
        for (index, atom) in group.iter().enumerate() {
            sql.push(if index == 0 { " AND (" } else { " OR " });
            push_atom(sql, atom, is_whole);
        }
        sql.push(")");
    }
}

/// `is_whole`: a word is looked for in the whole walkthrough, not in one document.
fn push_atom(sql: &mut QueryBuilder<Sqlite>, atom: &Atom, is_whole: bool) {
    sql.push(if atom.is_not { "NOT coalesce(" } else { "coalesce(" });
    match &atom.term {
        Term::Text(text) if is_whole => {
            sql.push(
                "d.walkthrough_id IN (SELECT walkthrough_id FROM search_documents
                 WHERE id IN (SELECT rowid FROM search WHERE search MATCH ",
            );
            sql.push_bind(expression::one(text)).push("))");
        }
        Term::Text(text) => {
            sql.push("d.id IN (SELECT rowid FROM search WHERE search MATCH ");
            sql.push_bind(expression::one(text)).push(")");
        }
        Term::Filter(filter) => push_filter(sql, filter),
    }
    sql.push(", 0)");
}

fn push_filter(sql: &mut QueryBuilder<Sqlite>, filter: &Filter) {
    match filter {
        Filter::Type(kinds) => push_one_of(sql, "w.type", kinds.iter().map(|kind| kind.name())),
        Filter::Status(all) => push_one_of(sql, "coalesce(w.status, 'draft')", all.iter().map(|status| status.name())),
        Filter::Tag(name) => {
            sql.push("EXISTS (SELECT 1 FROM json_each(coalesce(w.tags, '[]')) WHERE value");
            push_name(sql, name);
        }
        Filter::Server(name) => {
            sql.push(
                "EXISTS (SELECT 1 FROM mcp_server_walkthroughs a
                 WHERE a.walkthrough_id = d.walkthrough_id AND a.mcp_server_id",
            );
            push_name(sql, name);
        }
        Filter::Has(part) => push_text(sql, *part, "<> ''"),
        Filter::Missing(part) => push_text(sql, *part, "= ''"),
    }
}

fn push_one_of(sql: &mut QueryBuilder<Sqlite>, column: &str, names: impl Iterator<Item = &'static str>) {
    sql.push(column).push(" IN (");
    let mut list = sql.separated(", ");
    for name in names {
        list.push_bind(name);
    }
    sql.push(")");
}

/// Closes the `EXISTS (`.
fn push_name(sql: &mut QueryBuilder<Sqlite>, name: &Name) {
    let mut pattern = name.text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    pattern.push_str(if name.is_prefix { "%" } else { "" });
    sql.push(" LIKE ").push_bind(pattern).push(" ESCAPE '\\')");
}

fn push_text(sql: &mut QueryBuilder<Sqlite>, part: Part, comparison: &str) {
    let text = match part {
        Part::Tags => "iif(json_array_length(coalesce(w.tags, '[]')) = 0, '', w.tags)".to_owned(),
        Part::Description => "w.description".to_owned(),
        Part::Certificate => {
            "CASE WHEN json_valid(w.metadata) THEN json_extract(w.metadata, '$.waymark.certificate') END".to_owned()
        }
        _ => format!("t.{}", part.name()),
    };
    let of_step = if part.is_of_step() { "d.step_id IS NOT NULL AND " } else { "" };
    sql.push(format!("({of_step}trim(coalesce({text}, ''), char(9, 10, 13, 32)) {comparison})"));
}
