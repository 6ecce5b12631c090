//! The tools in the types of the protocol. What they are is core's.

use rmcp::model::Tool;
use waymark_core::learner::{call::Profile, tools};

/// The tools of a profile. `asks_email`: the server wants the learner's address.
pub fn tools(profile: Profile, asks_email: bool) -> Vec<Tool> {
    let all = serde_json::to_value(tools::tools(profile, asks_email)).and_then(serde_json::from_value);
    all.expect("BUG: a tool is no tool of the protocol")
}
