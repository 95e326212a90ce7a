//! Reports, the queue, claims and decisions, through the door.

#![allow(clippy::unwrap_used)]

use super::scene::{Scene, id, write};
use super::*;
use crate::domain::moderation::{ActKind, Deed, Priority, REASON_CHARS_MAX, SuspendFor, Thing};
use crate::domain::policy::Denied;
use crate::domain::post::PostState;
use crate::service::moderation::{MySanction, UndoAct};
use crate::service::writing::{DeletePost, WriteReply};
use crate::service::{DomainEvent, Error};
use crate::store::testing;

#[tokio::test]
async fn reports_on_one_thing_make_one_case_that_keeps_what_was_said() {
    let scene = Scene::new().await;
    let cara = scene.place.regular("cara").await;
    let first = scene.report(&scene.ann).await.unwrap();
    let second = scene.report(&cara).await.unwrap();
    assert_eq!((first.case, first.first, second.first), (second.case, true, false));
    let again = scene.report(&cara).await;
    assert!(matches!(again, Err(Error::Conflict(words)) if words.contains("already")));

    let file = scene.call(&scene.mo, OpenCase { case: first.case }).await.unwrap();
    assert_eq!(file.snapshot, "You are all fools.");
    assert_eq!(file.changed_to, None);
    assert_eq!(file.label, "post #2 in \"Trains\"");
    let reporters: Vec<&str> = file.reports.iter().map(|report| report.reporter.as_str()).collect();
    assert_eq!(reporters, ["ann", "cara"]);
    assert_eq!((file.rule_no, file.context.len()), (1, 1));
    assert_eq!(file.context[0].body, "Who likes trains?");
}

#[tokio::test]
async fn the_snapshot_outlives_the_words() {
    let scene = Scene::new().await;
    let case = scene.report(&scene.ann).await.unwrap().case;
    let edit = crate::service::writing::EditPost {
        thread: scene.thread,
        no: crate::domain::ids::PostNo(2),
        body: "You are all friends.".to_owned(),
    };
    scene.call(&scene.bo, edit).await.unwrap();
    let file = scene.call(&scene.mo, OpenCase { case }).await.unwrap();
    assert_eq!(file.snapshot, "You are all fools.");
    assert_eq!(file.changed_to.as_deref(), Some("You are all friends."));
}

#[tokio::test]
async fn what_cannot_be_reported_is_refused_with_a_reason() {
    let scene = Scene::new().await;
    let own = scene.report(&scene.bo).await;
    assert!(matches!(own, Err(Error::Denied(Denied::OwnThing))));
    let report = |thing, rule_no, note: &str| ReportThing { thing, rule_no, note: note.to_owned() };
    let bad_rule = scene.call(&scene.ann, report(scene.thing(), 77, "")).await;
    assert!(matches!(bad_rule, Err(Error::Invalid(words)) if words.contains("1 to 5")));
    let long = "x".repeat(REASON_CHARS_MAX + 1);
    let long = scene.call(&scene.ann, report(scene.thing(), 1, &long)).await;
    assert!(matches!(long, Err(Error::Invalid(_))));
    let nothing = Thing::Post(crate::domain::ids::PostId(999));
    assert!(matches!(scene.call(&scene.ann, report(nothing, 1, "")).await, Err(Error::NotFound("post"))));
    scene.call(&scene.mo, scene.moderate(Deed::RemovePost)).await.unwrap();
    assert!(matches!(scene.report(&scene.ann).await, Err(Error::Conflict(_))));
    let queue = scene.call(&scene.mo, ListQueue).await.unwrap();
    assert!(queue.items.is_empty(), "a refused report leaves nothing");
}

#[tokio::test]
async fn threads_and_members_can_be_reported_too() {
    let scene = Scene::new().await;
    let report = |thing| ReportThing { thing, rule_no: 2, note: String::new() };
    let thread = scene.call(&scene.bo, report(Thing::Thread(scene.thread))).await.unwrap();
    let member = scene.call(&scene.ann, report(Thing::Member(id(&scene.bo)))).await.unwrap();
    let file = scene.call(&scene.mo, OpenCase { case: thread.case }).await.unwrap();
    assert_eq!((file.snapshot.as_str(), file.author.as_str()), ("Trains\n\nWho likes trains?", "ann"));
    let file = scene.call(&scene.mo, OpenCase { case: member.case }).await.unwrap();
    assert_eq!((file.label.as_str(), file.place), ("member bo", None));
    let kinds: Vec<Deed> = file.deeds.iter().map(|possible| possible.deed).collect();
    let day = SuspendFor::Hours24;
    let rights = [Deed::TakeInvites, Deed::TakeMessages];
    assert_eq!(kinds[..3], [Deed::Nudge, Deed::Warn, Deed::ReadOnly(day)]);
    assert_eq!((&kinds[3..5], &kinds[5..]), (&rights[..], &[Deed::Suspend(day), Deed::RemoveMember][..]));
}

