//! Which wording holds where.
//!
//! A choice may be about a connection, about a type of walkthrough, about both or about neither. The most particular one
//! holds, and a type is more particular than a connection: both, the type, the connection, neither; then the default.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    id::ConnectionId,
    learner::call::Profile,
    render::{Template, elsewhere::Carry, for_profile},
    walkthrough::WalkthroughType,
    wording::{Wording, built_in},
};

/// A choice that somebody made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename = "WordingChoice")]
pub struct Choice {
    /// For this connection; `None` for the drafts, and for every connection that has no choice of its own.
    pub connection: Option<ConnectionId>,
    /// For walkthroughs of this type; `None` for all.
    pub kind: Option<WalkthroughType>,
    /// The wording's name.
    pub wording: String,
}

/// The name of the wording that holds for a type at a connection, or for the drafts.
pub fn name<'a>(choices: &'a [Choice], connection: Option<&ConnectionId>, kind: WalkthroughType) -> &'a str {
    let find = |connection: Option<&ConnectionId>, kind| {
        choices.iter().find(|choice| choice.connection.as_ref() == connection && choice.kind == kind)
    };
    let of_drafts = None;
    let found = [(connection, Some(kind)), (of_drafts, Some(kind)), (connection, None), (of_drafts, None)]
        .into_iter()
        .find_map(|(connection, kind)| find(connection, kind));
    found.map_or(built_in::DEFAULT, |choice| choice.wording.as_str())
}

/// The wordings that hold at one place, a template for each type of walkthrough. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Wordings {
    by_kind: BTreeMap<WalkthroughType, Held>,
}

#[derive(Debug, Clone)]
enum Held {
    BuiltIn(&'static str),
    Own(Arc<[Template; 2]>),
}

impl Wordings {
    /// Those of a connection, or of the drafts. A choice whose wording is gone is the default. `carry` leads to where
    /// wordings run that are not built in.
    pub fn at(choices: &[Choice], own: &[Wording], connection: Option<&ConnectionId>, carry: Carry) -> Self {
        let mut held: BTreeMap<&str, Held> = BTreeMap::new();
        let of_kind = |kind: &WalkthroughType| {
            let name = name(choices, connection, *kind);
            let found = held.entry(name).or_insert_with(|| match own.iter().find(|wording| wording.name == name) {
                Some(wording) => Held::own(&wording.text, Some(name), carry),
                None => Held::BuiltIn(built_in::find(name).map_or(built_in::DEFAULT, |one| one.name)),
            });
            (*kind, found.clone())
        };
        Self { by_kind: WalkthroughType::ALL.iter().map(of_kind).collect() }
    }

    /// One built-in wording for everything.
    pub fn built_in(name: &str) -> Self {
        let name = built_in::find(name).map_or(built_in::DEFAULT, |one| one.name);
        Self::only(&Held::BuiltIn(name))
    }

    /// One wording of somebody's for everything. Without a `name` it is a template of a file.
    pub fn own(text: &str, name: Option<&str>, carry: Carry) -> Self {
        Self::only(&Held::own(text, name, carry))
    }

    fn only(held: &Held) -> Self {
        Self { by_kind: WalkthroughType::ALL.iter().map(|kind| (*kind, held.clone())).collect() }
    }

    /// The template for a type of walkthrough and the tools of a profile.
    pub fn template(&self, kind: WalkthroughType, profile: Profile) -> &Template {
        match (self.by_kind.get(&kind), profile) {
            (Some(Held::Own(templates)), Profile::Current) => &templates[0],
            (Some(Held::Own(templates)), Profile::V1) => &templates[1],
            (Some(Held::BuiltIn(name)), profile) => built_in::template(name, profile),
            (None, profile) => built_in::template(built_in::DEFAULT, profile),
        }
    }
}

impl Held {
    fn own(text: &str, name: Option<&str>, carry: Carry) -> Self {
        let template = |profile| Template::elsewhere(for_profile(text, profile), name, carry);
        Held::Own(Arc::new([Profile::Current, Profile::V1].map(template)))
    }
}
