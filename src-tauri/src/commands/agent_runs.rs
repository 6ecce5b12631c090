//! Runs of models through a draft, and the providers of those models. A key comes in and never goes out.

use serde::Deserialize;
use tauri::State;
use tokio_util::sync::CancellationToken;
use waymark_app::{
    agent_run::{BeginRun, providers as reach},
    secrets::Keep,
};
use waymark_core::{
    agent_run::{
        provider::{Model, Provider, ProviderKind},
        run::RunSummary,
        script::Script,
    },
    id::{AgentRunId, ProviderId, Random, WalkthroughId},
    secret::Secret,
};
use waymark_library::agent_run::{self, ComparedRuns, KeptRun, providers};

use crate::{
    agent_runs::{LiveRun, Move},
    desk::Desk,
    failure::{Answer, Failure},
};

/// A provider as the form has it.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct ProviderForm {
    /// Which; none for a new one.
    pub id: Option<ProviderId>,
    /// Chosen by the person.
    pub name: String,
    /// What it speaks.
    pub kind: ProviderKind,
    /// Where it is.
    pub base_url: String,
    /// Whether keys and texts may go to another machine unencrypted.
    pub allows_plain_http: bool,
    /// The models that are used there.
    pub models: Vec<Model>,
}

/// A provider to keep.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct SaveProvider {
    /// The provider.
    pub provider: ProviderForm,
    /// Its key, where one was typed; empty for the one that is kept.
    pub key: Secret,
    /// Where the key is kept.
    pub keep: Keep,
}

/// A provider to try.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct TestProvider {
    /// The provider, saved or not.
    pub provider: ProviderForm,
    /// Its key, where one was typed; empty for the one that is kept.
    pub key: Secret,
}

/// Something that the user says.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct SayToAgent {
    /// In which run.
    pub run: AgentRunId,
    /// What; none to let the model go on where it was interrupted.
    pub text: Option<String>,
}

/// A script to play.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct PlayAgentScript {
    /// In which run.
    pub run: AgentRunId,
    /// A message in each line; empty for the usual.
    pub script: String,
}

/// Two runs to look at side by side.
#[derive(Debug, Clone, Deserialize, specta::Type)]
pub struct CompareAgentRuns {
    /// One of them.
    pub left: AgentRunId,
    /// The other.
    pub right: AgentRunId,
}

impl ProviderForm {
    fn into_provider(self, random: Random) -> Provider {
        let Self { id, name, kind, base_url, allows_plain_http, models } = self;
        let id = id.unwrap_or_else(|| ProviderId::mint(random));
        Provider { id, name, kind, base_url, allows_plain_http, models }
    }
}

/// The providers of models, by name.
#[tauri::command]
#[specta::specta]
pub async fn list_providers(desk: State<'_, Desk>) -> Answer<Vec<Provider>> {
    Ok(providers::list(desk.library()?).await?)
}

/// Keeps a provider, and its key where one was typed.
#[tauri::command]
#[specta::specta]
pub async fn save_provider(desk: State<'_, Desk>, input: SaveProvider) -> Answer<Provider> {
    let app = desk.app()?;
    let SaveProvider { provider, key, keep } = input;
    Ok(reach::save(app, provider.into_provider(app.env.random), Some(key), keep).await?)
}

/// Removes a provider and its key.
#[tauri::command]
#[specta::specta]
pub async fn remove_provider(desk: State<'_, Desk>, id: ProviderId) -> Answer<()> {
    Ok(reach::remove(desk.app()?, &id).await?)
}

/// Asks a provider for its models, which costs nothing.
#[tauri::command]
#[specta::specta]
pub async fn test_provider(desk: State<'_, Desk>, input: TestProvider) -> Answer<Vec<String>> {
    let app = desk.app()?;
    let provider = input.provider.into_provider(app.env.random);
    Ok(reach::test(app, &provider, Some(input.key), &CancellationToken::new()).await?)
}

/// Begins a run in which nothing has been said.
#[tauri::command]
#[specta::specta]
pub async fn begin_agent_run(desk: State<'_, Desk>, input: BeginRun) -> Answer<AgentRunId> {
    Ok(desk.agent_runs.begin(desk.app()?, input, None).await?)
}

/// The user says something. Answers at once.
#[tauri::command]
#[specta::specta]
pub async fn say_to_agent(desk: State<'_, Desk>, input: SayToAgent) -> Answer<()> {
    let made = input.text.map_or(Move::GoOn, Move::Say);
    desk.agent_runs.go(&input.run, made).map_err(Failure::from)
}

/// A script plays the user to the end. Answers at once.
#[tauri::command]
#[specta::specta]
pub async fn play_agent_script(desk: State<'_, Desk>, input: PlayAgentScript) -> Answer<()> {
    Ok(desk.agent_runs.go(&input.run, Move::Play(Script::parse(&input.script)?))?)
}

/// How far a run is; none for one that this window did not begin.
#[tauri::command]
#[specta::specta]
pub fn look_at_agent_run(desk: State<'_, Desk>, id: AgentRunId) -> Option<LiveRun> {
    desk.agent_runs.look(&id)
}

/// Stops the model. What it has said stays.
#[tauri::command]
#[specta::specta]
pub fn stop_agent_run(desk: State<'_, Desk>, id: AgentRunId) -> Answer<()> {
    desk.agent_runs.stop(&id).map_err(Failure::from)
}

/// The runs of a walkthrough that are kept, the latest first.
#[tauri::command]
#[specta::specta]
pub async fn list_agent_runs(desk: State<'_, Desk>, id: WalkthroughId) -> Answer<Vec<RunSummary>> {
    Ok(agent_run::list(desk.library()?, &id).await?)
}

/// A kept run with everything that happened.
#[tauri::command]
#[specta::specta]
pub async fn read_agent_run(desk: State<'_, Desk>, id: AgentRunId) -> Answer<KeptRun> {
    Ok(agent_run::read(desk.library()?, &id).await?)
}

/// Two kept runs side by side.
#[tauri::command]
#[specta::specta]
pub async fn compare_agent_runs(desk: State<'_, Desk>, input: CompareAgentRuns) -> Answer<ComparedRuns> {
    Ok(agent_run::compare(desk.library()?, &input.left, &input.right).await?)
}

/// Removes a kept run.
#[tauri::command]
#[specta::specta]
pub async fn remove_agent_run(desk: State<'_, Desk>, id: AgentRunId) -> Answer<()> {
    desk.agent_runs.forget(&id);
    Ok(agent_run::remove(desk.library()?, &id, desk.origin()).await?)
}
