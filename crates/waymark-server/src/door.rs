//! The MCP side of a door: which tools there are, and one call.

use axum::http::request::Parts;
use rmcp::{
    ErrorData, RoleServer, ServerHandler,
    model::{
        CallToolRequestParams, CallToolResponse, Implementation, ListToolsResult, PaginatedRequestParams,
        ProtocolVersion, ServerCapabilities, ServerConfig,
    },
    service::RequestContext,
};
use waymark_app::learn::Learners;
use waymark_core::{
    id::VisitId,
    learner::{
        self,
        call::Profile,
        standing::{AuthType, Scope},
    },
};

use crate::{
    answer,
    arguments::{self, Asked, Unasked},
    tools,
};

/// Where a request arrived, and whom it is from: what a transport has found out before the protocol begins.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// The server's slug; `None` is the drafts' own endpoint.
    pub server: Option<String>,
    /// How that server tells learners apart.
    pub asks_email: bool,
    /// Whether it exposes tools at all.
    pub is_enabled: bool,
    /// A tracking id that may be believed.
    pub tracking: Option<String>,
    /// What stands for a visit on a transport without requests of its own: the process.
    pub session: Option<VisitId>,
}

/// The handler of both transports.
#[derive(Clone)]
pub struct Door {
    pub learners: Learners,
    pub profile: Profile,
    /// Where requests arrive on a transport that does not say so with each.
    pub place: Option<Place>,
}

impl Door {
    fn place(&self, context: &RequestContext<RoleServer>) -> Place {
        let parts = context.extensions.get::<Parts>();
        let mut place = parts
            .and_then(|parts| parts.extensions.get::<Place>())
            .or(self.place.as_ref())
            .cloned()
            .unwrap_or_default();
        if let Some(session) = parts.and_then(|parts| session(parts, context.protocol_version())) {
            place.session = Some(session);
        }
        place
    }
}

/// The protocol session, where the protocol still has one.
fn session(parts: &Parts, version: Option<ProtocolVersion>) -> Option<VisitId> {
    let has_sessions = version.is_none_or(|version| version.as_str() < ProtocolVersion::V_2026_07_28.as_str());
    let id = parts.headers.get("mcp-session-id").filter(|_| has_sessions)?.to_str().ok()?;
    Some(VisitId::from(id))
}

impl ServerHandler for Door {
    fn get_info(&self) -> ServerConfig {
        let mut info = ServerConfig::new(ServerCapabilities::builder().enable_tools().build());
        info.server_info = Implementation::new("waymark", env!("CARGO_PKG_VERSION"));
        info.instructions = Some(learner::tools::INSTRUCTIONS.to_owned());
        info
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let place = self.place(&context);
        let tools = if place.is_enabled { tools::tools(self.profile, place.asks_email) } else { Vec::new() };
        Ok(ListToolsResult::with_all_items(tools))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let place = self.place(&context);
        let unknown = || ErrorData::invalid_params(format!("There is no tool `{}`.", request.name), None);
        if !place.is_enabled {
            return Err(unknown());
        }
        let Asked { call, visit } = match arguments::parse(self.profile, &request.name, request.arguments) {
            Ok(asked) => asked,
            Err(Unasked::UnknownTool) => return Err(unknown()),
            Err(Unasked::Misfit(sentence)) => return Ok(answer::of_misfit(sentence).into()),
        };
        let Place { server, tracking, session, .. } = place;
        let scope = Scope { server, handle: visit, session, tracking };
        let result = match self.learners.call(&scope, &call, self.profile, &context.ct).await {
            Ok(heard) => answer::of_heard(&heard),
            Err(error) => answer::of_error(&request.name, &error),
        };
        Ok(result.into())
    }
}

impl Place {
    /// The drafts' own endpoint.
    pub fn drafts() -> Self {
        Self { is_enabled: true, ..Self::default() }
    }

    /// A server of the organization (or, for drafts, one that drafts are assigned to).
    pub fn server(seen: &waymark_core::learner::standing::ServerSeen) -> Self {
        Self {
            server: Some(seen.slug.clone()),
            asks_email: seen.auth == AuthType::CollectEmail,
            is_enabled: seen.is_enabled,
            ..Self::default()
        }
    }
}
