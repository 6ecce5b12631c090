//! Rows as real installations have them.

use std::time::Duration;

use waymark_core::{
    connection::Connection,
    content::{ContentFields, Field},
    error::Code,
    id::WalkthroughId,
};
use waymark_testkit::postgres::{proxy::Proxy, shared};

use super::*;
use crate::{
    connect::Patience,
    testing::{connect, connection, publish, walkthrough},
};

#[tokio::test]
async fn odd_rows_are_read_and_never_refused() {
    let database = shared().database().with_example();
    database.run(
        r#"INSERT INTO walkthroughs (id, organization_id, title, status, tags, created_at, updated_at, metadata) VALUES
               ('wt_odd', 'org_example', repeat('t', 300), NULL, NULL, NULL, NULL, '{"n": 12345678901234567890, "f": 1.50}');
           INSERT INTO walkthrough_steps (id, walkthrough_id, title, content_fields, display_order, created_at) VALUES
               ('wts_3', 'wt_odd', 'Tie, no time', '{"version": "v1", "contentForUser": null}', 1, NULL),
               ('wts_2', 'wt_odd', 'Tie, late', '{"version": "v1", "contentForUser": ""}', 1, 20),
               ('wts_1', 'wt_odd', 'Tie, early', '{"version": "v9", "x": 12345678901234567890}', 1, 10),
               ('wts_0', 'wt_odd', 'First', '[]', 0, 99)"#,
    );
    let platform = connect(&database).await;
    let odd = read(&platform, &["wt_odd".into()]).await.expect("read").pop().expect("one");
    let order: Vec<&str> = odd.steps.iter().map(|step| step.id.as_str()).collect();
    assert_eq!(order, ["wts_0", "wts_1", "wts_2", "wts_3"]);
    assert_eq!((odd.status, odd.tags.len(), odd.created_at), (WalkthroughStatus::Draft, 0, None));
    assert!(odd.metadata.expect("kept").as_str().contains("12345678901234567890"));
    assert!(matches!(odd.steps[0].content_fields, ContentFields::Unknown { .. }));
    assert!(matches!(odd.steps[1].content_fields, ContentFields::Unknown { .. }));
    assert!(matches!(odd.steps[2].content_fields, ContentFields::V1(_)));
    let listed = list(&platform).await.expect("listed");
    assert_eq!((listed.len(), listed[0].steps, listed[0].status), (1, 4, WalkthroughStatus::Draft));
}

#[tokio::test]
async fn a_long_walkthrough_gets_its_time_over_a_slow_network() {
    let database = shared().database().with_example();
    let mut long = walkthrough("wt_long", &["wts_a"]);
    long.steps[0].content_fields.editable().expect("v1").content_for_user = Some("word ".repeat(20_000));
    publish(&connect(&database).await, &long, None).await.expect("published");
    let wire = Proxy::start(database.cluster()).expect("a socket");
    let connection = Connection { host: wire.socket_dir().display().to_string(), ..connection(&database) };
    let patience = Patience { connect: Duration::from_secs(5), answer: Duration::from_millis(400) };
    let platform = Platform::connect_within(&connection, None, patience).await.expect("it answers");
    wire.slow_down(100 * 1024);
    let read = read(&platform, &["wt_long".into()]).await.expect("it takes a second, and no silence is as long");
    let text =
        |walkthrough: &Walkthrough| walkthrough.steps[0].content_fields.text(Field::ContentForUser).map(str::to_owned);
    assert_eq!(text(&read[0]), text(&long));
    assert_eq!(read_known(&platform, &["wt_long".into()]).await.expect("so does this").len(), 1);
}

#[tokio::test]
async fn walkthroughs_come_in_the_order_asked_for_and_others_are_not_found() {
    let database = shared().database().with_example();
    database.run(
        "INSERT INTO walkthroughs (id, organization_id, title) VALUES
             ('wt_a', 'org_example', 'A'), ('wt_b', 'org_example', 'B'), ('wt_c', 'org_other', 'C')",
    );
    let platform = connect(&database).await;
    let ids = |ids: &[&str]| ids.iter().map(|id| WalkthroughId::from(*id)).collect::<Vec<_>>();
    let found = read(&platform, &ids(&["wt_b", "wt_a"])).await.expect("read");
    assert_eq!(found.into_iter().map(|found| found.title).collect::<Vec<_>>(), ["B", "A"]);
    let foreign = read(&platform, &ids(&["wt_c"])).await.expect_err("not ours");
    let nowhere = read(&platform, &ids(&["wt_x"])).await.expect_err("nobody's");
    assert_eq!((foreign.code, nowhere.code), (Code::NotFound, Code::NotFound));
    assert_eq!(foreign.message.replace("wt_c", "wt_x"), nowhere.message, "both sound the same");
    assert_eq!(list(&platform).await.expect("listed").len(), 2);
}

#[tokio::test]
async fn an_organization_that_does_not_exist_is_said_rather_than_that_it_has_nothing() {
    let database = shared().database().with_example();
    let nobody = Connection { organization: "org_nobody".into(), ..connection(&database) };
    let platform = Platform::connect(&nobody, None).await.expect("the database answers");
    for refused in [list(&platform).await.map(drop), read(&platform, &["wt_a".into()]).await.map(drop)] {
        let error = refused.expect_err("there is none");
        assert!(error.code == Code::NotFound && error.message.contains("no organization `org_nobody`"), "{error}");
    }
    assert!(list(&connect(&database).await).await.expect("there is one, with nothing").is_empty());
}
