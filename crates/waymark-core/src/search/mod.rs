//! What a person types to find something, as a value; and where in a text it is.
//!
//! The language (docs/search.md): words that all have to be there, `"phrases"`, `OR` between neighbors, `-not`, and filters
//! such as `type:installer` or `missing:operations`. Reading a query never fails: what makes no sense is forgiven, or
//! explained in [`Query::notes`]. How it is asked of an index is the store's business.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    content::Field,
    walkthrough::{WalkthroughStatus, WalkthroughType},
};

mod fit;
mod marks;
mod parse;
#[cfg(test)]
mod tests;

pub use fit::Fit;
pub use marks::{Finder, Mark, Places, Snippet};

/// Where to look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "SearchPlace", rename_all = "snake_case")]
pub enum Place {
    /// The walkthroughs as they are.
    #[default]
    Library,
    /// Those in the trash.
    Trash,
    /// The walkthroughs as they were.
    History,
    /// The snippets.
    Snippets,
}

/// What can be searched by itself: a walkthrough's details, a step's title, its four fields, section and quiz.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The title, of a walkthrough or of a step.
    Title,
    /// A walkthrough's description.
    Description,
    /// A walkthrough's tags.
    Tags,
    /// Anybody's JSON, of a walkthrough or of a step.
    Metadata,
    /// [`Field::IntroductionForAgent`].
    IntroductionForAgent,
    /// [`Field::ContextForAgent`].
    ContextForAgent,
    /// [`Field::ContentForUser`].
    ContentForUser,
    /// [`Field::OperationsForAgent`].
    OperationsForAgent,
    /// The name of a step's section.
    Section,
    /// The questions, answers and explanations of a step's quiz.
    Quiz,
    /// What the certificate says.
    Certificate,
}

impl Part {
    /// All, in the order of the index.
    pub const ALL: [Part; 11] = [
        Part::Title,
        Part::Description,
        Part::Tags,
        Part::Metadata,
        Part::IntroductionForAgent,
        Part::ContextForAgent,
        Part::ContentForUser,
        Part::OperationsForAgent,
        Part::Section,
        Part::Quiz,
        Part::Certificate,
    ];

    /// The name in the index and over the wire.
    pub fn name(self) -> &'static str {
        match self {
            Part::Title => "title",
            Part::Description => "description",
            Part::Tags => "tags",
            Part::Metadata => "metadata",
            Part::Section => "section",
            Part::Quiz => "quiz",
            Part::Certificate => "certificate",
            _ => self.field().map_or("", Field::name),
        }
    }

    /// The name in queries.
    pub fn word(self) -> &'static str {
        match self {
            Part::IntroductionForAgent => "introduction",
            Part::ContextForAgent => "context",
            Part::ContentForUser => "user",
            Part::OperationsForAgent => "operations",
            _ => self.name(),
        }
    }

    /// The field, if it is one.
    pub fn field(self) -> Option<Field> {
        match self {
            Part::IntroductionForAgent => Some(Field::IntroductionForAgent),
            Part::ContextForAgent => Some(Field::ContextForAgent),
            Part::ContentForUser => Some(Field::ContentForUser),
            Part::OperationsForAgent => Some(Field::OperationsForAgent),
            _ => None,
        }
    }

    /// The part that a field is.
    pub fn of_field(field: Field) -> Part {
        match field {
            Field::IntroductionForAgent => Part::IntroductionForAgent,
            Field::ContextForAgent => Part::ContextForAgent,
            Field::ContentForUser => Part::ContentForUser,
            Field::OperationsForAgent => Part::OperationsForAgent,
        }
    }

    /// Whether only a step has it.
    pub fn is_of_step(self) -> bool {
        self.field().is_some() || matches!(self, Part::Section | Part::Quiz)
    }

    /// Whether it is made of several texts, each with a place of its own.
    pub fn has_slots(self) -> bool {
        matches!(self, Part::Section | Part::Quiz | Part::Certificate)
    }

    /// Whether only a walkthrough as a whole has it.
    pub fn is_of_walkthrough(self) -> bool {
        matches!(self, Part::Description | Part::Tags | Part::Certificate)
    }

    /// The part with this name, as it is stored or as it is typed.
    pub fn of_word(word: &str) -> Option<Part> {
        let short = match word {
            "intro" => "introduction",
            "content" => "user",
            "ops" => "operations",
            "quizzes" => "quiz",
            "sections" => "section",
            "certificates" => "certificate",
            other => other,
        };
        Part::ALL.into_iter().find(|part| part.word() == short || part.name() == short)
    }
}

