//! Whether a text that no index holds is what a query asks for: the same answer that the index would give.

use super::{Atom, Filter, Finder, Part, Query, Term};

/// A query, made ready for many texts.
#[derive(Debug, Clone)]
pub struct Fit {
    groups: Vec<Vec<Test>>,
}

#[derive(Debug, Clone)]
struct Test {
    is_not: bool,
    asked: Asked,
}

#[derive(Debug, Clone)]
enum Asked {
    Words(Finder),
    Part { part: Part, is_there: bool },
    Property(Filter),
}

impl Fit {
    /// For a query; nothing where it asks for no text at all, because everything would fit.
    pub fn new(query: &Query) -> Option<Fit> {
        query.wanted().next()?;
        let groups = query.groups.iter().map(|group| group.iter().map(Test::new).collect());
        Some(Fit { groups: groups.collect() })
    }

    /// Whether a document with these texts fits. `has` answers for properties of its walkthrough.
    pub fn fits(&self, texts: &[(Part, &str)], has: impl Fn(&Filter) -> bool) -> bool {
        self.groups.iter().all(|group| group.iter().any(|test| test.holds(texts, &has) != test.is_not))
    }
}

impl Test {
    fn new(atom: &Atom) -> Test {
        let asked = match &atom.term {
            Term::Filter(Filter::Has(part)) => Asked::Part { part: *part, is_there: true },
            Term::Filter(Filter::Missing(part)) => Asked::Part { part: *part, is_there: false },
            Term::Filter(filter) => Asked::Property(filter.clone()),
            Term::Text(_) => {
                let wanted = Atom { is_not: false, term: atom.term.clone() };
                Asked::Words(Finder::new(&Query { groups: vec![vec![wanted]], ..Query::default() }))
            }
        };
        Test { is_not: atom.is_not, asked }
    }

    fn holds(&self, texts: &[(Part, &str)], has: &impl Fn(&Filter) -> bool) -> bool {
        match &self.asked {
            Asked::Words(finder) => texts.iter().any(|(part, text)| finder.places(*part, text).kinds > 0),
            Asked::Property(filter) => has(filter),
            Asked::Part { part, is_there } => {
                let found = texts.iter().find(|(known, _)| known == part);
                found.is_some_and(|(_, text)| text.trim().is_empty() != *is_there)
            }
        }
    }
}
