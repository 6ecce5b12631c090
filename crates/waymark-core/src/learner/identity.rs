//! Which visit a call belongs to, and whose it is.
//!
//! A visit is found by, in this order: the handle that the agent passes, what the transport stands for (a protocol
//! session, a process), and for an identified learner the last visit on this server with a call in the last half hour.

use super::standing::{AuthType, Focus, Scope, Standing, VisitSeen};
use crate::{
    id::{LearnerId, ServerId, VisitId},
    json::FreeJson,
    walkthrough::Millis,
};

/// How long an identified learner's visit goes on without a call, in milliseconds.
pub const VISIT_MILLIS: i64 = 30 * 60 * 1_000;

/// What a store has found about server, learner and visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// `mcp_servers.id`.
    pub server: ServerId,
    /// `mcp_servers.slug`.
    pub slug: String,
    /// `mcp_servers.auth_type`.
    pub auth: AuthType,
    /// The learner with the scope's tracking id.
    pub tracked: Option<LearnerId>,
    /// The visit that the handle or the session names, at whatever server.
    pub named: Option<NamedVisit>,
    /// The tracked learner's last visit on this server, where it is not older than [`VISIT_MILLIS`].
    pub recent: Option<VisitId>,
    /// The last call of `recent`, else of `named`.
    pub last_call_at: Option<Millis>,
    /// The output of the latest call of that visit that says what it is about.
    pub said: Option<FreeJson>,
}

/// A visit's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedVisit {
    /// `mcp_server_session_id`.
    pub id: VisitId,
    /// `mcp_server_slug`.
    pub slug: String,
    /// `mcp_server_user_id`.
    pub learner: Option<LearnerId>,
}

impl Identity {
    /// The name that the visit is looked up by.
    pub fn visit_name(scope: &Scope) -> Option<&str> {
        scope.handle.as_deref().or(scope.session.as_ref().map(VisitId::as_str))
    }

    /// The standing of a learner to whom nothing is shown yet.
    pub fn standing(self, scope: &Scope) -> Standing {
        let (visit, learner) = self.visit(scope);
        Standing {
            server: self.server,
            slug: self.slug,
            asks_email: self.auth == AuthType::CollectEmail,
            learner,
            tracking: scope.tracking.clone(),
            visit,
            visible: Vec::new(),
            progress: Vec::new(),
            steps: Vec::new(),
        }
    }

    fn visit(&self, scope: &Scope) -> (VisitSeen, Option<LearnerId>) {
        let named = self.named.as_ref();
        if let Some(visit) = named.filter(|visit| self.is_theirs(visit, scope)) {
            return (self.known(&visit.id), visit.learner.clone());
        }
        if scope.handle.is_some() {
            return (VisitSeen::Unknown, None);
        }
        match (&scope.session, named, &scope.tracking) {
            (Some(session), None, _) => (VisitSeen::New(Some(session.clone())), self.tracked.clone()),
            // A session that is another learner's, or another server's, stands for nothing here.
            (Some(_), Some(_), None) => (VisitSeen::Unknown, None),
            (None, _, None) => (VisitSeen::None, None),
            (_, _, Some(_)) => {
                let visit = self.recent.as_ref().map_or(VisitSeen::New(None), |id| self.known(id));
                (visit, self.tracked.clone())
            }
        }
    }

    fn is_theirs(&self, visit: &NamedVisit, scope: &Scope) -> bool {
        let is_tracked = scope.tracking.is_none() || visit.learner == self.tracked;
        visit.slug == self.slug && visit.learner.is_some() && is_tracked
    }

    fn known(&self, id: &VisitId) -> VisitSeen {
        let focus = self.said.as_ref().and_then(Focus::of_output);
        VisitSeen::Known { id: id.clone(), last_call_at: self.last_call_at, focus }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(scope: Scope, named: Option<(&str, Option<&str>)>, recent: bool, expected: &str) {
        let identity = Identity {
            server: "srv".into(),
            slug: "docs".to_owned(),
            auth: AuthType::None,
            tracked: scope.tracking.as_ref().map(|_| "ann".into()),
            named: named.map(|(slug, learner)| NamedVisit {
                id: Identity::visit_name(&scope).expect("a name").into(),
                slug: slug.to_owned(),
                learner: learner.map(Into::into),
            }),
            recent: recent.then(|| "last".into()),
            last_call_at: None,
            said: None,
        };
        let standing = identity.standing(&scope);
        let visit = match standing.visit {
            VisitSeen::None => "none".to_owned(),
            VisitSeen::Unknown => "unknown".to_owned(),
            VisitSeen::New(id) => format!("new {}", id.map_or("-".to_owned(), |id| id.0)),
            VisitSeen::Known { id, .. } => id.0,
        };
        let learner = standing.learner.map_or("-".to_owned(), |learner| learner.0);
        assert_eq!(format!("{visit} of {learner}"), expected, "{scope:?}");
    }

    fn scope(handle: bool, session: bool, tracking: bool) -> Scope {
        Scope {
            server: None,
            handle: handle.then(|| "h".to_owned()),
            session: session.then(|| "s".into()),
            tracking: tracking.then(|| "tracking".to_owned()),
        }
    }

    #[test]
    fn the_handle_comes_first_then_the_session_then_the_last_visit() {
        check(scope(true, true, true), Some(("docs", Some("ann"))), true, "h of ann");
        check(scope(true, true, false), Some(("docs", Some("bob"))), false, "h of bob");
        check(scope(false, true, false), Some(("docs", Some("bob"))), false, "s of bob");
        check(scope(false, true, false), None, false, "new s of -");
        check(scope(false, true, true), None, true, "new s of ann");
        check(scope(false, false, true), None, true, "last of ann");
        check(scope(false, false, true), None, false, "new - of ann");
        check(scope(false, false, false), None, false, "none of -");
    }

    #[test]
    fn nobody_enters_another_learners_visit_or_another_servers() {
        check(scope(true, false, true), Some(("docs", Some("bob"))), true, "unknown of -");
        check(scope(true, false, false), Some(("other", Some("bob"))), false, "unknown of -");
        check(scope(true, false, false), Some(("docs", None)), false, "unknown of -");
        check(scope(true, true, true), None, true, "unknown of -");
        check(scope(false, true, false), Some(("other", Some("bob"))), false, "unknown of -");
        check(scope(false, true, true), Some(("docs", Some("bob"))), true, "last of ann");
        check(scope(false, true, true), Some(("docs", Some("bob"))), false, "new - of ann");
    }
}