impl Name {
    /// Whether a name is meant, in any case of its letters.
    pub fn means(&self, name: &str) -> bool {
        let (name, text) = (name.to_lowercase(), self.text.to_lowercase());
        if self.is_prefix { name.starts_with(&text) } else { name == text }
    }
}

/// A query: every group has to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Of each group, one atom has to hold.
    pub groups: Vec<Vec<Atom>>,
    /// Where to look.
    pub place: Place,
    /// Sentences about what was not understood.
    pub notes: Vec<String>,
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Atom {
    /// Whether it must not hold.
    pub is_not: bool,
    /// What must hold.
    pub term: Term,
}

/// A text to find, or a property to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// A word or a phrase.
    Text(Text),
    /// A property.
    Filter(Filter),
}

/// A word or a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// As typed, without quotes. Has at least one letter or digit.
    pub text: String,
    /// Whether it stood in quotes.
    pub is_phrase: bool,
    /// Whether its last word may go on.
    pub is_prefix: bool,
    /// Where it has to be; empty for anywhere.
    pub parts: Vec<Part>,
}

/// A property of a walkthrough or a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// One of these types; none for a type that does not exist.
    Type(Vec<WalkthroughType>),
    /// One of these states; none for one that does not exist.
    Status(Vec<WalkthroughStatus>),
    /// Has this tag.
    Tag(Name),
    /// Is assigned to the server with this slug.
    Server(Name),
    /// This part is empty.
    Missing(Part),
    /// This part is not empty.
    Has(Part),
}

/// The whole of a name, in any case, or its beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Without a closing `*`.
    pub text: String,
    /// Whether it ended in `*`.
    pub is_prefix: bool,
}

impl Query {
    /// Reads what a person typed.
    pub fn parse(text: &str) -> Query {
        parse::parse(text)
    }

    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The texts that a match may contain.
    pub fn wanted(&self) -> impl Iterator<Item = &Text> {
        self.groups.iter().flatten().filter(|atom| !atom.is_not).filter_map(|atom| match &atom.term {
            Term::Text(text) => Some(text),
            Term::Filter(_) => None,
        })
    }
}

/// The query in one normal form: for tests and for the log.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let group = |group: &Vec<Atom>| group.iter().map(Atom::to_string).collect::<Vec<_>>().join(" | ");
        let mut groups: Vec<String> = self.groups.iter().map(group).collect();
        groups.extend(match self.place {
            Place::Library => None,
            Place::Trash => Some("trash".to_owned()),
            Place::History => Some("history".to_owned()),
            Place::Snippets => Some("snippets".to_owned()),
        });
        f.write_str(&groups.join(" & "))
    }
}

impl fmt::Display for Atom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_not { "-" } else { "" })?;
        match &self.term {
            Term::Text(text) => text.fmt(f),
            Term::Filter(filter) => filter.fmt(f),
        }
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<&str> = self.parts.iter().map(|part| part.word()).collect();
        let colon = if parts.is_empty() { "" } else { ":" };
        let quote = if self.is_phrase { "\"" } else { "" };
        let star = if self.is_prefix { "*" } else { "" };
        write!(f, "{}{colon}{quote}{}{quote}{star}", parts.join(","), self.text)
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |name: &Name| format!("{}{}", name.text, if name.is_prefix { "*" } else { "" });
        match self {
            Filter::Type(kinds) => {
                write!(f, "type={}", kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(","))
            }
            Filter::Status(all) => {
                write!(f, "status={}", all.iter().map(|status| status.name()).collect::<Vec<_>>().join(","))
            }
            Filter::Tag(tag) => write!(f, "tag={}", name(tag)),
            Filter::Server(server) => write!(f, "server={}", name(server)),
            Filter::Missing(part) => write!(f, "missing={}", part.word()),
            Filter::Has(part) => write!(f, "has={}", part.word()),
        }
    }
}
