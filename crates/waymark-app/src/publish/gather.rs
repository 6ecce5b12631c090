//! Everything that a plan depends on: drafts and bases from the library, production in three statements. What has to be
//! computed for each walkthrough (lint, digests, differences, texts) is computed for several at once, off the async threads.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use futures::{StreamExt, TryStreamExt, stream};
use tokio_util::sync::CancellationToken;
use waymark_core::{
    connection::{Connection, ReadOnly, ServerInfo},
    error::{Error, Result},
    hash,
    id::{RevisionId, StepId, WalkthroughId},
    lint::Finding,
    publish::{
        Action, LastSync, WalkthroughPlan,
        effect::LearnerProgress,
        plan::{self, Intent, PlanInput, Version, Versions},
    },
    review::standing::Standing,
    walkthrough::Walkthrough,
    wording::chosen::Wordings,
};
use waymark_library::{
    drafts, publish as attempts, review, revisions, servers,
    sync::{self, Seen, SyncBase},
    wordings,
};
use waymark_platform::{
    connect::Platform,
    publish::plan::{Production, ReadForPlan, read_for_plan},
};

use super::{
    PlanPublish, STOPPED, next_revision,
    one::{self, Written},
    promote,
};
use crate::{App, drift, stop::unless_stopped};

/// Whether a plan also says what agents will read, which only somebody who looks at it wants to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgentTexts {
    Compared,
    Left,
}

/// One walkthrough with everything about it.
pub struct Item {
    /// What is to go.
    pub mine: Walkthrough,
    /// What the plan takes for the last common version, if anything.
    pub base: Option<Walkthrough>,
    /// Production now.
    pub theirs: Option<Walkthrough>,
    /// What production is to have.
    pub target: Walkthrough,
    /// The number of that version.
    pub revision: u32,
    /// What that means.
    pub plan: WalkthroughPlan,
    /// What the plan was made from.
    versions: Versions,
    /// Whether draft and production are in sync afterwards.
    pub is_kept: bool,
}

/// All of them, under one digest.
pub struct Gathered {
    pub items: Vec<Item>,
    pub digest: String,
}

/// Reads, settles what is open, and plans.
///
/// # Errors
/// `Cancelled` as soon as somebody stops it: nothing was published.
pub async fn gather(
    app: &App,
    platform: &Platform,
    input: &PlanPublish,
    texts: AgentTexts,
    cancel: &CancellationToken,
) -> Result<Gathered> {
    unless_stopped(cancel, STOPPED, gather_all(app, platform, input, texts)).await
}

async fn gather_all(app: &App, platform: &Platform, input: &PlanPublish, texts: AgentTexts) -> Result<Gathered> {
    let mut drafts = read_drafts(app, input).await?;
    let source = match &input.version {
        Version::Connection(from) => Some(promote::read(app, platform.connection(), from, &drafts).await?),
        _ => None,
    };
    if let Some(source) = &source {
        drafts.clone_from(&source.walkthroughs);
    }
    let mut production = read_for_plan(platform, &wanted(&drafts)).await?;
    if input.version == Version::Production {
        drafts = drafts.iter().map(|draft| as_in_production(draft, &production)).collect::<Result<_>>()?;
    }
    if let Some(source) = &source {
        drafts = source.for_next(&production);
    }
    remember_servers(app, platform, &production).await?;
    let around = Arc::new(Surroundings {
        owners: Owners::of(&drafts, &production),
        servers: std::mem::take(&mut production.servers),
        read_only: production.read_only,
        connection: platform.connection().clone(),
        version: input.version.clone(),
        intent: input.intent,
        texts,
        in_sync: source.map(|source| source.in_sync),
        wordings: wordings::at(&app.library, Some(&platform.connection().id)).await?,
    });
    let mut part = |mine: Walkthrough| Part {
        theirs: production.walkthroughs.remove(&mine.id),
        learners: production.learners.remove(&mine.id).unwrap_or_default(),
        events: production.events.remove(&mine.id).unwrap_or_default(),
        mine,
    };
    let parts: Vec<Part> = drafts.into_iter().map(&mut part).collect();
    let plan_one = |part| item(app, platform, part, Arc::clone(&around));
    let at_once = std::thread::available_parallelism().map_or(2, usize::from);
    let planned: Vec<(Item, Option<Seen>)> =
        stream::iter(parts.into_iter().map(plan_one)).buffered(at_once).try_collect().await?;
    let (items, seen): (Vec<Item>, Vec<Option<Seen>>) = planned.into_iter().unzip();
    let seen: Vec<Seen> = seen.into_iter().flatten().collect();
    drift::note(app, platform, &seen).await;
    let versions: Vec<&Versions> = items.iter().map(|item| &item.versions).collect();
    let digest = plan::digest(&input.connection, (&input.version, input.intent), &versions);
    Ok(Gathered { items, digest })
}