#[tokio::test]
async fn a_report_of_a_thread_does_not_show_an_opening_that_is_gone() {
    let scene = Scene::new().await;
    let thing = Thing::Thread(scene.thread);
    let no = crate::domain::ids::PostNo(1);
    scene.call(&scene.ann, DeletePost { thread: scene.thread, no }).await.unwrap();
    let form = scene.call(&scene.bo, ReportForm { thing }).await.unwrap();
    assert_eq!(form.text.trim_end(), "Trains");
    let report = ReportThing { thing, rule_no: 2, note: String::new() };
    let case = scene.call(&scene.bo, report).await.unwrap().case;
    assert_eq!(scene.call(&scene.mo, OpenCase { case }).await.unwrap().snapshot.trim_end(), "Trains");
}

#[tokio::test]
async fn a_flood_of_reports_is_bounded() {
    let scene = Scene::new().await;
    let mut last = None;
    for number in 0..21 {
        let post = write(&scene.place, &scene.bo, scene.thread, &format!("post {number}")).await.post;
        let report = ReportThing { thing: Thing::Post(post), rule_no: 1, note: String::new() };
        last = Some(scene.call(&scene.ann, report).await);
    }
    assert!(matches!(last, Some(Err(Error::TooSoon { .. }))));
    assert_eq!(scene.call(&scene.mo, ListQueue).await.unwrap().items.len(), 20);
}

#[tokio::test]
async fn the_queue_is_for_staff_and_sorted_by_priority_and_age() {
    let scene = Scene::new().await;
    assert!(matches!(scene.call(&scene.ann, ListQueue).await, Err(Error::Denied(Denied::StaffOnly))));
    let old = scene.report(&scene.ann).await.unwrap().case;
    scene.place.clock.advance(60);
    let loud = write(&scene.place, &scene.bo, scene.thread, "LOUD").await.post;
    for handle in ["cara", "dan", "eve"] {
        let reporter = scene.place.regular(handle).await;
        let report = ReportThing { thing: Thing::Post(loud), rule_no: 1, note: String::new() };
        scene.call(&reporter, report).await.unwrap();
    }
    let queue = scene.call(&scene.mo, ListQueue).await.unwrap();
    let seen: Vec<(Priority, i64)> = queue.items.iter().map(|item| (item.priority, item.reporters)).collect();
    assert_eq!(seen, [(Priority::First, 3), (Priority::Soon, 1)]);
    assert_eq!(queue.items[1].label, "post #2 in \"Trains\"");
    assert!(matches!(queue.items[1].kind, QueueKind::Case { case, .. } if case == old));
}

#[tokio::test]
async fn a_claim_holds_for_two_hours_and_can_then_be_taken_over() {
    let mut scene = Scene::new().await;
    let case = scene.report(&scene.ann).await.unwrap().case;
    scene.place.published();
    scene.call(&scene.mo, ClaimCase { case }).await.unwrap();
    assert_eq!(scene.place.published(), [DomainEvent::CaseChanged { case }]);
    let told = scene.call(&scene.mia, ClaimCase { case }).await;
    assert!(matches!(told, Err(Error::Conflict(words)) if words.contains("mo") && words.contains("2 hours")));
    let told = scene.call(&scene.mia, scene.decide(case, &[Deed::RemovePost])).await;
    assert!(matches!(told, Err(Error::Conflict(words)) if words.contains("mo")));
    let queue = scene.call(&scene.mia, ListQueue).await.unwrap();
    assert_eq!(queue.items[0].claim.as_ref().unwrap().handle, "mo");

    scene.place.clock.advance(2 * 60 * 60);
    assert_eq!(scene.call(&scene.mia, ListQueue).await.unwrap().items[0].claim, None);
    scene.call(&scene.mia, ClaimCase { case }).await.unwrap();
    assert!(scene.call(&scene.mo, ClaimCase { case }).await.is_err());
    scene.call(&scene.mo, ReleaseCase { case }).await.unwrap();
    assert!(scene.call(&scene.mo, ClaimCase { case }).await.is_err(), "nobody gives back another's claim");
    scene.call(&scene.mia, ReleaseCase { case }).await.unwrap();
    scene.call(&scene.mo, ClaimCase { case }).await.unwrap();
}

