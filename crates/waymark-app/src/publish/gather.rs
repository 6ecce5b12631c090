//! Everything that a plan depends on: drafts and bases from the library, production in three statements.

use std::collections::{HashMap, HashSet};

use waymark_core::{
    error::Result,
    hash,
    id::{StepId, WalkthroughId},
    lint::{self, LintContext},
    publish::{
        LastSync, WalkthroughPlan,
        plan::{self, PlanInput},
    },
    walkthrough::Walkthrough,
};
use waymark_library::{
    drafts, publish as attempts, servers,
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
    /// The draft.
    pub mine: Walkthrough,
    /// What both last had, if anything.
    pub base: Option<Walkthrough>,
    /// Production now.
    pub theirs: Option<Walkthrough>,
    /// What production is to have.
    pub target: Walkthrough,
    /// The number of that version.
    pub revision: u32,
    /// What that means.
    pub plan: WalkthroughPlan,
}

/// All of them, under one digest.
pub struct Gathered {
    pub items: Vec<Item>,
    pub digest: String,
}

/// Reads, settles what is open, and plans.
pub async fn gather(app: &App, platform: &Platform, input: &PlanPublish) -> Result<Gathered> {
    let drafts = read_drafts(app, &input.ids).await?;
    let mut production = read_for_plan(platform, &wanted(&drafts)).await?;
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
    let digest = plan::digest(&input.connection, input.intent, versions);
    Ok(Gathered { items, digest })
}

async fn read_drafts(app: &App, ids: &[WalkthroughId]) -> Result<Vec<Walkthrough>> {
    let mut drafts = Vec::with_capacity(ids.len());
    for id in ids {
        drafts.push(drafts::open(&app.library, id).await?.draft.walkthrough);
    }
    Ok(drafts)
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
    let context = LintContext::default();
    let in_production = theirs.as_ref().map(|theirs| lint::lint(theirs, &context)).unwrap_or_default();
    let findings = drafts::findings(&app.library, &mine.id).await?;
    let connection = platform.connection();
    let planned = plan::make(&PlanInput {
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
    });
    let target = plan::target(mine, theirs.as_ref(), input.intent, revision);
    Ok(Item { mine: mine.clone(), base, theirs, target, revision, plan: planned })
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
                one::keep(app, platform, &[&Written { walkthrough: theirs.clone(), revision }]).await?;
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
