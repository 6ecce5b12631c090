//! A conversation about a draft beside the same one about what production serves.

use serde::{Deserialize, Serialize};
use waymark_core::{
    conversation::{
        compare::{self, TurnDifference},
        play,
        script::Script,
        turn::{Conversation, TurnWindow},
    },
    error::{Error, Result},
    id::{ConnectionId, WalkthroughId},
    walkthrough::Walkthrough,
};
use waymark_library::{connections, conversations, lint::words, wordings};
use waymark_platform::content;

use crate::App;

/// A script to play twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct CompareConversation {
    /// The walkthrough that is previewed.
    pub walkthrough: WalkthroughId,
    /// What happens.
    pub script: Script,
    /// Where production is.
    pub connection: ConnectionId,
    /// The turns whose texts are wanted.
    pub window: TurnWindow,
}

/// One script, played with the draft and with what production serves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ComparedConversation {
    /// As production serves it now.
    pub production: Conversation,
    /// As the draft is.
    pub draft: Conversation,
    /// The turns that differ, from production to the draft.
    pub differences: Vec<TurnDifference>,
}

/// Plays a script with production's version of a walkthrough and with the draft. The other walkthroughs of the server
/// are the library's in both, and so is the wording: the one that holds at the connection.
///
/// # Errors
/// `NotFound` where either is not there, and what [`crate::connections::open`] gives.
pub async fn compare_with_production(app: &App, input: &CompareConversation) -> Result<ComparedConversation> {
    let connection = connections::find(&app.library, input.connection.as_str()).await?;
    let drafts = conversations::cast(&app.library, &input.walkthrough, input.script.scenario).await?;
    let platform = crate::connections::open(app, &connection).await?;
    let read = content::read(&platform, std::slice::from_ref(&input.walkthrough)).await;
    platform.close().await;
    let theirs = read?.into_iter().next().ok_or_else(|| {
        Error::not_found(format!("`{}` is not in `{}`.", drafts[0].title, connection.name))
            .with_hint("Publish it there first.")
    })?;
    let wordings = wordings::at(&app.library, Some(&connection.id)).await?;
    let served: Vec<Walkthrough> = std::iter::once(theirs).chain(drafts[1..].iter().cloned()).collect();
    let (script, window) = (input.script.clone(), input.window);
    let encoding = words::settings(&app.library).await?.tokenizer;
    let work = tokio::task::spawn_blocking(move || {
        let play = |cast: &[Walkthrough]| play::play(cast, &script, TurnWindow::ALL, &wordings, encoding);
        let [mut production, mut draft] = [play(&served)?, play(&drafts)?];
        let differences = compare::compare(&compare::texts(&production), &compare::texts(&draft));
        production.keep_detail(window);
        draft.keep_detail(window);
        Ok::<_, Error>(ComparedConversation { production, draft, differences })
    });
    work.await.map_err(|panic| Error::bug("Playing two conversations ended early.").with_source(panic))?
}

#[cfg(test)]
mod tests {
    use tokio_util::sync::CancellationToken;
    use waymark_core::{
        conversation::script::{Move, Scenario},
        edit::Edit,
        error::Code,
        learner::call::Profile,
        render,
    };
    use waymark_library::drafts;
    use waymark_testkit::postgres::shared;

    use super::*;
    use crate::{
        publish::{self, PlanPublish, RunPublish},
        testing::{app, con_test, edit, walkthrough},
    };

    fn to_compare() -> CompareConversation {
        CompareConversation {
            walkthrough: "wt_1".into(),
            script: Script {
                scenario: Scenario::FirstVisit,
                profile: Profile::Current,
                moves: vec![Move::Next, Move::Next],
            },
            connection: con_test(),
            window: TurnWindow { from: 1, to: 1 },
        }
    }

    #[tokio::test]
    async fn a_draft_is_compared_with_what_production_serves_turn_by_turn() {
        let database = shared().database().with_example();
        let (app, _folder) = app(&database).await;
        drafts::insert(&app.library, walkthrough("wt_1", &["wts_a", "wts_b"]), "test").await.expect("added");
        let missing = compare_with_production(&app, &to_compare()).await.expect_err("it is not there yet");
        assert_eq!(missing.code, Code::NotFound);

        let plan = PlanPublish {
            ids: vec!["wt_1".into()],
            connection: con_test(),
            version: Default::default(),
            intent: Default::default(),
        };
        let run = RunPublish { plan, digest: None, is_confirmed: true };
        publish::run(&app, &run, &CancellationToken::new(), &|_| {}).await.expect("published");
        let same = compare_with_production(&app, &to_compare()).await.expect("compared");
        assert!(same.differences.is_empty(), "{:?}", same.differences);

        let rename = Edit::RenameStep { step: "wts_a".into(), title: "Mine".to_owned() };
        edit(&app, &"wt_1".into(), rename).await;
        let found = compare_with_production(&app, &to_compare()).await.expect("compared");
        assert_eq!(found.differences.iter().map(|turn| turn.after).collect::<Vec<_>>(), [Some(1)]);
        let text = |conversation: &Conversation| {
            render::text(&conversation.turns[0].detail.as_ref().expect("wanted").segments)
        };
        assert!(text(&found.draft).contains("Mine") && !text(&found.production).contains("Mine"));
        assert!(found.draft.turns[1].detail.is_none(), "only what is wanted");
    }
}
