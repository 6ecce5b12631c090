//! Ids: text with a prefix. Any length is accepted from outside; new ones are eight nanoid characters long.

use serde::{Deserialize, Serialize};

/// Characters of a generated id, without the dash and underscore that make ids awkward to select and to put into URLs.
const ALPHABET: [char; 62] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M',
    'N', 'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j',
    'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z',
];

/// A source of random bytes: `random(n)` gives `n` of them. Passed in, so that tests can fix it.
pub type Random = fn(usize) -> Vec<u8>;

/// `prefix` and `length` random characters.
pub fn mint_text(random: Random, prefix: &str, length: usize) -> String {
    let mut id = String::with_capacity(prefix.len() + length);
    id.push_str(prefix);
    id.push_str(&nanoid::format(random, &ALPHABET, length));
    id
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal / $length:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "specta", derive(specta::Type))]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// What an id of this kind begins with.
            pub const PREFIX: &'static str = $prefix;

            /// A new id from the given randomness.
            pub fn mint(random: Random) -> Self {
                Self(mint_text(random, $prefix, $length))
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }
    )*};
}

ids! {
    /// A walkthrough (`walkthroughs.id`).
    WalkthroughId = "wt_" / 8;
    /// A step (`walkthrough_steps.id`).
    StepId = "wts_" / 8;
    /// An assignment of a walkthrough to an MCP server (`mcp_server_walkthroughs.id`).
    AssignmentId = "msw_" / 8;
    /// A learner's progress in one walkthrough (`walkthrough_progress.id`).
    ProgressId = "wtp_" / 8;
    /// A completion event (`walkthrough_step_completions.id`).
    CompletionId = "wtsc_" / 8;
    /// A learner (`mcp_server_user.id`).
    LearnerId = "mcpu_" / 12;
    /// One sitting of one learner at one server (`mcp_server_session.mcp_server_session_id`).
    VisitId = "vis_" / 16;
    /// A logged tool call (`mcp_tool_calls.id`).
    ToolCallId = "tc_" / 8;
    /// A connection to an organization's Postgres (local).
    ConnectionId = "con_" / 8;
    /// A revision of a walkthrough (local).
    RevisionId = "rev_" / 8;
    /// A change to several walkthroughs at once (local).
    BulkChangeId = "bulk_" / 8;
    /// Several walkthroughs that go to a connection together (local).
    ReleaseId = "rel_" / 8;
    /// A conversation that is kept (local).
    ConversationId = "conv_" / 8;
    /// A comment of a review; the first of a thread names the thread.
    CommentId = "cmt_" / 16;
    /// An entry of a review that never changes: a decision, or that a thread was resolved.
    ReviewEntryId = "rve_" / 16;
    /// A provider of models (local).
    ProviderId = "prov_" / 8;
    /// A run of a model through a walkthrough (local).
    AgentRunId = "run_" / 8;
    /// An organization (`organization.id`); never minted here outside of a sandbox.
    OrganizationId = "org_" / 16;
    /// An MCP server (`mcp_servers.id`); never minted here outside of a sandbox.
    ServerId = "mcp_" / 12;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counting(length: usize) -> Vec<u8> {
        (0..length).map(|byte| (byte * 7 % 256) as u8).collect()
    }

    #[test]
    fn new_ids_have_their_prefix_and_eight_characters() {
        let id = WalkthroughId::mint(counting);
        assert!(id.as_str().starts_with("wt_"));
        assert_eq!(id.as_str().len(), 3 + 8);
    }

    #[test]
    fn ids_of_any_length_are_accepted() {
        let id: StepId = serde_json::from_str("\"wts_aVeryLongIdFromAnImportScript\"").expect("an id is any text");
        assert_eq!(id.as_str(), "wts_aVeryLongIdFromAnImportScript");
    }
}
