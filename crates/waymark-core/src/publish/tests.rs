//! Plans as tables, and what must hold for every plan.

use proptest::prelude::*;

use super::*;
use crate::walkthrough::{Assignment, Step};
use crate::{
    content::{ContentFields, FieldsV1},
    lint::{Finding, Severity},
    publish::Action,
    review::{Decision, State, standing},
    walkthrough::{Millis, WalkthroughType},
};

fn step(id: &str) -> Step {
    let fields = FieldsV1 { content_for_user: Some(format!("Text of {id}\n")), ..FieldsV1::default() };
    Step { content_fields: ContentFields::V1(fields), display_order: 0, ..Step::new(id, format!("Title of {id}")) }
}

fn walkthrough(ids: &[&str]) -> Walkthrough {
    let mut steps: Vec<Step> = ids.iter().map(|id| step(id)).collect();
    for (index, step) in steps.iter_mut().enumerate() {
        step.display_order = index as i32 + 1;
    }
    Walkthrough {
        created_at: Some(Millis(1)),
        steps,
        assignments: vec![Assignment {
            id: "msw_mine".into(),
            server: "docs".into(),
            display_order: 1,
            is_enabled: true,
            created_at: None,
        }],
        ..Walkthrough::new("wt_1", "A walkthrough", WalkthroughType::Course)
    }
}

/// As production has it after a publish.
fn published(draft: &Walkthrough) -> Walkthrough {
    let mut published = target(draft, None, Intent::default(), 3);
    published.assignments[0].id = "msw_theirs".into();
    published
}

fn servers() -> Vec<ServerInfo> {
    vec![ServerInfo { slug: "docs".into(), name: "Documentation".into() }]
}

/// A plan in which nothing but the three versions matters.
fn plan(
    mine: &Walkthrough,
    base: Option<&Walkthrough>,
    theirs: Option<&Walkthrough>,
    intent: Intent,
) -> WalkthroughPlan {
    let servers = servers();
    make(&PlanInput { servers: &servers, ..input(mine, base, theirs, intent) })
}

fn input<'a>(
    mine: &'a Walkthrough,
    base: Option<&'a Walkthrough>,
    theirs: Option<&'a Walkthrough>,
    intent: Intent,
) -> PlanInput<'a> {
    PlanInput {
        mine,
        base,
        theirs,
        learners: &[],
        events: &[],
        servers: &[],
        other_titles: &[],
        taken_steps: &[],
        findings: &[],
        findings_in_production: &[],
        intent,
        asks_before_publish: None,
        review: None,
        asset_base_url: None,
        read_only: None,
        last_sync: None,
        revision: 4,
    }
}

fn codes(plan: &WalkthroughPlan) -> Vec<&str> {
    plan.problems.iter().map(|problem| problem.code.as_str()).collect()
}

#[test]
fn the_action_follows_from_the_three_versions() {
    let old = walkthrough(&["a", "b"]);
    let base = published(&old);
    let mut mine = old.clone();
    mine.title.push('!');
    let mut changed = base.clone();
    changed.steps[0].title.push('?');
    let overwrite = Intent { overwrite: true, ..Intent::default() };
    for (mine, base, theirs, intent, action, problems) in [
        (&old, None, None, Intent::default(), Action::Create, &[][..]),
        (&mine, Some(&base), Some(&base), Intent::default(), Action::Update, &[]),
        (&old, Some(&base), Some(&base), Intent::default(), Action::None, &[]),
        (&old, None, Some(&base), Intent::default(), Action::None, &[]),
        (&mine, Some(&base), Some(&changed), Intent::default(), Action::Conflict, &["remote_changed"]),
        (&mine, Some(&base), None, Intent::default(), Action::Conflict, &["remote_removed"]),
        (&mine, None, Some(&base), Intent::default(), Action::Conflict, &["never_in_sync"]),
        (&mine, Some(&base), Some(&changed), overwrite, Action::Update, &[]),
        (&mine, Some(&base), None, overwrite, Action::Create, &[]),
    ] {
        let plan = plan(mine, base, theirs, intent);
        assert_eq!((plan.action, codes(&plan)), (action, problems.to_vec()));
    }
}

#[test]
fn a_clean_update_asks_nothing_and_names_what_changes() {
    let base = published(&walkthrough(&["a", "b", "c"]));
    let mut mine = base.clone();
    mine.status = WalkthroughStatus::Draft;
    mine.steps[1].title = "New".into();
    mine.steps[1].content_fields.editable().expect("v1").content_for_user = Some("Text of b\nand more\n".into());
    let plan = plan(&mine, Some(&base), Some(&base), Intent::default());
    assert!(plan.confirmations.is_empty() && plan.problems.is_empty() && plan.details.is_empty());
    let [change] = plan.steps.as_slice() else { panic!("one step changes: {:?}", plan.steps) };
    assert_eq!(
        (change.number, change.number_before, change.title_before.as_deref()),
        (Some(2), Some(2), Some("Title of b"))
    );
    assert_eq!((change.fields[0].added, change.fields[0].removed), (1, 0));
}

