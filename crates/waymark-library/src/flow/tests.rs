//! The flow, over a real file.

use waymark_core::edit::Edit;

use super::*;
use crate::testing::{library, step, walkthrough, without_times};

#[tokio::test]
async fn the_flow_is_changed_by_one_edit_that_one_undo_takes_back() {
    let (library, _dir) = library().await;
    let steps = vec![step("wts_1", 1, "a"), step("wts_2", 2, "b"), step("wts_3", 3, "c")];
    let before = drafts::insert(&library, walkthrough("wt_1", "One", steps), "test").await.expect("it is added").draft;
    let id = WalkthroughId::from("wt_1");
    let link = Edit::SetLink { step: "wts_1".into(), next: Some("wts_3".into()) };
    let apply = ApplyEdit { walkthrough: id.clone(), edit: link, seen_version: None, origin: "test".to_owned() };
    edits::apply(&library, apply).await.expect("a link");
    let order = SetOrder { walkthrough: id.clone(), order: FlowOrder::Linked };
    set_order(&library, order.clone(), "test").await.expect("an order");
    let flow = read(&library, &id).await.expect("a flow");
    assert_eq!(flow.order, FlowOrder::Linked);
    assert_eq!(flow.steps.iter().map(|step| step.linked_position).collect::<Vec<_>>(), [1, 3, 2]);

    let all = Straighten { walkthrough: id.clone(), step: None };
    straighten(&library, all.clone(), "test").await.expect("it applies").expect("something to do");
    let flow = read(&library, &id).await.expect("a flow");
    assert!(flow.steps.iter().all(|step| step.linked_position == step.position && step.is_reached));
    assert!(straighten(&library, all, "test").await.expect("a look").is_none(), "nothing is left to do");
    let version = drafts::open(&library, &id).await.expect("a draft").version;
    let again = set_order(&library, order, "test").await.expect("nothing to do");
    assert_eq!(again.version, version, "an edit that changes nothing writes nothing");

    for _ in 0..3 {
        edits::undo(&library, &id, "test").await.expect("an undo");
    }
    let after = drafts::open(&library, &id).await.expect("a draft").draft;
    assert_eq!(without_times(&after), without_times(&before));
}
