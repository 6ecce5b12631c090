//! Everything that a plan depends on: drafts and bases from the library, production in three statements.

use std::collections::{HashMap, HashSet};

use waymark_core::{
    error::{Error, Result},
    hash,
    id::{RevisionId, StepId, WalkthroughId},
    lint::{self, LintContext},
    publish::{
        LastSync, WalkthroughPlan,
        plan::{self, PlanInput, Version},
    },
    walkthrough::Walkthrough,
};
use waymark_library::{
    drafts, publish as attempts, revisions, servers,
    sync::{self, SyncBase},
};
use waymark_platform::{
    connect::Platform,
    publish::plan::{Production, ReadForPlan, read_for_plan},
};

use super::{
    PlanPublish, next_revision,
    one::{self, Written},
};
use crate::{App, drift};

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
    /// Whether draft and production are in sync afterwards.
    pub is_kept: bool,
}

/// All of them, under one digest.
pub struct Gathered {
    pub items: Vec<Item>,
    pub digest: String,
}

/// Reads, settles what is open, and plans.
pub async fn gather(app: &App, platform: &Platform, input: &PlanPublish) -> Result<Gathered> {
    let mut drafts = read_drafts(app, input).await?;
    let mut production = read_for_plan(platform, &wanted(&drafts)).await?;
    if input.version == Version::Production {
        drafts = drafts.iter().map(|draft| as_in_production(draft, &production)).collect::<Result<_>>()?;
    }
    remember_servers(app, platform, &production).await?;
    let owners = Owners::of(&drafts, &production);
    let mut items = Vec::with_capacity(drafts.len());
    let mut seen = Vec::with_capacity(drafts.len());
    for mine in &drafts {
        let theirs = production.walkthroughs.remove(&mine.id);
        let base = settled_base(app, platform, mine, theirs.as_ref()).await?;
        seen.extend(base.as_ref().map(|base| drift::seen(base, theirs.as_ref())));
        items.push(item(app, platform, input, Versions { mine, base, theirs, owners: &owners }, &production).await?);
    }
    drift::note(app, platform, &seen).await;
    let versions = items.iter().map(|item| (&item.mine, item.base.as_ref(), item.theirs.as_ref()));
    let digest = plan::digest(&input.connection, (&input.version, input.intent), versions);
    Ok(Gathered { items, digest })
}

async fn read_drafts(app: &App, input: &PlanPublish) -> Result<Vec<Walkthrough>> {
    let mut drafts = Vec::with_capacity(input.ids.len());
    for id in &input.ids {
        drafts.push(match &input.version {
            Version::Revision(revision) => read_revision(app, id, revision).await?,
            Version::Draft | Version::Production | Version::Nothing => {
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

struct Versions<'a> {
    mine: &'a Walkthrough,
    base: Option<SyncBase>,
    theirs: Option<Walkthrough>,
    owners: &'a Owners,
}

async fn item(
    app: &App,
    platform: &Platform,
    input: &PlanPublish,
    versions: Versions<'_>,
    production: &Production,
) -> Result<Item> {
    let Versions { mine, base, theirs, owners } = versions;
    let revision = next_revision(base.as_ref().map(|base| base.revision), theirs.as_ref());
    let last_sync = base.as_ref().map(|base| LastSync { revision: base.revision, at: base.synced_at });
    let base = base.map(|base| base.walkthrough);
    let is_kept = match input.version {
        Version::Draft | Version::Revision(_) => true,
        Version::Production => is_in_sync(base.as_ref(), theirs.as_ref()),
        Version::Nothing => false,
    };
    // Another status is no reason to look at what somebody else has written there.
    let base = if input.version == Version::Production { theirs.clone() } else { base };
    let context = LintContext::default();
    let in_production = theirs.as_ref().map(|theirs| lint::lint(theirs, &context)).unwrap_or_default();
    let findings = match input.version {
        Version::Draft => drafts::findings(&app.library, &mine.id).await?,
        Version::Revision(_) | Version::Production => lint::lint(mine, &context),
        Version::Nothing => Vec::new(),
    };
    let connection = platform.connection();
    let planned = &PlanInput {
        mine,
        base: base.as_ref(),
        theirs: theirs.as_ref(),
        learners: production.learners.get(&mine.id).map_or(&[], Vec::as_slice),
        events: production.events.get(&mine.id).map_or(&[], Vec::as_slice),
        servers: &production.servers,
        other_titles: &owners.other_titles(mine),
        taken_steps: &owners.taken_steps(mine),
        findings: &findings,
        findings_in_production: &in_production,
        intent: input.intent,
        asks_before_publish: (connection.is_production && connection.asks_before_publish)
            .then_some(connection.name.as_str()),
        asset_base_url: connection.asset_base_url.as_deref(),
        read_only: production.read_only,
        last_sync,
        revision,
    };
    let planned = if input.version == Version::Nothing { plan::deletion(planned) } else { plan::make(planned) };
    let target = plan::target(mine, theirs.as_ref(), input.intent, revision);
    Ok(Item { mine: mine.clone(), base, theirs, target, revision, plan: planned, is_kept })
}

fn is_in_sync(base: Option<&Walkthrough>, theirs: Option<&Walkthrough>) -> bool {
    base.zip(theirs).is_some_and(|(base, theirs)| hash::is_same_state(base, theirs))
}

/// The base, with an earlier publish settled whose outcome was not known: if production has what was sent, it arrived.
async fn settled_base(
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