#[test]
fn someone_elses_version_is_replaced_only_after_a_question() {
    let mine = walkthrough(&["a"]);
    let theirs = published(&walkthrough(&["b"]));
    let plan = plan(&mine, None, Some(&theirs), Intent { overwrite: true, ..Intent::default() });
    assert_eq!(plan.confirmations, ["Production's own version is replaced, and kept here as a revision."]);
}

#[test]
fn learners_who_lose_something_are_counted_and_asked_about() {
    let base = published(&walkthrough(&["a", "b", "c", "d"]));
    let mut mine = base.clone();
    mine.steps.remove(1);
    let group = |completed: &[&str], current: Option<&str>, is_completed: bool, learners: u32| LearnerProgress {
        completed: completed.iter().map(|id| StepId::from(*id)).collect(),
        current: current.map(StepId::from),
        is_completed,
        learners,
    };
    let learners = [
        group(&["a"], Some("b"), false, 2),
        group(&["a", "b", "ghost"], Some("c"), false, 1),
        group(&["a", "b", "c", "d"], None, true, 5),
    ];
    let events = [("a".into(), 8), ("b".into(), 6)];
    let servers = servers();
    let input = PlanInput {
        learners: &learners,
        events: &events,
        servers: &servers,
        ..input(&mine, Some(&base), Some(&base), Intent::default())
    };
    let plan = make(&input);
    let effect = plan.learners;
    assert_eq!((effect.in_progress, effect.completed, effect.standing_on_removed, effect.events_lost), (3, 5, 2, 6));
    assert_eq!((effect.percent_changes, effect.reopened), (3, 0));
    assert_eq!((effect.median_percent_before, effect.median_percent_after), (Some(25), Some(33)));
    assert_eq!(
        plan.confirmations,
        [
            "6 learners lose what they have completed in steps that are removed.",
            "2 learners stand on “Title of b”, which is removed, and will move on to “Title of c”.",
            "6 completion events of “Title of b” are deleted for good.",
        ]
    );
    let mut mine = base.clone();
    mine.steps.push(step("e"));
    let added = make(&PlanInput { mine: &mine, ..input });
    assert_eq!((added.learners.reopened, added.confirmations.len()), (5, 0));
}

