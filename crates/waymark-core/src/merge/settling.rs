//! Deciding one thing after the other: by the side that changed it, by the answer that was given, or not yet.

use super::{
    Conflict, Place, Take,
    answers::Choices,
    details, links, order, places, steps, text,
    words::{self, lines_of},
};
use crate::{
    format::json::{compact, pretty},
    hash::is_same_json,
    id::StepId,
    json::{FreeJson, OWN_KEY},
    walkthrough::Walkthrough,
};

/// One of the two that changed something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// The draft.
    Mine,
    /// Production.
    Theirs,
}

/// One thing in its three versions. `base` is `None` where both have it and there is nothing to compare them with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Three<T> {
    pub(super) base: Option<T>,
    pub(super) mine: T,
    pub(super) theirs: T,
}

impl<T> Three<T> {
    /// The same of another thing.
    pub(super) fn map<U>(self, of: impl Fn(T) -> U) -> Three<U> {
        Three { base: self.base.map(&of), mine: of(self.mine), theirs: of(self.theirs) }
    }

    /// What a side has.
    pub(super) fn take(self, side: Side) -> T {
        match side {
            Side::Mine => self.mine,
            Side::Theirs => self.theirs,
        }
    }

    /// The side that changed it, where only one did: the other gives way.
    pub(super) fn decided(&self, is_same: impl Fn(&T, &T) -> bool) -> Option<Side> {
        match &self.base {
            Some(base) if is_same(base, &self.theirs) => Some(Side::Mine),
            Some(base) if is_same(base, &self.mine) => Some(Side::Theirs),
            _ => is_same(&self.mine, &self.theirs).then_some(Side::Theirs),
        }
    }
}

/// A merge under way.
pub(super) struct Settling<'a> {
    choices: &'a Choices,
    pub(super) conflicts: Vec<Conflict>,
}

/// Merges all of it. With a choice for every conflict none is left.
pub(super) fn settle(
    base: Option<&Walkthrough>,
    mine: &Walkthrough,
    theirs: &Walkthrough,
    choices: &Choices,
) -> (Walkthrough, Vec<Conflict>) {
    let all = Three { base, mine, theirs };
    let mut settling = Settling { choices, conflicts: Vec::new() };
    let mut merged = details::merge(&mut settling, all);
    let kept = steps::kept(&mut settling, all);
    let order = order::merge(&mut settling, all, &kept);
    merged.steps = order.iter().filter_map(|id| steps::merge(&mut settling, kept.get(id)?)).collect();
    links::merge(&mut settling, all, &mut merged);
    places::set(all, &mut merged);
    merged.assignments = details::assignments(&mut settling, all);
    let mut conflicts = settling.conflicts;
    words::locate(&mut conflicts, &order, all);
    (merged, conflicts)
}