#[tokio::test]
async fn a_decision_acts_tells_the_reporter_and_everybody_else_at_once() {
    let mut scene = Scene::new().await;
    let case = scene.report(&scene.ann).await.unwrap().case;
    scene.place.published();
    let decided = scene.call(&scene.mo, scene.decide(case, &[Deed::RemovePost, Deed::Warn])).await.unwrap();
    assert_eq!(decided.outcome, "It was looked at: the post was removed, its author was warned.");
    let (board, thread, post) = (scene.talk, scene.thread, scene.post);
    assert_eq!(
        scene.place.published(),
        [
            DomainEvent::PostChanged { board, thread, post },
            DomainEvent::Notified { member: id(&scene.bo) },
            DomainEvent::MemberChanged { member: id(&scene.bo) },
            DomainEvent::Notified { member: id(&scene.bo) },
            DomainEvent::CaseChanged { case },
            DomainEvent::Notified { member: id(&scene.ann) },
        ]
    );
    assert!(scene.call(&scene.mo, ListQueue).await.unwrap().items.is_empty());

    let mine = scene.call(&scene.ann, MyReports).await.unwrap();
    assert_eq!(mine[0].outcome.as_ref().unwrap().1, decided.outcome);
    assert!(mine[0].is_news);
    assert!(!scene.call(&scene.ann, MyReports).await.unwrap()[0].is_news);
    let file = scene.call(&scene.mia, OpenCase { case }).await.unwrap();
    assert_eq!(file.state, Some(PostState::Removed));
    assert_eq!(file.decided.unwrap().0, "mo");
    assert!(file.undo.is_none(), "only the one who decided is offered the undo");
    let history: Vec<ActKind> = file.history.iter().map(|act| act.kind).collect();
    assert_eq!(history, [ActKind::Warn, ActKind::RemovePost]);
}

/// D5's rule for cases: two staff deciding at once: one wins, the other is told by whom.
#[tokio::test]
async fn of_two_decisions_at_once_one_wins_and_the_other_is_told_by_whom() {
    let scene = Scene::new().await;
    let case = scene.report(&scene.ann).await.unwrap().case;
    let (first, second) = tokio::join!(
        scene.call(&scene.mo, scene.decide(case, &[Deed::RemovePost])),
        scene.call(&scene.mia, scene.decide(case, &[])),
    );
    let (won, lost) = if first.is_ok() { ("mo", second) } else { ("mia", first) };
    assert!(matches!(lost, Err(Error::Conflict(words)) if words.starts_with(won)), "{won} won");
    let file = scene.call(&scene.mo, OpenCase { case }).await.unwrap();
    assert_eq!(file.state == Some(PostState::Removed), won == "mo");
}

#[tokio::test]
async fn a_refused_decision_writes_and_publishes_nothing() {
    let mut scene = Scene::new().await;
    let case = scene.report(&scene.ann).await.unwrap().case;
    scene.place.published();
    let tables = ["mod_case", "mod_act", "audit", "post", "member", "warning"];
    let before = testing::picture(scene.place.service.store(), &tables).await;
    let mut no_reason = scene.decide(case, &[Deed::RemovePost]);
    no_reason.reason = " ".to_owned();
    assert!(matches!(scene.call(&scene.mo, no_reason).await, Err(Error::Invalid(_))));
    let mut no_rule = scene.decide(case, &[Deed::RemovePost]);
    no_rule.rule_no = 0;
    assert!(matches!(scene.call(&scene.mo, no_rule).await, Err(Error::Invalid(_))));
    let both = scene.decide(case, &[Deed::RemovePost, Deed::RestorePost]);
    assert!(matches!(scene.call(&scene.mo, both).await, Err(Error::Invalid(_))));
    // The second deed fails, so the first is not done either.
    let idle = scene.decide(case, &[Deed::RemovePost, Deed::Lift]);
    assert!(matches!(scene.call(&scene.mo, idle).await, Err(Error::Conflict(_))));
    let member = scene.call(&scene.ann, scene.decide(case, &[])).await;
    assert!(matches!(member, Err(Error::Denied(Denied::StaffOnly))));
    assert_eq!(testing::picture(scene.place.service.store(), &tables).await, before);
    assert!(scene.place.published().is_empty());
}

