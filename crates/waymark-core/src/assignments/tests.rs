//! Columns, moves and what they cost.

use super::*;

fn offered(id: &str, order: i32) -> Offered {
    Offered {
        walkthrough: id.into(),
        assignment: Assignment {
            id: format!("msw_{id}").into(),
            server: "docs".to_owned(),
            display_order: order,
            is_enabled: true,
            created_at: None,
        },
    }
}

fn column(orders: &[(&str, i32)]) -> Vec<Offered> {
    let mut column: Vec<Offered> = orders.iter().map(|(id, order)| offered(id, *order)).collect();
    sort(&mut column);
    column
}

/// Applies what comes out, and gives the order of the column then and how many drafts changed.
fn check(orders: &[(&str, i32)], ids: &[&str], wish: ArrangeWish) -> (String, usize) {
    let mut now = column(orders);
    let input = ArrangeServer {
        server: "docs".to_owned(),
        walkthroughs: ids.iter().map(|id| WalkthroughId::from(*id)).collect(),
        wish,
    };
    let changes = arrange(&now, &input);
    for (id, offer) in &changes {
        now.retain(|known| known.walkthrough != *id || offer.is_some());
        let Some(offer) = offer else { continue };
        match now.iter_mut().find(|known| known.walkthrough == *id) {
            Some(known) => {
                known.assignment.display_order = offer.display_order;
                known.assignment.is_enabled = offer.is_enabled;
            }
            None => now.push(offered(id.as_str(), offer.display_order)),
        }
    }
    sort(&mut now);
    let shown = |offered: &Offered| {
        let mark = if offered.assignment.is_enabled { "" } else { "-" };
        format!("{mark}{}", offered.walkthrough)
    };
    (now.iter().map(shown).collect::<Vec<_>>().join(" "), changes.len())
}

#[test]
fn a_move_leads_where_it_was_wished_and_changes_as_few_drafts_as_it_can() {
    let before = |id: &str| ArrangeWish::MoveBefore(Some(id.into()));
    let end = ArrangeWish::MoveBefore(None);
    let abcd = &[("a", 1), ("b", 2), ("c", 3), ("d", 4)];
    let wide = &[("a", 10), ("b", 20), ("c", 30)];
    let ties = &[("a", 0), ("b", 0), ("c", 0)];
    for (orders, ids, wish, expected) in [
        (&abcd[..], &["d"][..], before("a"), ("d a b c", 1)),
        (abcd, &["a"], end.clone(), ("b c d a", 1)),
        (abcd, &["a"], before("c"), ("b a c d", 3)),
        (abcd, &["b", "d"], before("a"), ("b d a c", 3)),
        (abcd, &["b"], before("b"), ("a b c d", 0)),
        (abcd, &["a"], before("b"), ("a b c d", 0)),
        (abcd, &["unknown"], before("a"), ("a b c d", 0)),
        (abcd, &["a"], before("unknown"), ("b c d a", 1)),
        (wide, &["c"], before("b"), ("a c b", 1)),
        (wide, &["c"], before("a"), ("c a b", 1)),
        (ties, &["c"], before("a"), ("c a b", 2)),
        (ties, &["a"], end, ("b c a", 1)),
    ] {
        let (order, changed) = check(orders, ids, wish.clone());
        assert_eq!((order.as_str(), changed), expected, "{ids:?} {wish:?}");
    }
}

#[test]
fn assigning_enabling_and_taking_away_touch_only_what_changes() {
    let ab = &[("a", 1), ("b", 5)];
    for (ids, wish, expected) in [
        (&["x", "a", "y"][..], ArrangeWish::Assign, ("a b x y", 2)),
        (&["a", "x"], ArrangeWish::Unassign, ("b", 1)),
        (&["a"], ArrangeWish::Enable, ("a b", 0)),
        (&["a", "b"], ArrangeWish::Disable, ("-a -b", 2)),
    ] {
        let (order, changed) = check(ab, ids, wish.clone());
        assert_eq!((order.as_str(), changed), expected, "{wish:?}");
    }
    assert_eq!(check(&[], &["x"], ArrangeWish::Assign), ("x".to_owned(), 1));
}

#[test]
fn cells_say_what_is_not_published_yet() {
    let assignment = |server: &str, order| Assignment { server: server.to_owned(), ..offered("w", order).assignment };
    let draft = [assignment("docs", 1), assignment("new", 2)];
    let production = [assignment("docs", 1), assignment("old", 3)];
    let found = cells(&draft, Some(&production));
    let found: Vec<_> = found.iter().map(|cell| (cell.server.as_str(), cell.is_unpublished)).collect();
    assert_eq!(found, [("docs", false), ("new", true), ("old", true)]);
    assert!(cells(&draft, None).iter().all(|cell| cell.is_unpublished));
}

#[test]
fn columns_are_the_servers_of_the_connection_and_then_those_that_only_drafts_name() {
    let known = [ServerInfo { slug: "support".to_owned(), name: "Support".to_owned() }];
    let servers = columns(&known, vec![offered("b", 2), offered("a", 1)]);
    let shown: Vec<_> = servers.iter().map(|server| (server.slug.as_str(), server.is_known)).collect();
    assert_eq!(shown, [("support", true), ("docs", false)]);
    assert_eq!(servers[1].order, ["a".into(), "b".into()]);
    let row = |is_enabled| MatrixRow {
        id: "a".into(),
        title: "A".to_owned(),
        kind: WalkthroughType::Course,
        status: WalkthroughStatus::Draft,
        is_in_production: false,
        is_changed_there: false,
        other_changes: 0,
        cells: vec![MatrixCell {
            server: "docs".to_owned(),
            draft: Some(Offer { display_order: 1, is_enabled }),
            production: None,
            is_unpublished: true,
        }],
    };
    assert_eq!(runtime_notes(&servers, &[row(false)]).len(), 2);
    assert_eq!(runtime_notes(&servers[..1], &[row(true)]).len(), 0);
}
