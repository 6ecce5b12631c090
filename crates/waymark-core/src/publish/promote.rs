//! Promoting: what one connection has now is to go to the next one.

use std::collections::HashSet;

use crate::{connection::ServerInfo, walkthrough::Walkthrough};

/// What goes to the next connection: the walkthrough as `from` has it. Where it is offered follows `from` at the servers
/// that both know; a server that only the next one has is its own business, and stays as `theirs` has it.
pub fn version(
    from: &Walkthrough,
    servers_there: &[ServerInfo],
    theirs: Option<&Walkthrough>,
    servers_here: &[ServerInfo],
) -> Walkthrough {
    let slugs = |servers: &'_ [ServerInfo]| servers.iter().map(|server| server.slug.clone()).collect::<HashSet<_>>();
    let (there, here) = (slugs(servers_there), slugs(servers_here));
    let mut version = from.clone();
    version.assignments.retain(|assignment| here.contains(&assignment.server));
    let own = theirs.into_iter().flat_map(|theirs| &theirs.assignments);
    version.assignments.extend(own.filter(|assignment| !there.contains(&assignment.server)).cloned());
    version.assignments.sort_by(|a, b| a.server.cmp(&b.server));
    version
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::walkthrough::{Assignment, WalkthroughType};

    fn offered_on(servers: &[(&str, i32)]) -> Walkthrough {
        let assignment = |(server, order): &(&str, i32)| Assignment {
            id: format!("msw_{server}").into(),
            server: (*server).to_owned(),
            display_order: *order,
            is_enabled: true,
            created_at: None,
        };
        Walkthrough {
            assignments: servers.iter().map(assignment).collect(),
            ..Walkthrough::new("wt_1", "One", WalkthroughType::Course)
        }
    }

    fn known(slugs: &[&str]) -> Vec<ServerInfo> {
        slugs.iter().map(|slug| ServerInfo { slug: (*slug).to_owned(), name: (*slug).to_owned() }).collect()
    }

    #[test]
    fn servers_that_both_know_follow_and_those_of_one_side_stay_its_own() {
        let from = offered_on(&[("docs", 4), ("dev-only", 1)]);
        let theirs = offered_on(&[("docs", 1), ("support", 2), ("live-only", 3)]);
        let promoted = version(
            &from,
            &known(&["docs", "support", "dev-only"]),
            Some(&theirs),
            &known(&["docs", "support", "live-only"]),
        );
        let shown: Vec<_> = promoted.assignments.iter().map(|one| (one.server.as_str(), one.display_order)).collect();
        assert_eq!(shown, [("docs", 4), ("live-only", 3)], "what `from` takes from `support` is taken there too");
        let new = version(&from, &known(&["docs", "dev-only"]), None, &known(&["docs"]));
        assert_eq!(new.assignments.len(), 1);
    }
}