#[test]
fn whoever_stands_on_a_removed_step_moves_on_as_the_links_lead() {
    let linked = FreeJson::parse(r#"{"waymark":{"order":"linked"}}"#).expect("JSON");
    let mut base = walkthrough(&["a", "b", "c", "d"]);
    base.steps[0].next_step_id = Some("d".into());
    base.steps[3].next_step_id = Some("c".into());
    let learners =
        [LearnerProgress { completed: vec!["a".into()], current: Some("b".into()), is_completed: false, learners: 1 }];
    for (metadata, goal) in [(None, "Title of c"), (Some(linked), "Title of d")] {
        base.metadata = metadata;
        let theirs = published(&base);
        let mut mine = theirs.clone();
        mine.steps.remove(1);
        let input = input(&mine, Some(&theirs), Some(&theirs), Intent::default());
        let plan = make(&PlanInput { learners: &learners, ..input });
        let removed = plan.steps.iter().find(|step| step.is_removed).expect("it goes");
        assert_eq!((removed.learners_on_it, removed.moves_on_to.as_deref()), (1, Some(goal)));
    }
}

#[test]
fn new_errors_block_and_those_of_production_warn() {
    let base = published(&walkthrough(&["a", "b"]));
    let mut mine = base.clone();
    mine.title.push('!');
    let finding = |rule: &str, severity, step: &str| Finding {
        rule: rule.into(),
        severity,
        walkthrough_id: "wt_1".into(),
        step_id: Some(step.into()),
        field: None,
        slot: None,
        message: "Something.".into(),
        hint: None,
        subject: None,
        place: None,
        others: Vec::new(),
        fix: None,
        silenced: None,
    };
    let old = [finding("L001", Severity::Error, "a")];
    let new = [
        old[0].clone(),
        finding("L001", Severity::Error, "b"),
        finding("L100", Severity::Warning, "b"),
        finding("L101", Severity::Info, "b"),
    ];
    let servers = servers();
    let plan = make(&PlanInput {
        findings: &new,
        findings_in_production: &old,
        servers: &servers,
        ..input(&mine, Some(&base), Some(&base), Intent::default())
    });
    let severities: Vec<Severity> = plan.problems.iter().map(|problem| problem.severity).collect();
    assert_eq!(severities, [Severity::Warning, Severity::Error, Severity::Warning]);
}

#[test]
fn production_is_looked_at_only_where_something_would_block() {
    let finding = |rule: &str, severity| Finding {
        rule: rule.to_owned(),
        severity,
        walkthrough_id: "wt_1".into(),
        step_id: None,
        field: None,
        slot: None,
        message: String::new(),
        hint: None,
        subject: None,
        place: None,
        others: Vec::new(),
        fix: None,
        silenced: None,
    };
    for (rule, severity, needs) in [
        ("L001", Severity::Error, true),
        ("L001", Severity::Warning, false),
        (crate::lint::rules::LOCAL_FILE.id, Severity::Warning, true),
        (crate::lint::rules::RELATIVE_LINK.id, Severity::Info, true),
    ] {
        assert_eq!(needs_findings_in_production(&[finding(rule, severity)]), needs, "{rule} {severity:?}");
    }
    assert!(!needs_findings_in_production(&[]));
}

#[test]
fn a_relative_link_needs_a_place_for_files() {
    let mine = walkthrough(&["a"]);
    let mut linking = mine.clone();
    let fields = FieldsV1 { content_for_user: Some("See [it](files/it.png).\n".into()), ..FieldsV1::default() };
    linking.steps[0].content_fields = ContentFields::V1(fields);
    let findings: Vec<Finding> = crate::lint::lint(&linking, &Default::default())
        .into_iter()
        .filter(|finding| finding.rule == crate::lint::rules::RELATIVE_LINK.id)
        .collect();
    assert_eq!(findings.len(), 1);
    let servers = servers();
    let base = published(&linking);
    for (theirs, asset_base_url, severity) in [
        (None, None, Severity::Error),
        (Some(&base), None, Severity::Warning),
        (None, Some("https://assets.example/"), Severity::Info),
    ] {
        let mut mine = linking.clone();
        mine.title.push('!');
        let plan = make(&PlanInput {
            findings: &findings,
            findings_in_production: if theirs.is_some() { &findings } else { &[] },
            servers: &servers,
            asset_base_url,
            ..input(&mine, theirs, theirs, Intent::default())
        });
        let problem = plan.problems.iter().find(|problem| problem.code == findings[0].rule).expect("it is named");
        assert_eq!(problem.severity, severity);
        assert!(problem.hint.as_ref().is_some_and(|hint| hint.contains("files are")), "{problem:?}");
        let text = plan.steps.iter().find_map(|step| step.fields.first());
        let is_as_written = |text: &crate::publish::FieldChange| text.lines[0].text == "See [it](files/it.png).";
        assert!(theirs.is_some() || text.is_some_and(is_as_written), "publishing rewrites nothing");
    }
}

#[test]
fn a_database_that_cannot_be_written_stands_in_the_way() {
    let mine = walkthrough(&["a"]);
    let servers = servers();
    for why in [ReadOnly::Replica, ReadOnly::BySetting] {
        let plan =
            make(&PlanInput { servers: &servers, read_only: Some(why), ..input(&mine, None, None, Intent::default()) });
        assert_eq!((plan.action, codes(&plan)), (Action::Create, vec!["read_only"]));
        assert_eq!(plan.problems[0].severity, Severity::Error);
    }
}

#[test]
fn what_nobody_approved_does_not_go_out_where_an_approval_is_required() {
    let mine = walkthrough(&["a"]);
    let servers = servers();
    let hash = hash::content_hash(&mine);
    let decision = |state: State, content_hash: &str| Decision {
        id: "rve_1".into(),
        state,
        author: "Ada".to_owned(),
        at: crate::walkthrough::Millis(1),
        content_hash: content_hash.to_owned(),
        note: None,
    };
    for (decisions, status, words) in [
        (vec![], WalkthroughStatus::Published, Some("Nobody has approved")),
        (vec![decision(State::InReview, &hash)], WalkthroughStatus::Published, Some("Nobody has approved")),
        (vec![decision(State::Approved, "other")], WalkthroughStatus::Published, Some("by Ada is void")),
        (vec![decision(State::ChangesRequested, &hash)], WalkthroughStatus::Published, Some("Ada has requested")),
        (vec![decision(State::Approved, &hash)], WalkthroughStatus::Published, None),
        // What learners do not see needs no approval.
        (vec![], WalkthroughStatus::Draft, None),
    ] {
        let standing = standing::of(&decisions, &hash);
        let intent = Intent { status, ..Intent::default() };
        let plan = make(&PlanInput { servers: &servers, review: Some(&standing), ..input(&mine, None, None, intent) });
        let problem = plan.problems.iter().find(|problem| problem.code == "not_approved");
        assert_eq!(problem.is_some(), words.is_some(), "{decisions:?}");
        if let (Some(problem), Some(words)) = (problem, words) {
            assert!(problem.message.contains(words) && problem.severity == Severity::Error, "{problem:?}");
        }
    }
}

#[test]
fn titles_servers_and_steps_of_others_stand_in_the_way() {
    let mine = walkthrough(&["a"]);
    let (titles, taken) = (["A walkthrough".to_owned()], [StepId::from("a")]);
    let plan = make(&PlanInput {
        other_titles: &titles,
        taken_steps: &taken,
        asks_before_publish: Some("live"),
        ..input(&mine, None, None, Intent::default())
    });
    assert_eq!(codes(&plan), ["title_taken", "unknown_server", "step_taken"]);
    assert!(plan.problems.iter().all(|problem| problem.severity == Severity::Error && problem.hint.is_some()));
    assert_eq!(plan.confirmations, ["`live` is production."]);
}

#[test]
fn uploading_as_draft_says_that_learners_lose_sight_of_it() {
    let base = published(&walkthrough(&["a"]));
    let plan = plan(&base, Some(&base), Some(&base), Intent { status: WalkthroughStatus::Draft, ..Intent::default() });
    assert_eq!((plan.action, codes(&plan)), (Action::Update, vec!["goes_dark"]));
    assert_eq!(plan.details[0].name, "status");
}

#[test]
fn the_target_keeps_production_assignment_ids_and_carries_revision_and_hash() {
    let mine = walkthrough(&["a"]);
    let target = target(&mine, Some(&published(&mine)), Intent::default(), 4);
    assert_eq!(target.assignments[0].id.as_str(), "msw_theirs");
    assert_eq!(revision(&target), Some(4));
    assert_eq!(hash::content_hash(&target), hash::content_hash(&mine));
}

#[test]
fn a_digest_names_exactly_one_plan() {
    let (mine, base) = (walkthrough(&["a"]), published(&walkthrough(&["a"])));
    let connection = ConnectionId::from("con_1");
    let of =
        |version, intent, theirs| digest(&connection, (&version, intent), &[&Versions::of(&mine, Some(&base), theirs)]);
    let clean = of(Version::Draft, Intent::default(), Some(&base));
    assert_eq!(clean, of(Version::Draft, Intent::default(), Some(&base)));
    assert_ne!(clean, of(Version::Draft, Intent { overwrite: true, ..Intent::default() }, Some(&base)));
    assert_ne!(clean, of(Version::Draft, Intent::default(), None));
    assert_ne!(clean, of(Version::Nothing, Intent::default(), Some(&base)), "what deletes is never what publishes");
}

fn subset() -> impl Strategy<Value = Vec<&'static str>> {
    Just(vec!["a", "b", "c", "d", "e", "f"]).prop_shuffle().prop_flat_map(|ids| (0..=ids.len(), Just(ids))).prop_map(
        |(count, mut ids)| {
            ids.truncate(count);
            ids
        },
    )
}

