//! Whether production is still what each draft last had in common with it, so that the library can say so.
//!
//! What is found is a note: it decides nothing. A publish reads production again, and refuses what it was not planned for.

use waymark_core::{error::Result, publish::plan, walkthrough::Walkthrough};
use waymark_library::{
    connections,
    sync::{self, Seen, SyncBase},
};
use waymark_platform::{connect::Platform, content};

use crate::App;

/// Walkthroughs that are read from production at once.
const BATCH: usize = 100;

/// What production has, beside what both last had.
pub fn seen(base: &SyncBase, theirs: Option<&Walkthrough>) -> Seen {
    Seen {
        walkthrough: base.walkthrough.id.clone(),
        base_at: base.synced_at,
        is_changed_there: plan::is_changed_there(&base.walkthrough, theirs),
    }
}

/// Keeps what was seen. A library that cannot be written keeps nobody from planning.
pub async fn note(app: &App, platform: &Platform, seen: &[Seen]) {
    let remote = platform.connection().id.as_str();
    if let Err(error) = sync::note_seen(&app.library, remote, seen, &app.env.origin).await {
        tracing::warn!(?error, "what production has could not be noted");
    }
}

/// Compares production with every draft that was ever in sync with it, and notes what differs.
///
/// # Errors
/// `SchemaMismatch`, `PermissionDenied`, `Unreachable`; those of the library.
pub async fn look(app: &App, platform: &Platform) -> Result<()> {
    let remote = platform.connection().id.as_str();
    for ids in sync::known(&app.library, remote).await?.chunks(BATCH) {
        let theirs = content::read_known(platform, ids).await?;
        let mut all = Vec::with_capacity(ids.len());
        for id in ids {
            let Some(base) = sync::base(&app.library, id, remote).await? else { continue };
            all.push(seen(&base, theirs.iter().find(|one| one.id == *id)));
        }
        note(app, platform, &all).await;
    }
    Ok(())
}

/// Looks through every connection that drafts were in sync with and that can be used without asking anybody: a locked
/// keyring stays locked, and a database that does not answer is asked another time.
///
/// # Errors
/// Those of the library.
pub async fn look_everywhere(app: &App) -> Result<()> {
    let app = app.without_asking();
    for connection in connections::list(&app.library).await? {
        if sync::known(&app.library, connection.id.as_str()).await?.is_empty() {
            continue;
        }
        let looked = match crate::connections::open(&app, &connection).await {
            Ok(platform) => {
                let looked = look(&app, &platform).await;
                platform.close().await;
                looked
            }
            Err(error) => Err(error),
        };
        if let Err(error) = looked {
            tracing::debug!(?error, connection = %connection.id, "production was not compared with the drafts");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use tokio_util::sync::CancellationToken;
    use waymark_core::error::Code;
    use waymark_library::drafts::{self, ListDrafts};
    use waymark_testkit::postgres::{Database, shared};

    use super::*;
    use crate::{
        publish::{self, PlanPublish, RunPublish},
        pull::{self, Pull},
        testing::{app, con_test, draft, edit, rename, walkthrough},
    };

    fn to_publish() -> PlanPublish {
        PlanPublish {
            ids: vec!["wt_1".into()],
            connection: con_test(),
            version: Default::default(),
            intent: Default::default(),
        }
    }

    /// An app whose draft `wt_1` is in production as it is here.
    async fn published(database: &Database<'_>) -> (App, tempfile::TempDir) {
        let (app, folder) = app(database).await;
        drafts::insert(&app.library, walkthrough("wt_1", &["wts_a"]), "test").await.expect("added");
        let run = RunPublish { plan: to_publish(), digest: None, is_confirmed: true };
        publish::run(&app, &run, &CancellationToken::new(), &|_| {}).await.expect("published");
        (app, folder)
    }

    /// Whether the library says that production changed, and how many changes are not published.
    async fn listed(app: &App) -> (bool, u32) {
        let all = drafts::list(&app.library, &ListDrafts::default()).await.expect("listed");
        (all[0].unpublished[0].is_changed_there, all[0].unpublished[0].changes)
    }

    #[tokio::test]
    async fn a_change_in_production_is_known_after_a_plan_a_pull_a_test_or_a_look() {
        let database = shared().database().with_example();
        let (app, _folder) = published(&database).await;
        assert_eq!(listed(&app).await, (false, 0));
        let connection = connections::find(&app.library, "con_test").await.expect("there");
        for (round, way) in ["plan", "pull", "test", "look"].into_iter().enumerate() {
            database.run(&format!("UPDATE walkthroughs SET title = 'Theirs {round}'"));
            edit(&app, &"wt_1".into(), rename(&format!("Mine {round}"))).await;
            match way {
                "plan" => drop(publish::plan(&app, &to_publish(), &CancellationToken::new()).await.expect("planned")),
                "pull" => drop(
                    pull::run(&app, &Pull { ids: None, connection: con_test() }, &CancellationToken::new())
                        .await
                        .expect("pulled"),
                ),
                "test" => drop(crate::connections::test(&app, &connection, None).await.expect("tested")),
                _ => look_everywhere(&app).await.expect("looked"),
            }
            assert!(listed(&app).await.0, "{way}");
            // Agreeing again ends it.
            let mut plan = to_publish();
            plan.intent.overwrite = true;
            let run = RunPublish { plan, digest: None, is_confirmed: true };
            publish::run(&app, &run, &CancellationToken::new(), &|_| {}).await.expect("published");
            assert_eq!(listed(&app).await, (false, 0), "{way}");
        }
    }

    #[tokio::test]
    async fn what_is_gone_from_production_has_changed_there_and_what_came_back_has_not() {
        let database = shared().database().with_example();
        let (app, _folder) = published(&database).await;
        database.run("UPDATE walkthroughs SET organization_id = 'org_other' WHERE id = 'wt_1'");
        look_everywhere(&app).await.expect("looked");
        assert!(listed(&app).await.0);
        database.run("UPDATE walkthroughs SET organization_id = 'org_example' WHERE id = 'wt_1'");
        look_everywhere(&app).await.expect("looked");
        assert!(!listed(&app).await.0);
    }

    #[tokio::test]
    async fn a_database_that_does_not_answer_changes_nothing_and_is_no_error() {
        let database = shared().database().with_example();
        let (app, _folder) = published(&database).await;
        let mut connection = connections::find(&app.library, "con_test").await.expect("there");
        connection.port = 1;
        connections::save(&app.library, connection.clone(), "test").await.expect("saved");
        let refused = crate::connections::open(&app, &connection).await.expect_err("nobody listens");
        assert_eq!(refused.code, Code::Unreachable);
        look_everywhere(&app).await.expect("looked");
        assert_eq!((listed(&app).await, draft(&app, "wt_1").await.title.as_str()), ((false, 0), "Title of wt_1"));
    }
}
