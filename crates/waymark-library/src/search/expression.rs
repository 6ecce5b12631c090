//! A query in FTS5's own language. Every text is quoted, so that there is nothing in it that FTS5 could stumble over.

use waymark_core::search::{Atom, Query, Term, Text};

/// What FTS5 can answer by itself; `None` where no word has to be there.
pub(super) fn of(query: &Query) -> Option<String> {
    let groups: Vec<String> = query.groups.iter().filter_map(|group| wanted(group)).map(|texts| any(&texts)).collect();
    if groups.is_empty() {
        return None;
    }
    let all = groups.join(" AND ");
    let unwanted: Vec<&Text> = query.groups.iter().filter_map(|group| unwanted(group)).collect();
    if unwanted.is_empty() { Some(all) } else { Some(format!("({all}) NOT {}", any(&unwanted))) }
}

/// Whether FTS5 answers this group, given that there is an expression.
pub(super) fn answers(group: &[Atom]) -> bool {
    wanted(group).is_some() || unwanted(group).is_some()
}

/// One text.
pub(super) fn one(text: &Text) -> String {
    let quoted = format!("\"{}\"{}", text.text.replace('"', "\"\""), if text.is_prefix { "*" } else { "" });
    if text.parts.is_empty() {
        return quoted;
    }
    let parts: Vec<&str> = text.parts.iter().map(|part| part.name()).collect();
    format!("{{{}}} : {quoted}", parts.join(" "))
}

fn any(texts: &[&Text]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| one(text)).collect();
    format!("({})", texts.join(" OR "))
}

/// The texts of a group of which one has to be there, if it is nothing else.
fn wanted(group: &[Atom]) -> Option<Vec<&Text>> {
    let text = |atom: &'_ Atom| !atom.is_not && matches!(atom.term, Term::Text(_));
    group.iter().all(text).then(|| group.iter().filter_map(text_of).collect())
}

/// The text of a group that must not be there, if it is nothing else.
fn unwanted(group: &[Atom]) -> Option<&Text> {
    match group {
        [atom] if atom.is_not => text_of(atom),
        _ => None,
    }
}

fn text_of(atom: &Atom) -> Option<&Text> {
    match &atom.term {
        Term::Text(text) => Some(text),
        Term::Filter(_) => None,
    }
}