proptest! {
    #[test]
    fn what_was_just_published_has_nothing_to_publish(before in subset(), after in subset()) {
        let base = published(&walkthrough(&before));
        let mine = walkthrough(&after);
        let now = target(&mine, Some(&base), Intent::default(), 4);
        let again = plan(&mine, Some(&now), Some(&now), Intent::default());
        prop_assert_eq!(again.action, Action::None);
        prop_assert!(again.steps.is_empty() && again.details.is_empty() && again.assignments.is_empty());
    }

    #[test]
    fn every_step_is_accounted_for(before in subset(), after in subset()) {
        let base = published(&walkthrough(&before));
        let mine = walkthrough(&after);
        let plan = plan(&mine, Some(&base), Some(&base), Intent::default());
        let added = plan.steps.iter().filter(|step| step.is_added).count();
        let removed = plan.steps.iter().filter(|step| step.is_removed).count();
        prop_assert_eq!(before.len() + added - removed, after.len());
    }

    #[test]
    fn nobody_gains_or_loses_learners(completed in subset(), after in subset(), learners in 1u32..9) {
        let base = published(&walkthrough(&["a", "b", "c", "d", "e", "f"]));
        let mine = walkthrough(&after);
        let completed: Vec<StepId> = completed.into_iter().map(StepId::from).collect();
        let group = LearnerProgress { completed, current: None, is_completed: false, learners };
        let effect = effect::of(&base, &mine, &[group], 0);
        prop_assert_eq!(effect.in_progress + effect.completed, learners);
        prop_assert!(effect.reopened <= effect.completed);
    }
}
