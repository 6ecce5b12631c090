//! What holds whatever two people say on two machines.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{log::ReviewLog, *};

fn comments() -> impl Strategy<Value = Vec<Comment>> {
    let comment =
        (0..6_u8, 0..4_i64, proptest::option::of("[ab]{1,2}"), 0..2_u8).prop_map(|(id, changed_at, text, who)| {
            Comment {
                id: format!("cmt_{id}").into(),
                thread: format!("cmt_{}", id / 2).into(),
                author: format!("Author {who}"),
                at: Millis(0),
                changed_at: Millis(changed_at),
                text,
                target: None,
                turn: None,
                audit: None,
            }
        });
    proptest::collection::vec(comment, 0..8)
}

fn logs() -> impl Strategy<Value = ReviewLog> {
    let resolution = (0..6_u8, 0..3_i64, any::<bool>()).prop_map(|(id, at, is_resolved)| Resolution {
        id: format!("rve_{id}").into(),
        thread: "cmt_0".into(),
        is_resolved,
        author: "Ada".to_owned(),
        at: Millis(at),
    });
    let decision = (0..6_u8, 0..3_i64, 0..4_usize, "[ab]").prop_map(|(id, at, state, hash)| Decision {
        id: format!("rve_{id}").into(),
        state: State::ALL[state],
        author: "Ada".to_owned(),
        at: Millis(at),
        content_hash: hash,
        note: None,
    });
    let lists = (comments(), proptest::collection::vec(resolution, 0..6), proptest::collection::vec(decision, 0..6));
    // A log is one that was joined: each id stands in it once.
    lists.prop_map(|(comments, resolutions, decisions)| {
        ReviewLog::default().merge(ReviewLog { comments, resolutions, decisions })
    })
}

fn stamps(log: &ReviewLog) -> BTreeMap<String, Millis> {
    let comments = log.comments.iter().map(|item| (format!("c {}", item.id), item.changed_at));
    let resolutions = log.resolutions.iter().map(|item| (format!("r {}", item.id), item.at));
    let decisions = log.decisions.iter().map(|item| (format!("d {}", item.id), item.at));
    comments.chain(resolutions).chain(decisions).collect()
}

proptest! {
    #[test]
    fn joining_does_not_depend_on_who_how_often_and_in_which_order(a in logs(), b in logs(), c in logs()) {
        let joined = a.clone().merge(b.clone());
        prop_assert_eq!(&joined, &b.clone().merge(a.clone()));
        prop_assert_eq!(joined.clone().merge(c.clone()), a.clone().merge(b.clone().merge(c)));
        prop_assert_eq!(&joined.clone().merge(a.clone()), &joined);
        prop_assert_eq!(&a.clone().merge(a.clone()), &a);
    }

    #[test]
    fn joining_loses_nothing_and_makes_nothing_up(a in logs(), b in logs()) {
        let joined = a.clone().merge(b.clone());
        let (left, right, both) = (stamps(&a), stamps(&b), stamps(&joined));
        for (id, at) in left.iter().chain(&right) {
            prop_assert!(both.get(id).is_some_and(|kept| kept >= at), "{}", id);
        }
        prop_assert_eq!(both.len(), left.keys().chain(right.keys()).collect::<std::collections::BTreeSet<_>>().len());
        for comment in &joined.comments {
            prop_assert!(a.comments.contains(comment) || b.comments.contains(comment));
        }
        for decision in &joined.decisions {
            prop_assert!(a.decisions.contains(decision) || b.decisions.contains(decision));
        }
    }

    #[test]
    fn the_news_is_all_that_is_needed(a in logs(), b in logs()) {
        prop_assert_eq!(a.clone().merge(b.news_for(&a)), a.clone().merge(b.clone()));
        prop_assert!(b.news_for(&a.clone().merge(b.clone())).is_empty());
    }

    #[test]
    fn a_stretch_is_never_outside_of_the_text(before in "[a-c \n😀]{1,20}", after in "[a-c \n😀]{0,20}", from in 0..20_u32, to in 0..20_u32) {
        if let Ok(anchor) = super::anchor::Anchor::of(&before, from, to) {
            if let Some(carried) = anchor.carry(&before, &after) {
                let again = super::anchor::Anchor::of(&after, carried.from, carried.to);
                prop_assert_eq!(again.ok(), Some(carried));
            }
            prop_assert_eq!(anchor.carry(&before, &before), Some(anchor));
        }
    }
}
