//! Reports, cases, acts, warnings, what staff change, and the audit log, each against a migrated file.

#![allow(clippy::unwrap_used)]

use super::acts::{self, NewAct};
use super::audit::{self, NewAudit, Which};
use super::before::Before;
use super::moderated;
use super::shelf::Shelf;
use super::{boards, cases, reading};
use crate::domain::board::{Audience, BoardFacts};
use crate::domain::ids::{ActId, AuditId, BoardId, CaseId, MemberId, PostId, PostNo, ThreadId};
use crate::domain::member::Standing;
use crate::domain::moderation::{ActKind, Thing, ThingKind};
use crate::domain::policy::{self, Action, Actor, Grant};
use crate::domain::post::PostState;
use crate::domain::time::Timestamp;

const NOW: Timestamp = Timestamp(1_795_348_800);
const BOARD: BoardFacts =
    BoardFacts { see: Audience::Members, write: Audience::Members, archived: false, host: None, circle: 0 };

/// The host may do all of it; what the grants are for is shown in the policy's and the service's tests.
fn grant<A: Action>(action: A) -> Grant<A> {
    policy::allow(&Actor::Host, &action).unwrap()
}

fn handle() -> Grant<policy::HandleCase> {
    grant(policy::HandleCase {
        author: MemberId(0),
        reported_it: false,
        inviter: None,
        takes_part: false,
        board: None,
    })
}

fn report() -> Grant<policy::Report> {
    grant(policy::Report { author: MemberId(0) })
}

fn undo() -> Grant<policy::UndoAct> {
    let by = MemberId(0);
    grant(policy::UndoAct { by, target: None, inviter: None, reported_it: false, age_s: 0, undo_s: 0 })
}

struct Scene {
    shelf: Shelf,
    mo: MemberId,
    bo: MemberId,
    ann: MemberId,
    board: BoardId,
    thread: ThreadId,
    post: PostId,
}

impl Scene {
    async fn new() -> Self {
        let mut shelf = Shelf::new().await;
        let (mo, bo, ann) = (shelf.member("mo").await, shelf.member("bo").await, shelf.member("ann").await);
        let board = shelf.board("talk").await;
        let thread = shelf.thread(board, ann, "Trains").await;
        shelf.post(thread, ann, "Who likes trains?").await;
        let (post, _) = shelf.post(thread, bo, "Fools.").await;
        Self { shelf, mo, bo, ann, board, thread, post }
    }

    fn thing(&self) -> Thing {
        Thing::Post(self.post)
    }

    async fn case(&mut self) -> CaseId {
        let (thing, author) = (self.thing(), self.bo);
        cases::insert(&mut self.shelf.conn, &report(), thing, author, None, "Fools.", NOW).await.unwrap()
    }

    fn act(&self, kind: ActKind, before: Before) -> NewAct<'static> {
        NewAct {
            jury: 0,
            case: None,
            actor: self.mo,
            kind,
            thing: self.thing(),
            target: Some(self.bo),
            rule_no: 1,
            reason: "why",
            param: None,
            before,
            at: NOW,
        }
    }
}