async fn read_drafts(app: &App, input: &PlanPublish) -> Result<Vec<Walkthrough>> {
    let mut drafts = Vec::with_capacity(input.ids.len());
    for id in &input.ids {
        drafts.push(match &input.version {
            Version::Revision(revision) => read_revision(app, id, revision).await?,
            Version::Draft | Version::Production | Version::Connection(_) | Version::Nothing => {
                drafts::open(&app.library, id).await?.draft.walkthrough
            }
        });
    }
    Ok(drafts)
}

/// An earlier version, offered where the draft is offered now: a revision says what was written, not where it is shown.
async fn read_revision(app: &App, id: &WalkthroughId, revision: &RevisionId) -> Result<Walkthrough> {
    let assignments = drafts::open(&app.library, id).await?.draft.walkthrough.assignments;
    let revision = revisions::read(&app.library, revision).await?;
    if revision.summary.walkthrough != *id {
        return Err(Error::not_found(format!("`{id}` has no revision `{}`.", revision.summary.id))
            .with_hint("`waymark history` lists the revisions of a walkthrough."));
    }
    Ok(Walkthrough { assignments, ..revision.walkthrough })
}

fn as_in_production(draft: &Walkthrough, production: &Production) -> Result<Walkthrough> {
    production.walkthroughs.get(&draft.id).cloned().ok_or_else(|| {
        Error::not_found(format!("Production has no walkthrough `{}`.", draft.title))
            .with_hint("Its status there can change once it is published.")
    })
}

fn wanted(drafts: &[Walkthrough]) -> ReadForPlan {
    ReadForPlan {
        ids: drafts.iter().map(|draft| draft.id.clone()).collect(),
        titles: drafts.iter().map(|draft| draft.title.clone()).collect(),
        steps: drafts.iter().flat_map(|draft| &draft.steps).map(|step| step.id.clone()).collect(),
        bytes: drafts
            .iter()
            .flat_map(|draft| &draft.steps)
            .map(|step| step.content_fields.to_json().as_str().len())
            .sum(),
    }
}

async fn remember_servers(app: &App, platform: &Platform, production: &Production) -> Result<()> {
    let connection = &platform.connection().id;
    let known = servers::list(&app.library, Some(connection)).await?;
    if known == production.servers {
        return Ok(());
    }
    servers::remember(&app.library, connection, production.servers.clone(), &app.env.origin).await
}

/// What is the same for all that are planned together.
struct Surroundings {
    owners: Owners,
    servers: Vec<ServerInfo>,
    read_only: Option<ReadOnly>,
    connection: Connection,
    version: Version,
    intent: Intent,
    texts: AgentTexts,
    /// Where another connection's version goes: of which of them the draft knows it.
    in_sync: Option<HashSet<WalkthroughId>>,
    wordings: Wordings,
}

/// One walkthrough, as the library and production have it.
#[derive(Clone)]
struct Part {
    mine: Walkthrough,
    theirs: Option<Walkthrough>,
    learners: Vec<LearnerProgress>,
    events: Vec<(StepId, u32)>,
}

/// What lint finds in the draft and in production's version, as far as it matters.
struct Findings {
    mine: Vec<Finding>,
    theirs: Vec<Finding>,
}

async fn item(app: &App, platform: &Platform, part: Part, around: Arc<Surroundings>) -> Result<(Item, Option<Seen>)> {
    let base = settled_base(app, platform, &part.mine, part.theirs.as_ref()).await?;
    let seen = base.as_ref().map(|base| drift::seen(base, part.theirs.as_ref()));
    let part = Arc::new(part);
    let findings = findings(app, &part, &around).await?;
    let review = match around.connection.requires_approval {
        true => Some(review::standing(&app.library, &part.mine).await?),
        false => None,
    };
    let item = computed(move || around.plan(Arc::unwrap_or_clone(part), base, &findings, review)).await??;
    Ok((item, seen))
}

/// Both are judged by what the library knows of the draft, so that the same fault is the same finding. Where there is
/// nothing to publish nobody looks, and at production's version only where something would block otherwise.
async fn findings(app: &App, part: &Arc<Part>, around: &Surroundings) -> Result<Findings> {
    let mut found = Findings { mine: Vec::new(), theirs: Vec::new() };
    if around.version == Version::Nothing {
        return Ok(found);
    }
    let (both, intent) = (Arc::clone(part), around.intent);
    if computed(move || plan::is_published(&both.mine, both.theirs.as_ref(), intent)).await? {
        return Ok(found);
    }
    found.mine = drafts::findings(&app.library, part.mine.clone()).await?;
    if let Some(theirs) = part.theirs.as_ref().filter(|_| plan::needs_findings_in_production(&found.mine)) {
        found.theirs = drafts::findings(&app.library, theirs.clone()).await?;
    }
    Ok(found)
}

/// Off the async threads, beside what else is computed.
async fn computed<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|panic| Error::bug("Planning a walkthrough ended early.").with_source(panic))
}

