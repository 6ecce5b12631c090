//! What is the walkthrough's own: its details and its assignments.

use std::collections::BTreeSet;

use super::{
    Place,
    settling::{Settling, Side, Three},
};
use crate::{
    diff::changes,
    hash::{CONTENT_HASH_KEY, REVISION_KEY, bare_metadata, is_same_metadata},
    json::{FreeJson, own, with_own},
    walkthrough::{Assignment, Walkthrough},
};

/// The walkthrough without steps and assignments.
pub(super) fn merge(settling: &mut Settling<'_>, all: Three<&Walkthrough>) -> Walkthrough {
    let minutes = |minutes: Option<i32>| minutes.map(|minutes| minutes.to_string());
    // Publishing sets the status: where production's changed, that is what there is to go on from.
    let status = all.map(|side| side.status).decided(|a, b| a == b).unwrap_or(Side::Theirs);
    Walkthrough {
        id: all.mine.id.clone(),
        title: settling.line(all.map(|side| side.title.as_str()), Place::Title),
        description: settling.text(all.map(|side| side.description.as_deref()), |hunk| Place::Description { hunk }),
        kind: settling.value(all.map(|side| side.kind), Place::Type, |kind| Some(kind.name().to_owned())),
        status: all.take(status).status,
        created_at: all.theirs.created_at.or(all.mine.created_at),
        updated_at: all.theirs.updated_at.or(all.mine.updated_at),
        estimated_duration_minutes: settling.value(
            all.map(|side| side.estimated_duration_minutes),
            Place::Duration,
            minutes,
        ),
        tags: tags(settling, all.map(|side| side.tags.as_slice())),
        metadata: metadata(settling, all.map(|side| side.metadata.as_ref())),
        steps: Vec::new(),
        assignments: Vec::new(),
    }
}

/// A set: what either side took away goes, what either side added comes.
fn tags(settling: &mut Settling<'_>, three: Three<&[String]>) -> Vec<String> {
    let sorted = |tags: &[String]| tags.iter().cloned().collect::<BTreeSet<_>>();
    if let Some(side) = three.decided(|a, b| a == b) {
        return three.take(side).to_vec();
    }
    let Some(base) = three.base else {
        let words = |tags: &[String]| (!tags.is_empty()).then(|| tags.join(", "));
        let decided = three.decided(|a, b| sorted(a) == sorted(b));
        let side = decided.unwrap_or_else(|| settling.choose_side(Place::Tags, three.map(words)));
        return three.take(side).to_vec();
    };
    let stays = |tag: &&String| three.mine.contains(tag) || !base.contains(tag);
    let is_new = |tag: &&String| !three.theirs.contains(tag) && !base.contains(tag);
    three.theirs.iter().filter(stays).chain(three.mine.iter().filter(is_new)).cloned().collect()
}

/// Our revision and hash are production's, whatever else is merged.
fn metadata(settling: &mut Settling<'_>, three: Three<Option<&FreeJson>>) -> Option<FreeJson> {
    if let Some(side) = three.decided(|a, b| is_same_metadata(*a, *b)) {
        return three.take(side).cloned();
    }
    let bare = three.map(|json| Some(bare_metadata(json)).filter(|json| !json.is_null()));
    let bare =
        Three { base: bare.base.as_ref().map(Option::as_ref), mine: bare.mine.as_ref(), theirs: bare.theirs.as_ref() };
    let mut merged = settling.json(bare, |path| Place::Metadata { path });
    for key in [REVISION_KEY, CONTENT_HASH_KEY] {
        merged = with_own(merged.as_ref(), key, own(three.theirs, key));
    }
    merged
}

/// The assignments, by server.
pub(super) fn assignments(settling: &mut Settling<'_>, all: Three<&Walkthrough>) -> Vec<Assignment> {
    let servers = |side: &Walkthrough| side.assignments.iter().map(|known| known.server.clone()).collect::<Vec<_>>();
    let servers: BTreeSet<String> = servers(all.mine).into_iter().chain(servers(all.theirs)).collect();
    servers.into_iter().filter_map(|server| assignment(settling, all, server)).collect()
}

fn assignment(settling: &mut Settling<'_>, all: Three<&Walkthrough>, server: String) -> Option<Assignment> {
    let three = all.map(|side| side.assignments.iter().find(|known| known.server == server));
    let says = |known: Option<&Assignment>| known.map(|known| (known.display_order, known.is_enabled));
    let side = three.decided(|a, b| says(*a) == says(*b)).unwrap_or_else(|| {
        settling.choose_side(Place::Assignment { server }, three.map(|known| known.map(changes::assignment_words)))
    });
    let mut taken = three.take(side)?.clone();
    if let Some(theirs) = three.theirs {
        (taken.id, taken.created_at) = (theirs.id.clone(), theirs.created_at);
    }
    Some(taken)
}
