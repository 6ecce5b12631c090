//! Everything that a plan depends on: drafts and bases from the library, production in three statements.

use std::collections::HashMap;

use waymark_core::{
    error::Result,
    hash,
    id::{StepId, WalkthroughId},
    lint::{self, LintContext},
    publish::{
        WalkthroughPlan,
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

use super::{PlanPublish, next_revision, one};
use crate::App;

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
    let mut items = Vec::with_capacity(drafts.len());
    for mine in &drafts {
        let theirs = production.walkthroughs.remove(&mine.id);
        let base = settled_base(app, platform, mine, theirs.as_ref()).await?;
        let titles = other_titles(mine, &drafts, &production);
        items.push(item(app, platform, input, Versions { mine, base, theirs, titles }, &production).await?);
    }
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
    titles: Vec<String>,
}

async fn item(
    app: &App,
    platform: &Platform,
    input: &PlanPublish,
    versions: Versions<'_>,
    production: &Production,
) -> Result<Item> {
    let Versions { mine, base, theirs, titles } = versions;
    let revision = next_revision(base.as_ref().map(|base| base.revision), theirs.as_ref());
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
        other_titles: &titles,
        taken_steps: &taken_steps(mine, production),
        findings: &findings,
        findings_in_production: &in_production,
        intent: input.intent,
        asks_before_publish: connection.is_production.then_some(connection.name.as_str()),
    });
    let target = plan::target(mine, theirs.as_ref(), input.intent, revision);
    Ok(Item { mine: mine.clone(), base, theirs, target, revision, plan: planned })
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
                let revision = next_revision(base.as_ref().map(|base| base.revision), None);
                one::keep(app, platform, theirs, revision).await?;
            }
            None => attempts::forget_attempts(&app.library, connection, std::slice::from_ref(&mine.id)).await?,
        }
        return sync::base(&app.library, &mine.id, connection.as_str()).await;
    }
    Ok(base)
}

/// The titles that others have: production's, and those that are published together with this one.
fn other_titles(mine: &Walkthrough, drafts: &[Walkthrough], production: &Production) -> Vec<String> {
    let together = drafts.iter().map(|draft| (&draft.id, &draft.title));
    // A draft that is published together gives up its old title, whatever production has now.
    let is_apart = |id: &WalkthroughId| drafts.iter().all(|draft| draft.id != *id);
    let there = production.titles.iter().filter(|(id, _)| is_apart(id)).map(|(id, title)| (id, title));
    let others = together.chain(there).filter(|(id, title)| **id != mine.id && **title == mine.title);
    others.map(|(_, title)| title.clone()).collect()
}

fn taken_steps(mine: &Walkthrough, production: &Production) -> Vec<StepId> {
    let owners: HashMap<&StepId, &WalkthroughId> = production.steps.iter().map(|(step, owner)| (step, owner)).collect();
    let is_taken = |id: &&StepId| owners.get(id).is_some_and(|owner| **owner != mine.id);
    mine.steps.iter().map(|step| &step.id).filter(is_taken).cloned().collect()
}