impl Surroundings {
    fn plan(&self, part: Part, base: Option<SyncBase>, findings: &Findings, review: Option<Standing>) -> Result<Item> {
        let Part { mine, theirs, learners, events } = part;
        let revision = next_revision(base.as_ref().map(|base| base.revision), theirs.as_ref());
        let last_sync = base.as_ref().map(|base| LastSync { revision: base.revision, at: base.synced_at });
        let base = base.map(|base| base.walkthrough);
        let is_kept = match self.version {
            Version::Draft | Version::Revision(_) => true,
            Version::Connection(_) => self.in_sync.as_ref().is_some_and(|known| known.contains(&mine.id)),
            Version::Production => is_in_sync(base.as_ref(), theirs.as_ref()),
            Version::Nothing => false,
        };
        // Another status is no reason to look at what somebody else has written there.
        let base = if self.version == Version::Production { theirs.clone() } else { base };
        let asks = self.connection.is_production && self.connection.asks_before_publish;
        let input = PlanInput {
            mine: &mine,
            base: base.as_ref(),
            theirs: theirs.as_ref(),
            learners: &learners,
            events: &events,
            servers: &self.servers,
            other_titles: &self.owners.other_titles(&mine),
            taken_steps: &self.owners.taken_steps(&mine),
            findings: &findings.mine,
            findings_in_production: &findings.theirs,
            intent: self.intent,
            asks_before_publish: asks.then_some(self.connection.name.as_str()),
            review: review.as_ref(),
            asset_base_url: self.connection.asset_base_url.as_deref(),
            read_only: self.read_only,
            last_sync,
            revision,
        };
        let mut planned = if self.version == Version::Nothing { plan::deletion(&input) } else { plan::make(&input) };
        let target = plan::target(&mine, theirs.as_ref(), self.intent, revision);
        if self.texts == AgentTexts::Compared && planned.action != Action::Delete {
            plan::add_agent_texts(&mut planned, theirs.as_ref(), &target, &self.wordings)?;
        }
        let versions = Versions::of(&mine, base.as_ref(), theirs.as_ref());
        Ok(Item { mine, base, theirs, target, revision, plan: planned, versions, is_kept })
    }
}

pub(super) fn is_in_sync(base: Option<&Walkthrough>, theirs: Option<&Walkthrough>) -> bool {
    base.zip(theirs).is_some_and(|(base, theirs)| hash::is_same_state(base, theirs))
}

/// The base, with an earlier publish settled whose outcome was not known: if production has what was sent, it arrived.
pub(crate) async fn settled_base(
    app: &App,
    platform: &Platform,
    mine: &Walkthrough,
    theirs: Option<&Walkthrough>,
) -> Result<Option<SyncBase>> {
    let connection = &platform.connection().id;
    let base = sync::base(&app.library, &mine.id, connection.as_str()).await?;
    if let Some(sent) = attempts::attempt(&app.library, connection, &mine.id).await? {
        match theirs.filter(|theirs| hash::is_same_state(theirs, &sent)) {
            Some(theirs) => {
                let next = next_revision(base.as_ref().map(|base| base.revision), None);
                let revision = plan::revision(theirs).unwrap_or(next);
                one::keep(app, platform, &[&Written { walkthrough: theirs.clone(), revision, is_kept: true }]).await?;
            }
            None => attempts::forget_attempts(&app.library, connection, std::slice::from_ref(&mine.id)).await?,
        }
        return sync::base(&app.library, &mine.id, connection.as_str()).await;
    }
    Ok(base)
}

/// Who has which title and which step, looked up and not searched: there can be a thousand drafts.
struct Owners {
    titles: HashMap<String, Vec<WalkthroughId>>,
    steps: HashMap<StepId, WalkthroughId>,
}

impl Owners {
    /// Of production's walkthroughs and of those that are published together.
    fn of(drafts: &[Walkthrough], production: &Production) -> Self {
        let together: HashSet<&WalkthroughId> = drafts.iter().map(|draft| &draft.id).collect();
        let mut titles: HashMap<String, Vec<WalkthroughId>> = HashMap::new();
        for draft in drafts {
            titles.entry(draft.title.clone()).or_default().push(draft.id.clone());
        }
        // A draft that is published together gives up its old title, whatever production has now.
        for (id, title) in production.titles.iter().filter(|(id, _)| !together.contains(id)) {
            titles.entry(title.clone()).or_default().push(id.clone());
        }
        Self { titles, steps: production.steps.iter().cloned().collect() }
    }

    fn other_titles(&self, mine: &Walkthrough) -> Vec<String> {
        let owners = self.titles.get(&mine.title).map_or(&[][..], Vec::as_slice);
        owners.iter().filter(|owner| **owner != mine.id).map(|_| mine.title.clone()).collect()
    }

    fn taken_steps(&self, mine: &Walkthrough) -> Vec<StepId> {
        let is_taken = |id: &&StepId| self.steps.get(*id).is_some_and(|owner| *owner != mine.id);
        mine.steps.iter().map(|step| &step.id).filter(is_taken).cloned().collect()
    }
}