#[tokio::test]
async fn a_thing_has_one_open_case_and_a_member_one_report_in_it() {
    let mut scene = Scene::new().await;
    let case = scene.case().await;
    let thing = scene.thing();
    let conn = &mut scene.shelf.conn;
    assert!(cases::insert(conn, &report(), thing, scene.bo, None, "Fools.", NOW).await.is_err());
    assert!(cases::insert_report(conn, &report(), case, scene.ann, 2, "rude", NOW).await.unwrap());
    assert!(!cases::insert_report(conn, &report(), case, scene.ann, 2, "rude", NOW).await.unwrap());
    assert_eq!(cases::reports_since(conn, scene.ann, NOW.plus(-1)).await.unwrap(), 1);
    assert_eq!(cases::reports_since(conn, scene.ann, NOW).await.unwrap(), 0);
    assert!(cases::has_open_report(conn, scene.ann, scene.bo).await.unwrap());
    let reports = cases::reports(conn, case).await.unwrap();
    assert_eq!((reports.len(), reports[0].reporter.as_str(), reports[0].rule_no), (1, "ann", 2));

    let row = cases::open_on(conn, thing, Some(scene.ann)).await.unwrap().unwrap();
    assert_eq!((row.id, row.reporters, row.reported_it, row.rule_no), (case, 1, true, 2));
    assert_eq!((row.title.as_deref(), row.post_no), (Some("Trains"), Some(PostNo(2))));
    assert_eq!(row.facts().board, Some(BOARD));
    assert!(!cases::get(conn, case, Some(scene.mo)).await.unwrap().unwrap().reported_it);
    assert_eq!(cases::open(conn, None, 10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_claim_is_one_persons_until_it_is_over_and_a_decision_ends_it() {
    let mut scene = Scene::new().await;
    let case = scene.case().await;
    let (mo, ann) = (scene.mo, scene.ann);
    let conn = &mut scene.shelf.conn;
    let expired = NOW.plus(-7_200);
    assert!(cases::claim(conn, &handle(), case, mo, NOW, expired).await.unwrap());
    assert!(!cases::claim(conn, &handle(), case, ann, NOW, expired).await.unwrap());
    assert!(!cases::release(conn, &handle(), case, ann).await.unwrap());
    assert!(cases::claim(conn, &handle(), case, ann, NOW.plus(7_200), NOW).await.unwrap());
    assert!(cases::decide(conn, &handle(), case, mo, "done", NOW).await.unwrap());
    assert!(!cases::decide(conn, &handle(), case, ann, "again", NOW).await.unwrap());
    let row = cases::get(conn, case, None).await.unwrap().unwrap();
    assert_eq!((row.claimed_by, row.decider.as_deref(), row.outcome.as_str()), (None, Some("mo"), "done"));
    assert!(cases::open(conn, None, 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn reporters_are_told_once_and_again_after_an_undo() {
    let mut scene = Scene::new().await;
    let case = scene.case().await;
    let (mo, ann, bo, thing) = (scene.mo, scene.ann, scene.bo, scene.thing());
    let conn = &mut scene.shelf.conn;
    cases::insert_report(conn, &report(), case, ann, 1, "", NOW).await.unwrap();
    assert_eq!(cases::set_told(conn, ann, NOW).await.unwrap(), 0, "nothing is decided yet");
    cases::decide(conn, &handle(), case, mo, "done", NOW).await.unwrap();
    assert_eq!(cases::untold(conn, ann).await.unwrap(), 1);
    assert_eq!(cases::set_told(conn, ann, NOW).await.unwrap(), 1);
    assert_eq!(cases::untold(conn, ann).await.unwrap(), 0);
    assert_eq!(cases::set_told(conn, ann, NOW).await.unwrap(), 0);
    cases::reopen(conn, &undo(), case).await.unwrap();
    let own = cases::own_reports(conn, ann, 10).await.unwrap();
    assert_eq!((own[0].decided_at, own[0].told_at, own[0].author.as_str()), (None, None, "bo"));
    // With another open case on the same thing there is nothing to open again.
    cases::decide(conn, &handle(), case, mo, "done", NOW).await.unwrap();
    cases::insert(conn, &report(), thing, bo, None, "Fools.", NOW).await.unwrap();
    cases::reopen(conn, &undo(), case).await.unwrap();
    assert_eq!(cases::open(conn, None, 10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_act_keeps_what_its_undo_puts_back() {
    let mut scene = Scene::new().await;
    let (bo, post, thread, board) = (scene.bo, scene.post, scene.thread, scene.board);
    let befores = [
        Before::Nothing,
        Before::PostState(post, PostState::Collapsed),
        Before::Locked(thread, true),
        Before::Pinned(thread, false),
        Before::Board(thread, board, true),
        Before::Removed(thread, false),
        Before::Standing(bo, Standing::Suspended, Some(NOW)),
        Before::Standing(bo, Standing::Active, None),
    ];
    for before in befores {
        let thing = match before {
            Before::Nothing | Before::PostState(..) => Thing::Post(post),
            Before::Standing(..) => Thing::Member(bo),
            _ => Thing::Thread(thread),
        };
        let new = NewAct { thing, ..scene.act(ActKind::Warn, before) };
        let id = acts::insert(&mut scene.shelf.conn, &new).await.unwrap();
        let row = acts::get(&mut scene.shelf.conn, id).await.unwrap().unwrap();
        assert_eq!(row.before().unwrap(), before);
        assert_eq!((row.thing(), row.actor.as_str(), row.undone_at), (thing, "mo", None));
    }
    scene.shelf.run("UPDATE mod_act SET before = 'x'").await;
    let rows = acts::about(&mut scene.shelf.conn, bo, 50).await.unwrap();
    assert_eq!(rows.len(), befores.len());
    assert!(rows.iter().all(|row| row.before().is_err()), "a damaged row is never guessed at");
}

#[tokio::test]
async fn acts_are_found_by_case_by_thing_and_by_who_did_them() {
    let mut scene = Scene::new().await;
    let case = scene.case().await;
    let before = Before::PostState(scene.post, PostState::Shown);
    let first = NewAct { case: Some(case), ..scene.act(ActKind::RemovePost, before) };
    let warn =
        NewAct { thing: Thing::Member(scene.bo), kind: ActKind::Warn, before: Before::Nothing, ..first };
    let later = NewAct { at: NOW.plus(5), case: None, ..scene.act(ActKind::RestorePost, before) };
    let (thing, mo, bo, ann) = (scene.thing(), scene.mo, scene.bo, scene.ann);
    let conn = &mut scene.shelf.conn;
    let first = acts::insert(conn, &first).await.unwrap();
    let warn = acts::insert(conn, &warn).await.unwrap();
    let later = acts::insert(conn, &later).await.unwrap();
    let row = acts::get(conn, first).await.unwrap().unwrap();
    let together: Vec<_> = acts::decided_with(conn, &row).await.unwrap().iter().map(|act| act.id).collect();
    assert_eq!(together, [warn, first]);
    let after: Vec<_> = acts::later_on(conn, &row).await.unwrap().iter().map(|act| act.id).collect();
    assert_eq!(after, [later]);
    assert_eq!(acts::of_case(conn, case).await.unwrap(), Some(warn));
    assert_eq!(acts::recent_on(conn, thing, mo, NOW.plus(1), 9).await.unwrap().len(), 1);
    assert_eq!(acts::recent_on(conn, thing, ann, NOW, 9).await.unwrap().len(), 0);
    assert_eq!(acts::latest(conn, thing, ActKind::RemovePost).await.unwrap().unwrap().id, first);
    assert!(!acts::concerned_before(conn, bo, NOW).await.unwrap());
    assert!(acts::concerned_before(conn, bo, NOW.plus(1)).await.unwrap());
    assert!(acts::set_undone(conn, &undo(), later, NOW).await.unwrap());
    assert!(!acts::set_undone(conn, &undo(), later, NOW).await.unwrap());
    // What the member concerned has not seen: the two that stand.
    assert_eq!(acts::untold(conn, bo).await.unwrap(), 2);
    acts::set_told(conn, &grant_own(), bo, NOW).await.unwrap();
    assert_eq!(acts::untold(conn, bo).await.unwrap(), 0);
}

#[tokio::test]
async fn a_warning_waits_for_its_member_and_is_withdrawn_with_its_act() {
    let mut scene = Scene::new().await;
    let (bo, ann) = (scene.bo, scene.ann);
    let new = NewAct { thing: Thing::Member(bo), ..scene.act(ActKind::Warn, Before::Nothing) };
    let conn = &mut scene.shelf.conn;
    let own = grant_own();
    let first = acts::insert(conn, &new).await.unwrap();
    acts::insert_warning(conn, first, bo).await.unwrap();
    let second = acts::insert(conn, &new).await.unwrap();
    acts::insert_warning(conn, second, bo).await.unwrap();
    assert_eq!(acts::warnings_waiting(conn, bo).await.unwrap().len(), 2);
    assert!(!acts::acknowledge(conn, &own, first, ann, NOW).await.unwrap(), "only one's own");
    assert!(acts::acknowledge(conn, &own, first, bo, NOW).await.unwrap());
    assert!(!acts::acknowledge(conn, &own, first, bo, NOW).await.unwrap());
    acts::set_undone(conn, &undo(), second, NOW).await.unwrap();
    assert!(acts::warnings_waiting(conn, bo).await.unwrap().is_empty());
}

fn grant_own() -> Grant<policy::SeeOwnSanction> {
    let actor = Actor::Account {
        id: MemberId(1),
        standing: Standing::Active,
        level: crate::domain::member::Level::Member,
        role: crate::domain::member::Role::Member,
        curbs: crate::domain::moderation::Curbs::NONE,
        circles: crate::domain::policy::Circles::NONE,
    };
    policy::allow(&actor, &policy::SeeOwnSanction).unwrap()
}

/// M3: moved with a trail, post numbers right, and what was read stays read.
#[tokio::test]
async fn a_moved_thread_keeps_its_numbers_its_marks_and_a_trail() {
    let mut scene = Scene::new().await;
    let attic = scene.shelf.board("attic").await;
    // ann has marked the whole old board as read and nothing of the new one; bo has read the first post.
    let (ann, bo, thread, board) = (scene.ann, scene.bo, scene.thread, scene.board);
    scene
        .shelf
        .run(&format!(
            "INSERT INTO read_board (member_id, board_id, upto_post) VALUES ({ann}, {board}, 999), ({ann}, {attic}, 0), ({bo}, {board}, 0), ({bo}, {attic}, 0);
             INSERT INTO read_thread (member_id, thread_id, last_no) VALUES ({bo}, {thread}, 1)"
        ))
        .await;
    let conn = &mut scene.shelf.conn;
    let row = moderated::thread(conn, thread).await.unwrap().unwrap();
    let to = grant(policy::MoveThread { from: BOARD, to: BOARD });
    moderated::move_thread(conn, &to, &row, attic, scene.mo, NOW).await.unwrap();
    let moved = moderated::thread(conn, thread).await.unwrap().unwrap();
    assert_eq!(moved.board_id, attic);
    let posts = moderated::posts_between(conn, thread, PostNo(1), PostNo(9)).await.unwrap();
    assert_eq!(posts.iter().map(|post| post.no.0).collect::<Vec<_>>(), [1, 2]);
    let clearance = Actor::Host.clearance();
    let unread = async |conn: &mut sqlx::SqliteConnection, member| {
        let counts = reading::unread(conn, member, clearance).await.unwrap();
        counts.iter().map(|count| count.posts).sum::<i64>()
    };
    assert_eq!(unread(conn, ann).await, 0, "read by the old board's floor");
    assert_eq!(unread(conn, bo).await, 1, "the second post was never read");
    let trails: (i64, i64) =
        sqlx::query_as("SELECT from_board, to_board FROM thread_trail").fetch_one(&mut **conn).await.unwrap();
    assert_eq!(trails, (board.0, attic.0));

    moderated::put_back(conn, &undo(), ActId(1), Before::Board(thread, board, true)).await.unwrap();
    let back = moderated::thread(conn, thread).await.unwrap().unwrap();
    assert_eq!((back.board_id, back.pinned), (board, true));
    let trails: (i64,) =
        sqlx::query_as("SELECT count(*) FROM thread_trail").fetch_one(&mut **conn).await.unwrap();
    assert_eq!(trails.0, 0);
    assert_eq!(moderated::pinned_count(conn, board).await.unwrap(), 1);
    assert!(boards::get(conn, attic).await.unwrap().is_some());
}

#[tokio::test]
async fn a_suspension_that_is_over_reads_as_active() {
    let mut scene = Scene::new().await;
    let grant = grant(policy::Sanction {
        target: scene.bo,
        target_role: crate::domain::member::Role::Member,
        reported_it: false,
        inviter: None,
        needs_second: false,
    });
    let conn = &mut scene.shelf.conn;
    moderated::set_standing(conn, &grant, scene.bo, Standing::Suspended, Some(NOW)).await.unwrap();
    let member = moderated::member(conn, scene.bo).await.unwrap().unwrap();
    assert_eq!(member.standing_at(NOW.plus(-1)), Standing::Suspended);
    assert_eq!(member.standing_at(NOW), Standing::Active);
    assert_eq!(member.profile.lines().next(), Some("bo"));
}

fn new_row(action: &'static str) -> NewAudit<'static> {
    NewAudit {
        action,
        thing: "post",
        thing_id: 2,
        target: None,
        rule_no: Some(1),
        reason: "why",
        detail: "hours=24",
        public: true,
    }
}

async fn log_of_three(shelf: &mut Shelf, actor: MemberId) {
    for action in ["post.remove", "member.warn", "undo"] {
        audit::append(&mut shelf.conn, Some(actor), NOW, new_row(action)).await.unwrap();
    }
}

/// M5: any altered row is found: each column of each row in turn, and rows taken out or put in.
#[tokio::test]
async fn every_alteration_of_the_audit_log_is_found() {
    let alterations = [
        "at = at + 1",
        "actor_id = NULL",
        "action = 'post.restore'",
        "thing = 'thread'",
        "thing_id = thing_id + 1",
        "target_id = actor_id",
        "rule_no = NULL",
        "reason = 'because'",
        "detail = ''",
        "public = 0",
        "prev_hash = hash",
        "hash = prev_hash",
    ];
    for row in 1..=3 {
        for alteration in alterations {
            let mut scene = Scene::new().await;
            log_of_three(&mut scene.shelf, scene.mo).await;
            assert_eq!(audit::first_broken(&mut scene.shelf.conn).await.unwrap(), None);
            scene.shelf.run("DROP TRIGGER audit_no_update").await;
            scene.shelf.run(&format!("UPDATE audit SET {alteration} WHERE id = {row}")).await;
            let broken = audit::first_broken(&mut scene.shelf.conn).await.unwrap();
            assert_eq!(broken, Some(AuditId(row)), "{alteration} in row {row}");
        }
    }
    for (taken, found) in [(1, 2), (2, 3)] {
        let mut scene = Scene::new().await;
        log_of_three(&mut scene.shelf, scene.mo).await;
        scene.shelf.run("DROP TRIGGER audit_no_delete").await;
        scene.shelf.run(&format!("DELETE FROM audit WHERE id = {taken}")).await;
        assert_eq!(audit::first_broken(&mut scene.shelf.conn).await.unwrap(), Some(AuditId(found)));
    }
}

#[tokio::test]
async fn the_program_cannot_change_or_delete_an_audit_row() {
    let mut scene = Scene::new().await;
    log_of_three(&mut scene.shelf, scene.mo).await;
    for sql in ["UPDATE audit SET reason = ''", "DELETE FROM audit", "REPLACE INTO audit SELECT * FROM audit"]
    {
        let refused = sqlx::raw_sql(sql).execute(&mut *scene.shelf.conn).await.unwrap_err().to_string();
        assert!(refused.contains("append-only"), "{sql}: {refused}");
    }
    assert_eq!(audit::first_broken(&mut scene.shelf.conn).await.unwrap(), None);
}

#[tokio::test]
async fn the_log_is_read_by_whom_it_is_for() {
    let mut scene = Scene::new().await;
    let case = scene.case().await;
    let (mo, ann, bo) = (scene.mo, scene.ann, scene.bo);
    cases::insert_report(&mut scene.shelf.conn, &report(), case, ann, 1, "", NOW).await.unwrap();
    log_of_three(&mut scene.shelf, mo).await;
    let dismissed =
        NewAudit { action: "case.dismiss", thing: "case", thing_id: case.0, public: false, ..new_row("") };
    let conn = &mut scene.shelf.conn;
    audit::append(conn, Some(mo), NOW, dismissed).await.unwrap();
    let about_bo = NewAudit { target: Some(bo), ..new_row("post.remove") };
    audit::append(conn, Some(mo), NOW, about_bo).await.unwrap();
    let ids = async |conn: &mut sqlx::SqliteConnection, which, before| -> Vec<i64> {
        let rows = audit::entries(conn, which, before, 10).await.unwrap();
        rows.iter().map(|row| row.audit.id.0).collect()
    };
    assert_eq!(ids(conn, Which::Public, None).await, [5, 3, 2, 1]);
    assert_eq!(ids(conn, Which::Public, Some(AuditId(3))).await, [2, 1]);
    assert_eq!(ids(conn, Which::PublicAbout(bo), None).await, [5]);
    assert_eq!(ids(conn, Which::All { reader: Some(mo) }, None).await, [5, 4, 3, 2, 1]);
    assert_eq!(ids(conn, Which::All { reader: None }, None).await, [5, 4, 3, 2, 1]);
    for part in [ann, bo] {
        assert_eq!(ids(conn, Which::All { reader: Some(part) }, None).await, [5, 3, 2, 1]);
    }
    let row = &audit::entries(conn, Which::PublicAbout(bo), None, 1).await.unwrap()[0];
    assert_eq!(
        (row.title.as_deref(), row.post_no, row.target.as_deref()),
        (Some("Trains"), Some(PostNo(2)), Some("bo"))
    );
    let detail = audit::detail_of(conn, ActKind::RemovePost, scene_post(), NOW).await.unwrap();
    assert_eq!(detail.as_deref(), Some("hours=24"));
}

/// The post that [`new_row`] names.
fn scene_post() -> Thing {
    Thing::new(ThingKind::Post, 2)
}
