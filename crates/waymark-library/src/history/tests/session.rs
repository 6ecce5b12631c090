//! A session of random work on one draft, with what the window does: writing, moving, deleting, filling in forms, replacing,
//! restoring, undoing, closing and opening again. In the end undo leads back to the first state and redo to the last, byte
//! for byte; times of change are the store's.
//!
//! Short in each run; `WAYMARK_SESSION_SECONDS` makes it as long as wanted, `WAYMARK_SEED` another.

use std::time::{Duration, Instant};

use waymark_core::{
    bulk::BulkChange,
    certificate::Certificate,
    edit::Splice,
    id::StepId,
    lint::silence::SilenceRule,
    quiz::Quiz,
    replace::ReplacePattern,
    section,
    walkthrough::{Step, WalkthroughType},
};

use super::*;
use crate::{
    bulk::{self, ApplyBulk},
    lint::{self, SilenceFindings},
    quiz::{self, SaveCertificate, SaveQuiz},
    replace::{self, FindReplace, FoundIn, ReplaceChoice, RunReplace},
    testing::assignment,
};

/// Fewer than can be taken back, so that the bound is not what ends the way back.
const ACTIONS_MAX: usize = 4_000;
const ACTIONS: usize = 250;

/// A small source of numbers that a seed repeats.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end.max(1)
    }

    fn words(&mut self) -> String {
        const WORDS: [&str; 8] = ["helm", "🚀", "\n", "- item\n", "naïve", " ", "`code`", "𝄞 wide"];
        (0..self.below(6)).map(|_| WORDS[self.below(WORDS.len())]).collect()
    }

    fn field(&mut self) -> Field {
        Field::ALL[self.below(4)]
    }

    fn some(&mut self, steps: &[Step]) -> Vec<StepId> {
        let all: Vec<StepId> = steps.iter().map(|step| step.id.clone()).collect();
        all.into_iter().filter(|_| self.below(3) == 0).collect()
    }

    fn step<'a>(&mut self, steps: &'a [Step]) -> Option<&'a Step> {
        steps.get(self.below(steps.len()))
    }
}

struct Session {
    library: Library,
    dir: TempDir,
    dice: Dice,
    /// What production said last.
    status: WalkthroughStatus,
    fresh: usize,
}

impl Session {
    async fn begin(seed: u64) -> Session {
        let (library, dir, _) = with_draft(8).await;
        Session { library, dir, dice: Dice(seed | 1), status: WalkthroughStatus::Draft, fresh: 0 }
    }

