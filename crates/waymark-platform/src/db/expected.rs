//! What Waymark needs to find in a database. A test compares this with what the migrations create.

/// A table with the columns that Waymark's statements name, and the rights on it that publishing needs.
pub struct Table {
    pub name: &'static str,
    pub columns: &'static [&'static str],
    pub indexes: &'static [&'static str],
    pub grants: &'static [&'static str],
}

/// The tables that have to be there. `support_requests` is missing in some real databases and is not among them.
pub const TABLES: &[Table] = &[
    Table {
        name: "organization",
        columns: &["id", "name", "slug", "logo", "created_at", "metadata"],
        indexes: &[],
        grants: &["SELECT"],
    },
    Table {
        name: "mcp_servers",
        columns: &[
            "id",
            "organization_id",
            "name",
            "product_platform_or_tool",
            "slug",
            "created_at",
            "auth_type",
            "support_ticket_type",
            "walkthrough_tools_enabled",
        ],
        indexes: &[],
        grants: &["SELECT"],
    },
    Table {
        name: "mcp_server_user",
        columns: &["id", "distinct_id", "email", "upstream_sub", "profile_data", "first_seen_at"],
        indexes: &[],
        grants: &[],
    },
    Table {
        name: "mcp_server_session",
        columns: &[
            "mcp_server_session_id",
            "mcp_server_slug",
            "connection_date",
            "connection_timestamp",
            "mcp_server_user_id",
            "title",
        ],
        indexes: &[],
        grants: &[],
    },
    Table {
        name: "mcp_tool_calls",
        columns: &[
            "id",
            "created_at",
            "mcp_server_id",
            "tool_name",
            "mcp_server_user_id",
            "mcp_server_session_id",
            "input",
            "output",
        ],
        indexes: &[],
        grants: &[],
    },
    Table {
        name: "walkthroughs",
        columns: &[
            "id",
            "organization_id",
            "title",
            "description",
            "type",
            "status",
            "created_at",
            "updated_at",
            "estimated_duration_minutes",
            "tags",
            "metadata",
        ],
        indexes: &["walkthroughs_organization_id_idx", "walkthroughs_status_idx"],
        grants: &["SELECT", "INSERT", "UPDATE"],
    },
    Table {
        name: "walkthrough_steps",
        columns: &[
            "id",
            "walkthrough_id",
            "title",
            "content_fields",
            "display_order",
            "next_step_id",
            "created_at",
            "updated_at",
            "metadata",
        ],
        indexes: &[
            "walkthrough_steps_walkthrough_id_idx",
            "walkthrough_steps_display_order_idx",
            "walkthrough_steps_next_step_id_idx",
        ],
        grants: &["SELECT", "INSERT", "UPDATE", "DELETE"],
    },
    Table {
        name: "mcp_server_walkthroughs",
        columns: &["id", "mcp_server_id", "walkthrough_id", "display_order", "is_enabled", "created_at"],
        indexes: &[
            "mcp_server_walkthroughs_server_id_idx",
            "mcp_server_walkthroughs_walkthrough_id_idx",
            "mcp_server_walkthroughs_display_order_idx",
            "mcp_server_walkthroughs_server_walkthrough_unique",
        ],
        grants: &["SELECT", "INSERT", "UPDATE", "DELETE"],
    },
    Table {
        name: "walkthrough_progress",
        columns: &[
            "id",
            "mcp_server_user_id",
            "walkthrough_id",
            "completed_steps",
            "current_step_id",
            "completed_at",
            "started_at",
            "last_activity_at",
            "metadata",
        ],
        indexes: &[
            "walkthrough_progress_user_id_idx",
            "walkthrough_progress_walkthrough_id_idx",
            "walkthrough_progress_last_activity_idx",
            "walkthrough_progress_completed_steps_gin_idx",
        ],
        grants: &["SELECT", "UPDATE"],
    },
    Table {
        name: "walkthrough_step_completions",
        columns: &[
            "id",
            "mcp_server_user_id",
            "walkthrough_id",
            "step_id",
            "mcp_server_id",
            "mcp_server_session_id",
            "completed_at",
            "metadata",
        ],
        indexes: &[
            "wtsc_server_time_idx",
            "wtsc_walkthrough_step_time_idx",
            "wtsc_user_walkthrough_idx",
            "wtsc_session_idx",
            "wtsc_server_walkthrough_idx",
            "wtsc_user_step_unique",
        ],
        grants: &["SELECT"],
    },
];

/// Columns that only the older shape (seed 001) has.
pub const OLDER: &[(&str, &str)] =
    &[("walkthroughs", "first_step_id"), ("walkthroughs", "is_published"), ("walkthrough_steps", "section_title")];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documentation_names_each_right_that_publishing_needs() {
        let page = include_str!("../../../../docs/publishing.md");
        for table in TABLES.iter().filter(|table| !table.grants.is_empty()) {
            let row = format!("| `{}` | {} |", table.name, table.grants.join(", "));
            assert!(page.contains(&row), "docs/publishing.md lacks: {row}");
        }
    }
}