impl Settling<'_> {
    /// What was chosen for a place; as the draft has it, while nothing was.
    pub(super) fn choose(&mut self, place: Place, words: Three<Option<String>>, can_write: CanWrite) -> Take {
        if let Some(take) = self.choices.get(&place) {
            return take.clone();
        }
        let (mine_lines, theirs_lines) = lines_of(&words);
        let Three { base, mine, theirs } = words;
        let can_write = can_write == CanWrite::Yes;
        let (number, step_title, base) = (None, None, base.flatten());
        let conflict = Conflict { place, number, step_title, base, mine, theirs, mine_lines, theirs_lines, can_write };
        self.conflicts.push(conflict);
        Take::Mine
    }

    /// A side, where no text can be written.
    pub(super) fn choose_side(&mut self, place: Place, words: Three<Option<String>>) -> Side {
        match self.choose(place, words, CanWrite::No) {
            Take::Theirs => Side::Theirs,
            Take::Mine | Take::Text(_) => Side::Mine,
        }
    }

    /// Whether a step that only `side` has is there; it is, while nobody has decided.
    pub(super) fn choose_existence(&mut self, step: &StepId, side: Side, words: Three<Option<String>>) -> Side {
        let place = Place::Step { step: step.clone() };
        match self.choices.get(&place) {
            Some(Take::Theirs) => Side::Theirs,
            Some(Take::Mine | Take::Text(_)) => Side::Mine,
            None => {
                self.choose(place, words, CanWrite::No);
                side
            }
        }
    }

    /// A line of text that is one thing: a title.
    pub(super) fn line(&mut self, three: Three<&str>, place: Place) -> String {
        if let Some(side) = three.decided(|a, b| a == b) {
            return three.take(side).to_owned();
        }
        match self.choose(place, three.map(|text| Some(text.to_owned())), CanWrite::Yes) {
            Take::Mine => three.mine.to_owned(),
            Take::Theirs => three.theirs.to_owned(),
            Take::Text(text) => text,
        }
    }

    /// A value that is taken from one side or the other.
    pub(super) fn value<T: PartialEq + Copy>(
        &mut self,
        three: Three<T>,
        place: Place,
        words: impl Fn(T) -> Option<String>,
    ) -> T {
        let side = three.decided(|a, b| a == b).unwrap_or_else(|| self.choose_side(place, three.map(words)));
        three.take(side)
    }

    /// A text, hunk by hunk. Absent and empty are the same, and stay what they are.
    pub(super) fn text(&mut self, three: Three<Option<&str>>, place: impl Fn(u32) -> Place) -> Option<String> {
        let plain = three.map(Option::unwrap_or_default);
        if let Some(side) = plain.decided(|a, b| a == b) {
            return three.take(side).map(str::to_owned);
        }
        let mut merged = String::new();
        let mut number = 0;
        for hunk in text::hunks(plain.base, plain.mine, plain.theirs) {
            if let Some(text) = hunk.merged() {
                merged.push_str(text);
                continue;
            }
            let some = |text: &str| Some(text.to_owned());
            let base = plain.base.map(|_| some(hunk.base));
            let words = Three { base, mine: some(hunk.mine), theirs: some(hunk.theirs) };
            match self.choose(place(number), words, CanWrite::Yes) {
                Take::Mine => merged.push_str(hunk.mine),
                Take::Theirs => merged.push_str(hunk.theirs),
                Take::Text(text) => merged.push_str(&text),
            }
            number += 1;
        }
        let is_nothing = merged.is_empty() && (three.mine.is_none() || three.theirs.is_none());
        (!is_nothing).then_some(merged)
    }

    /// JSON, member by member; ours one level further down. What is no object is one thing.
    pub(super) fn json(
        &mut self,
        three: Three<Option<&FreeJson>>,
        place: impl Fn(Vec<String>) -> Place,
    ) -> Option<FreeJson> {
        if let Some(side) = three.decided(|a, b| is_same_json(*a, *b)) {
            return three.take(side).cloned();
        }
        let members = three.map(members);
        match (&members.base, &members.mine, &members.theirs) {
            (Some(None), _, _) | (_, None, _) | (_, _, None) => self.member(three, place(Vec::new())),
            (base, Some(mine), Some(theirs)) => {
                let sides = Three { base: base.as_ref().and_then(Option::as_ref), mine, theirs };
                let merged = self.members(sides, place);
                let is_nothing = merged.is_empty() && (three.mine.is_none() || three.theirs.is_none());
                (!is_nothing).then(|| object(&merged))
            }
        }
    }

    /// Named values, each by itself: in the order of production, what only the draft has behind them.
    pub(super) fn members(&mut self, three: Three<&Members>, place: impl Fn(Vec<String>) -> Place) -> Members {
        let only_mine = three.mine.iter().filter(|(path, _)| find(three.theirs, path).is_none());
        let mut merged: Members = Vec::new();
        for (path, _) in three.theirs.iter().chain(only_mine) {
            let sides = three.map(|side| find(side, path));
            let value = match sides.decided(|a, b| is_same_json(*a, *b)) {
                Some(side) => sides.take(side).cloned(),
                None => self.member(sides, place(path.clone())),
            };
            merged.extend(value.map(|value| (path.clone(), value)));
        }
        merged
    }

    fn member(&mut self, sides: Three<Option<&FreeJson>>, place: Place) -> Option<FreeJson> {
        let words = |json: Option<&FreeJson>| json.map(|json| pretty(&compact(json.as_str())));
        let can_write = match place {
            Place::Metadata { .. } | Place::StepMetadata { .. } => CanWrite::Yes,
            _ => CanWrite::No,
        };
        match self.choose(place, sides.map(words), can_write) {
            Take::Mine => sides.mine.cloned(),
            Take::Theirs => sides.theirs.cloned(),
            // It was read once already, when the answer was checked.
            Take::Text(text) => FreeJson::parse(text.trim()).ok(),
        }
    }
}

/// Whether a text of one's own is an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CanWrite {
    Yes,
    No,
}

/// Values by their names.
pub(super) type Members = Vec<(Vec<String>, FreeJson)>;

fn find<'a>(members: &'a Members, path: &[String]) -> Option<&'a FreeJson> {
    members.iter().find(|(known, _)| known == path).map(|(_, value)| value)
}

/// The members of an object, ours by themselves. Absent is an object without members.
fn members(json: Option<&FreeJson>) -> Option<Members> {
    let Some(json) = json.filter(|json| !json.is_null()) else { return Some(Vec::new()) };
    let mut found = Vec::new();
    for (key, value) in json.entries()? {
        if key == OWN_KEY {
            found.extend(value.entries()?.into_iter().map(|(name, value)| (vec![key.clone(), name], value)));
        } else {
            found.push((vec![key], value));
        }
    }
    Some(found)
}

fn object(members: &Members) -> FreeJson {
    let mut entries: Vec<(String, FreeJson)> = Vec::new();
    for (path, value) in members {
        match path.as_slice() {
            [key, name] => {
                let known = entries.iter().position(|(known, _)| known == key);
                let ours = known.map_or_else(|| FreeJson::object(&[]), |at| entries[at].1.clone());
                let ours = ours.with(name, Some(value.clone()));
                match known {
                    Some(at) => entries[at].1 = ours,
                    None => entries.push((key.clone(), ours)),
                }
            }
            path => entries.extend(path.first().map(|key| (key.clone(), value.clone()))),
        }
    }
    FreeJson::object(&entries)
}