    /// Every byte that is stored of the draft, times of change and production's status apart.
    async fn bytes(&self) -> String {
        const DUMP: &str = "SELECT group_concat(line, char(10)) FROM (
            SELECT json_array(id, title, description, type, created_at, estimated_duration_minutes, tags, metadata)
                AS line FROM walkthroughs
            UNION ALL SELECT json_array(id, walkthrough_id, title, content_fields, display_order, next_step_id,
                created_at, metadata) FROM walkthrough_steps
            UNION ALL SELECT json_array(a.id, s.slug, a.display_order, a.is_enabled, a.created_at)
                FROM mcp_server_walkthroughs a JOIN mcp_servers s ON s.id = a.mcp_server_id
            UNION ALL SELECT json_array(walkthrough_id, trashed_at) FROM drafts
            ORDER BY 1)";
        sqlx::query_scalar(DUMP).fetch_one(self.library.readers()).await.expect("a text")
    }

    async fn reopen(&mut self) {
        self.library.close().await;
        self.library = open(&self.dir).await;
    }

    async fn act(&mut self) {
        pass([1_000, 1_000, 60_000, 20 * MINUTE][self.dice.below(4)]);
        match self.dice.below(100) {
            0..50 => self.edit().await,
            50..58 => self.type_on().await,
            58..66 => self.form().await,
            66..70 => self.several().await,
            70..72 => self.trash_and_restore().await,
            72..84 => drop(edits::undo(&self.library, &ID.into(), "test").await),
            84..92 => drop(edits::redo(&self.library, &ID.into(), "test").await),
            92..95 => self.restore().await,
            95..97 => {
                let name = self.dice.words();
                let wanted = SaveSnapshot { walkthrough: ID.into(), name };
                snapshot(&self.library, wanted, "test").await.expect("kept");
            }
            97..98 => self.publish().await,
            98 => {
                for _ in 0..self.dice.below(40) {
                    drop(edits::undo(&self.library, &ID.into(), "test").await);
                }
                for _ in 0..self.dice.below(40) {
                    drop(edits::redo(&self.library, &ID.into(), "test").await);
                }
            }
            _ => self.reopen().await,
        }
    }

    async fn edit(&mut self) {
        let draft = drafts::open(&self.library, &ID.into()).await.expect("there").draft;
        let edit = self.random_edit(&draft.walkthrough);
        match apply(&self.library, &ID.into(), edit.clone()).await {
            Ok(_) => {}
            // What a person cannot do is refused, and changes nothing.
            Err(error) => assert!(
                matches!(error.code, Code::InvalidInput | Code::NotFound | Code::Conflict),
                "{edit:?}: {error:?}"
            ),
        }
    }

    /// Somebody types a few words, and each is saved by itself.
    async fn type_on(&mut self) {
        let walkthrough = self.walkthrough().await;
        let Some(step) = self.dice.step(&walkthrough.steps).map(|step| step.id.clone()) else { return };
        let (field, mut at) = (self.dice.field(), 0);
        for _ in 0..self.dice.below(9) {
            let insert = self.dice.words();
            let splice = Splice { from: at, to: at, insert };
            at += splice.insert.encode_utf16().count() as u32;
            let edit = Edit::SpliceField { step: step.clone(), field, splice };
            apply(&self.library, &ID.into(), edit).await.expect("typed");
            pass(600);
        }
    }

    /// A quiz, a certificate, a section, or a rule that is silenced.
    async fn form(&mut self) {
        let walkthrough = self.walkthrough().await;
        let Some(step) = self.dice.step(&walkthrough.steps).map(|step| step.id.clone()) else { return };
        let (id, origin, seen_version) = (WalkthroughId::from(ID), "test", None);
        let done = match self.dice.below(4) {
            0 => {
                let json =
                    format!(r#"{{"questions":[{{"kind":"true_false","prompt":"{}?","answer":true}}]}}"#, self.fresh);
                let quiz = (self.dice.below(4) > 0).then(|| Quiz::of_json(&FreeJson::parse(&json).expect("valid")));
                let quiz = quiz.transpose().expect("a quiz");
                quiz::save(&self.library, SaveQuiz { walkthrough: id, step, quiz, seen_version }, origin).await
            }
            1 => {
                let certificate = Certificate { title: Some(self.dice.words()), ..Certificate::default() };
                let input = SaveCertificate { walkthrough: id, certificate: Some(certificate), seen_version };
                quiz::save_certificate(&self.library, input, origin).await
            }
            2 => {
                let name = ["Begin", "End"].get(self.dice.below(3)).copied();
                let steps = self.dice.some(&walkthrough.steps);
                let edit = section::set(&walkthrough, &steps, name).expect("a section");
                apply(&self.library, &id, edit).await
            }
            _ => {
                let reason = (self.dice.below(3) > 0).then(|| "As it is meant.".to_owned());
                let silence = SilenceRule { rule: "L002".into(), step: Some(step), field: None, part: None, reason };
                lint::silence(&self.library, SilenceFindings { walkthrough: id, silence }, origin).await
            }
        };
        if let Err(error) = done {
            assert!(matches!(error.code, Code::InvalidInput | Code::NotFound), "{error:?}");
        }
    }

    /// What changes several drafts at once, and now and then is taken back as one, whatever came in between.
    async fn several(&mut self) {
        let changed = if self.dice.below(2) == 0 {
            let change = BulkChange::AddTags(vec![format!("tag-{}", self.dice.below(5))]);
            bulk::apply(&self.library, ApplyBulk { ids: vec![ID.into()], change }, "test").await.expect("changed").id
        } else {
            let pattern = ReplacePattern { find: "helm".into(), replace: "kube".into(), ..ReplacePattern::default() };
            let wanted = FindReplace { pattern, ..FindReplace::default() };
            let found = replace::preview(&self.library, &wanted).await.expect("found").walkthroughs;
            let choice =
                |found: &FoundIn| ReplaceChoice { id: found.id.clone(), version: found.version, left_out: Vec::new() };
            let choices = found.iter().map(choice).collect();
            let run = RunReplace { pattern: wanted.pattern, parts: wanted.parts, choices, snippets: Vec::new() };
            replace::run(&self.library, &run, "test").await.expect("replaced").change
        };
        let Some(changed) = changed else { return };
        for _ in 0..self.dice.below(3) {
            self.edit().await;
        }
        if self.dice.below(3) > 0 {
            bulk::undo(&self.library, &changed, "test").await.expect("taken back as far as it can be");
        }
    }

    /// Nothing is written in the trash, and undo does not lead there.
    async fn trash_and_restore(&mut self) {
        let ids = [WalkthroughId::from(ID)];
        drafts::trash(&self.library, &ids, "test").await.expect("trashed");
        let walkthrough = self.walkthrough().await;
        let edit = self.random_edit(&walkthrough);
        assert!(apply(&self.library, &ids[0], edit).await.is_err());
        assert!(edits::undo(&self.library, &ids[0], "test").await.is_err());
        drafts::restore(&self.library, &ids, "test").await.expect("restored");
    }

    async fn walkthrough(&self) -> Walkthrough {
        drafts::open(&self.library, &ID.into()).await.expect("there").draft.walkthrough
    }

    fn random_edit(&mut self, walkthrough: &Walkthrough) -> Edit {
        let dice = &mut self.dice;
        let steps = &walkthrough.steps;
        self.fresh += 1;
        let fresh = StepId(format!("wts_new{}", self.fresh));
        let at = dice.below(steps.len() + 1) as u32;
        let Some(one) = dice.step(steps) else {
            return Edit::AddSteps { steps: vec![step(fresh.as_str(), 0, "first")], at };
        };
        let id = one.id.clone();
        match dice.below(19) {
            0..9 => {
                let field = dice.field();
                let text: Vec<u16> = one.content_fields.text(field).unwrap_or_default().encode_utf16().collect();
                let from = dice.below(text.len() + 1);
                let to = (from + dice.below(12)).min(text.len());
                let splice = Splice { from: from as u32, to: to as u32, insert: dice.words() };
                Edit::SpliceField { step: id, field, splice }
            }
            9 => Edit::SetField { step: id, field: dice.field(), text: (dice.below(4) > 0).then(|| dice.words()) },
            10 => {
                let steps =
                    (0..=dice.below(3)).map(|nth| step(&format!("{}_{nth}", fresh.as_str()), 0, "new")).collect();
                Edit::AddSteps { steps, at }
            }
            11 => Edit::RemoveSteps { steps: dice.some(steps) },
            12..14 => Edit::MoveSteps { steps: dice.some(steps), to: dice.below(steps.len()) as u32 },
            14 => Edit::RenameStep { step: id, title: format!("Title {}", self.fresh) },
            15 => Edit::SetLink { step: id, next: dice.step(steps).map(|step| step.id.clone()) },
            16 => Edit::SetStepMetadata { step: id, metadata: FreeJson::parse(r#"{"a":12345678901234567890}"#).ok() },
            17 => self.random_detail(),
            _ => Edit::Assign { assignment: assignment(&format!("msw_{}", dice.below(3)), "docs") },
        }
    }

    fn random_detail(&mut self) -> Edit {
        match self.dice.below(6) {
            0 => Edit::SetTitle { title: format!("Title {}", self.fresh) },
            1 => Edit::SetDescription { description: Some(self.dice.words()) },
            2 => Edit::SetTags { tags: vec![self.dice.words()] },
            3 => Edit::SetDuration { minutes: Some(self.dice.below(90) as i32) },
            4 => Edit::SetType { kind: WalkthroughType::ALL[self.dice.below(5)] },
            _ => Edit::SetMetadata { metadata: FreeJson::parse(r#"{"b":[1.10,null]}"#).ok() },
        }
    }

    async fn restore(&mut self) {
        let all = revisions::list(&self.library, &ID.into()).await.expect("listed");
        let Some(revision) = all.get(self.dice.below(all.len())) else { return };
        let earlier = revisions::read(&self.library, &revision.id).await.expect("read").walkthrough;
        let step = self.dice.step(&earlier.steps).map_or_else(|| "wts_none".into(), |step| step.id.clone());
        let part = match self.dice.below(4) {
            0 => RestorePart::All,
            1 => RestorePart::Step { step },
            2 => RestorePart::Field { step, field: self.dice.field() },
            _ => RestorePart::Detail { name: "tags".into() },
        };
        let input = RestoreRevision { walkthrough: ID.into(), revision: revision.id.clone(), part };
        match restore(&self.library, &input, "test").await {
            Ok(_) => {}
            Err(error) => assert!(matches!(error.code, Code::NotFound), "{input:?}: {error:?}"),
        }
    }

    async fn publish(&mut self) {
        self.status = WalkthroughStatus::ALL[self.dice.below(3)];
        let mut write = Write::begin(&self.library).await.expect("begun");
        edits::set_status(&mut write, &ID.into(), self.status, "test").await.expect("set");
        write.commit().await.expect("written");
    }
}

async fn run(seed: u64, actions: usize, until: Option<Instant>) -> usize {
    let mut session = Session::begin(seed).await;
    let first = session.bytes().await;
    let mut done = 0;
    while done < actions && until.is_none_or(|until| Instant::now() < until) {
        session.act().await;
        done += 1;
    }
    session.reopen().await;
    let last = session.bytes().await;
    check_index(&session.library).await;
    let mut undone = 0;
    while edits::undo(&session.library, &ID.into(), "test").await.is_ok() {
        undone += 1;
    }
    assert_eq!(session.bytes().await, first, "seed {seed}: back at the beginning after {undone} undos");
    session.reopen().await;
    for _ in 0..undone {
        edits::redo(&session.library, &ID.into(), "test").await.expect("a redo for each undo");
    }
    assert_eq!(session.bytes().await, last, "seed {seed}: at the end again after {undone} redos");
    let draft = drafts::open(&session.library, &ID.into()).await.expect("there").draft;
    assert_eq!(draft.walkthrough.status, session.status, "seed {seed}");
    check_index(&session.library).await;
    done
}

#[tokio::test]
async fn a_random_session_ends_with_undo_at_its_beginning_and_redo_at_its_end() {
    let read = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let seed = read("WAYMARK_SEED").unwrap_or(20_261_124).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let Some(seconds) = read("WAYMARK_SESSION_SECONDS") else {
        run(seed, ACTIONS, None).await;
        return;
    };
    let until = Instant::now() + Duration::from_secs(seconds);
    let (mut sessions, mut actions) = (0, 0);
    while Instant::now() < until {
        actions += run(seed.wrapping_add(sessions * 977), ACTIONS_MAX, Some(until)).await;
        sessions += 1;
    }
    println!(
        "\nfigure | random work for {seconds} s, undone to its beginning and redone | {actions} actions in {sessions} sessions, all equal | equal | met"
    );
}
