//! The MCP side of a door: which tools there are, and one call.

use std::sync::Arc;

use axum::http::request::Parts;
use rmcp::{
    ErrorData, RoleServer, ServerHandler,
    model::{
        CallToolRequestParams, CallToolResponse, CompleteRequestParams, CompleteResult, GetPromptRequestParams,
        GetPromptResponse, Implementation, InitializeRequestParams, InitializeResult, ListPromptsResult,
        ListResourceTemplatesResult, ListResourcesResult, ListToolsResult, PaginatedRequestParams, ProtocolVersion,
        ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities, ServerConfig, SubscribeRequestMethod,
        SubscribeRequestParams, SubscriptionFilter, UnsubscribeRequestMethod, UnsubscribeRequestParams,
    },
    service::{NotificationContext, RequestContext, SubscriptionContext},
};
use tokio::sync::SetOnce;
use waymark_app::learn::Learners;
use waymark_core::{
    id::VisitId,
    learner::{
        self,
        arguments::{self, Asked, Unasked},
        call::Profile,
        standing::{AuthType, Scope},
    },
};

use crate::{
    answer, completion,
    notices::{self, Notices},
    prompts, resources, tools,
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
    /// What it opens onto. A client that has started this process is greeted before that is there; its calls wait.
    pub onto: Arc<SetOnce<Onto>>,
    /// Whether that are drafts.
    pub of_drafts: bool,
    pub profile: Profile,
    /// What the session is told of; each session has its own.
    pub notices: Notices,
}

/// What a door opens onto.
pub struct Onto {
    pub learners: Learners,
    /// Where requests arrive on a transport that does not say so with each.
    pub place: Option<Place>,
}

impl Onto {
    fn place(&self, context: &RequestContext<RoleServer>) -> Place {
        let parts = context.extensions.get::<Parts>();
        let mut place = self.place_of(parts);
        if let Some(session) = parts.and_then(|parts| session(parts, context.protocol_version())) {
            place.session = Some(session);
        }
        place
    }

    fn place_of(&self, parts: Option<&Parts>) -> Place {
        let place = parts.and_then(|parts| parts.extensions.get::<Place>());
        place.or(self.place.as_ref()).cloned().unwrap_or_default()
    }
}

impl Door {
    /// Drafts announce changes; production does not.
    fn capabilities(&self) -> ServerCapabilities {
        let all = ServerCapabilities::builder().enable_tools().enable_prompts().enable_resources().enable_completions();
        if self.of_drafts {
            all.enable_prompts_list_changed().enable_resources_list_changed().enable_resources_subscribe().build()
        } else {
            all.build()
        }
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
        let mut info = ServerConfig::new(self.capabilities());
        info.server_info = Implementation::new("waymark", env!("CARGO_PKG_VERSION"));
        info.instructions = Some(learner::tools::INSTRUCTIONS.to_owned());
        info
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let place = self.onto.wait().await.place(&context);
        let tools = if place.is_enabled { tools::tools(self.profile, place.asks_email) } else { Vec::new() };
        Ok(ListToolsResult::with_all_items(tools))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let onto = self.onto.wait().await;
        let place = onto.place(&context);
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
        let result = match onto.learners.call(&scope, &call, self.profile, &context.ct).await {
            Ok(heard) => answer::of_heard(&heard),
            Err(error) => answer::of_error(&request.name, &error),
        };
        Ok(result.into())
    }

    async fn initialize(
        &self,
        request: InitializeRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<InitializeResult, ErrorData> {
        context.peer.set_peer_info(request.clone());
        self.notices.keep(self.onto.get().and_then(|onto| onto.learners.listen()));
        self.negotiate_initialize(&request)
    }

    async fn on_initialized(&self, context: NotificationContext<RoleServer>) {
        let early = self.notices.take();
        let onto = self.onto.wait().await;
        let place = onto.place_of(context.extensions.get::<Parts>());
        let Some(listening) = early.or_else(|| onto.learners.listen()).filter(|_| place.is_enabled) else {
            return;
        };
        match listening.watch(place.server.as_deref()).await {
            Ok(watching) => self.notices.begin(watching, context.peer),
            Err(error) => tracing::warn!(?error, "changes are not announced to this session"),
        }
    }

    async fn list_resources(
        &self,
        request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let cursor = request.and_then(|request| request.cursor);
        let onto = self.onto.wait().await;
        resources::list(&onto.learners, &onto.place(&context), cursor.as_deref()).await
    }

    async fn list_resource_templates(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        Ok(ListResourceTemplatesResult::with_all_items(vec![resources::template()]))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let onto = self.onto.wait().await;
        let place = onto.place(&context);
        Ok(resources::read(&onto.learners, &place, self.profile, &request.uri).await?.into())
    }

    async fn list_prompts(
        &self,
        request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        let cursor = request.and_then(|request| request.cursor);
        let onto = self.onto.wait().await;
        prompts::list(&onto.learners, &onto.place(&context), cursor.as_deref()).await
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        let onto = self.onto.wait().await;
        let (place, arguments) = (onto.place(&context), request.arguments.as_ref());
        Ok(prompts::get(&onto.learners, &place, self.profile, &request.name, arguments).await?.into())
    }

    async fn complete(
        &self,
        request: CompleteRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CompleteResult, ErrorData> {
        let onto = self.onto.wait().await;
        completion::complete(&onto.learners, &onto.place(&context), &request).await
    }

    async fn subscribe(
        &self,
        request: SubscribeRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        if !self.of_drafts {
            return Err(ErrorData::method_not_found::<SubscribeRequestMethod>());
        }
        let onto = self.onto.wait().await;
        resources::check(&onto.learners, &onto.place(&context), &request.uri).await?;
        self.notices.subscribe(request.uri)
    }

    async fn unsubscribe(
        &self,
        request: UnsubscribeRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<(), ErrorData> {
        if !self.of_drafts {
            return Err(ErrorData::method_not_found::<UnsubscribeRequestMethod>());
        }
        self.notices.unsubscribe(&request.uri);
        Ok(())
    }

    fn accepted_subscription_filter(&self, requested: &SubscriptionFilter) -> Option<SubscriptionFilter> {
        if !self.of_drafts {
            return None;
        }
        self.notices.keep(self.onto.get().and_then(|onto| onto.learners.listen()));
        Some(notices::accepted(requested))
    }

    async fn listen(&self, context: SubscriptionContext) -> Result<(), ErrorData> {
        let early = self.notices.take();
        let onto = self.onto.wait().await;
        let place = onto.place(context.request_context());
        match early.or_else(|| onto.learners.listen()).filter(|_| place.is_enabled) {
            Some(listening) => {
                let watching = listening.watch(place.server.as_deref()).await.map_err(resources::fault)?;
                notices::listen(watching, &context).await;
            }
            None => context.cancelled().await,
        }
        Ok(())
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