#[tokio::test]
async fn nothing_wrong_is_told_to_the_reporter_and_not_to_everybody() {
    let scene = Scene::new().await;
    let case = scene.report(&scene.ann).await.unwrap().case;
    let mut dismiss = scene.decide(case, &[]);
    dismiss.reason = "It was a quote.".to_owned();
    scene.call(&scene.mo, dismiss).await.unwrap();
    let mine = scene.call(&scene.ann, MyReports).await.unwrap();
    let (_, words) = mine[0].outcome.clone().unwrap();
    assert_eq!(words, "It was looked at, and nothing against the rules was found. It was a quote.");
    let log = scene.call(&scene.bo, crate::service::logs::ReadModLog::default()).await.unwrap();
    assert!(log.entries.is_empty(), "{:?}", log.entries);
    let log = scene.call(&scene.mo, crate::service::logs::ReadAuditLog::default()).await.unwrap();
    assert!(log.entries.iter().any(|entry| entry.kind == Some(ActKind::Dismiss)));
}

#[tokio::test]
async fn a_decision_can_be_undone_whole_and_the_case_is_open_again() {
    let scene = Scene::new().await;
    scene.up_the_ladder(&scene.place).await;
    let case = scene.report(&scene.ann).await.unwrap().case;
    let tables = ["mod_case", "post", "member", "thread", "report"];
    let before = testing::picture(scene.place.service.store(), &tables).await;
    let deeds = [Deed::RemovePost, Deed::LockThread, Deed::Suspend(SuspendFor::Hours72)];
    let decided = scene.call(&scene.mo, scene.decide(case, &deeds)).await.unwrap();
    scene.call(&scene.ann, MyReports).await.unwrap();
    assert!(scene.call(&scene.bo, MySanction).await.unwrap().is_some());
    let undone = scene.call(&scene.mo, UndoAct { act: decided.act }).await.unwrap();
    assert_eq!(undone.kinds, [ActKind::Suspend, ActKind::LockThread, ActKind::RemovePost]);
    assert_eq!(testing::picture(scene.place.service.store(), &tables).await, before);
    assert_eq!(scene.call(&scene.mo, ListQueue).await.unwrap().items.len(), 1);
}

/// M5: a sanction takes effect at the next key: the very next request is refused.
#[tokio::test]
async fn a_suspension_bites_at_the_next_request_and_says_why_at_the_door() {
    let scene = Scene::new().await;
    scene.up_the_ladder(&scene.place).await;
    let case = scene.report(&scene.ann).await.unwrap().case;
    let suspend = scene.decide(case, &[Deed::Suspend(SuspendFor::Hours24)]);
    scene.call(&scene.mo, suspend).await.unwrap();
    let reply = WriteReply { thread: scene.thread, reply_to: None, body: "But!".to_owned() };
    let refused = scene.call(&scene.bo, reply).await;
    assert!(matches!(refused, Err(Error::Denied(Denied::Suspended))));
    let sanction = scene.call(&scene.bo, MySanction).await.unwrap().unwrap();
    assert_eq!(sanction.until, Some(scene.place.service.now().plus(24 * 60 * 60)));
    assert_eq!(sanction.reason, "It calls people fools.");
    assert_eq!(sanction.notice[0], "Your membership is suspended for 24 hours.");
    assert_eq!(sanction.rule.unwrap().no, 1);
    scene.place.clock.advance(24 * 60 * 60);
    assert_eq!(scene.call(&scene.bo, MySanction).await.unwrap(), None);
    write(&scene.place, &scene.bo, scene.thread, "Sorry.").await;
}

#[tokio::test]
async fn an_act_from_the_thread_decides_the_open_case() {
    let scene = Scene::new().await;
    let case = scene.report(&scene.ann).await.unwrap().case;
    let done = scene.call(&scene.mo, scene.moderate(Deed::CollapsePost)).await.unwrap();
    assert_eq!(done.case, Some(case));
    assert!(scene.call(&scene.ann, MyReports).await.unwrap()[0].outcome.is_some());
    // Undone: the case waits again.
    scene.call(&scene.mo, UndoAct { act: done.act }).await.unwrap();
    scene.call(&scene.mia, ClaimCase { case }).await.unwrap();
    // Claimed by somebody else: the act is done, the case stays theirs.
    let done = scene.call(&scene.mo, scene.moderate(Deed::RemovePost)).await.unwrap();
    assert_eq!(done.case, None);
    assert_eq!(scene.call(&scene.mia, ListQueue).await.unwrap().items.len(), 1);
}
