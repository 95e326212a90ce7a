//! Acts without a case, their undo, warnings.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::ids::{MatterId, ThreadId};
use crate::domain::member::{Level, Role, Standing};
use crate::domain::moderation::{ActKind, Deed, NO_RULE, SlowFor, Span, SuspendFor, Thing, ThingKind};
use crate::domain::policy::Denied;
use crate::service::boards::ListBoards;
use crate::service::cases::scene::{Scene, id, write};
use crate::service::cases::{AskForSecond, DecideMatter};
use crate::service::testing::NOON;
use crate::service::threads::ListThreads;
use crate::service::writing::StartThread;
use crate::service::{Caller, DomainEvent, Error};
use crate::store::testing;

/// What must be as it was after an undo.
const STATE: [&str; 15] = [
    "member",
    "curb",
    "post",
    "post_revision",
    "post_address",
    "post_trail",
    "redaction",
    "thread_cut",
    "thread",
    "thread_trail",
    "thread_tag",
    "read_thread",
    "read_board",
    "mod_case",
    "report",
];

async fn state(scene: &Scene) -> Vec<String> {
    testing::picture(scene.place.service.store(), &STATE).await
}

/// The deeds, each with one that must come before it so that there is something to change.
fn all_deeds(scene: &Scene, other: ThreadId) -> Vec<(Option<Deed>, Deed)> {
    let mut all = vec![
        (None, Deed::CollapsePost),
        (None, Deed::RemovePost),
        (Some(Deed::CollapsePost), Deed::RemovePost),
        (Some(Deed::RemovePost), Deed::RestorePost),
        (Some(Deed::CollapsePost), Deed::RestorePost),
        (None, Deed::RedactPost(Span { from: 8, to: 11 })),
        (Some(Deed::RedactPost(Span { from: 8, to: 11 })), Deed::UnredactPost),
        (None, Deed::SplitThread),
        (None, Deed::MergeThread(other)),
        (None, Deed::LockThread),
        (Some(Deed::LockThread), Deed::UnlockThread),
        (None, Deed::PinThread),
        (Some(Deed::PinThread), Deed::UnpinThread),
        (None, Deed::SlowThread(SlowFor::Minutes5)),
        (Some(Deed::SlowThread(SlowFor::Minute)), Deed::SlowThread(SlowFor::Hours4)),
        (Some(Deed::SlowThread(SlowFor::Minute)), Deed::UnslowThread),
        (None, Deed::MoveThread(scene.attic)),
        (Some(Deed::PinThread), Deed::MoveThread(scene.attic)),
        (None, Deed::RemoveThread),
        (Some(Deed::RemoveThread), Deed::RestoreThread),
        (None, Deed::Nudge),
        (None, Deed::Warn),
        (Some(Deed::ReadOnly(SuspendFor::Hours24)), Deed::ReadOnly(SuspendFor::Hours720)),
        (Some(Deed::ReadOnly(SuspendFor::Hours72)), Deed::MayWrite),
        (None, Deed::TakeInvites),
        (Some(Deed::TakeInvites), Deed::GiveInvites),
        (None, Deed::TakeMessages),
        (Some(Deed::TakeMessages), Deed::GiveMessages),
        (None, Deed::RemoveMember),
        (Some(Deed::Suspend(SuspendFor::Hours24)), Deed::RemoveMember),
        (Some(Deed::RemoveMember), Deed::Readmit),
        (Some(Deed::Suspend(SuspendFor::Hours24)), Deed::Suspend(SuspendFor::Hours720)),
        (Some(Deed::Suspend(SuspendFor::UntilLifted)), Deed::Lift),
    ];
    all.extend(SuspendFor::ALL.iter().map(|term| (None, Deed::Suspend(*term))));
    all.extend(SuspendFor::COOL_DOWNS.iter().map(|term| (None, Deed::ReadOnly(*term))));
    let tried: Vec<ActKind> = all.iter().map(|(_, deed)| deed.kind()).collect();
    // Messages, lines, tags and invites are none of the thread's: their acts are tried with their cases.
    let of_thread =
        |object: ThingKind| matches!(object, ThingKind::Post | ThingKind::Thread | ThingKind::Member);
    let others = |kind: &&ActKind| kind.object().is_some_and(of_thread);
    for kind in ActKind::ALL.iter().filter(others) {
        assert!(tried.contains(kind), "{kind} is not in the table");
    }
    all
}

/// A second look must not let somebody back in sooner unnoticed: to shorten a suspension it is lifted, on record.
#[tokio::test]
async fn m3_a_suspension_is_made_longer_and_never_shorter_by_another_one() {
    let scene = Scene::new().await;
    scene.up_the_ladder(&scene.place).await;
    let suspend = |term| scene.moderate(Deed::Suspend(term));
    scene.call(&scene.mo, suspend(SuspendFor::Hours72)).await.unwrap();
    let before = state(&scene).await;
    for term in [SuspendFor::Hours24, SuspendFor::Hours72] {
        let refused = scene.call(&scene.mo, suspend(term)).await.unwrap_err().to_string();
        assert!(refused.contains("lift"), "{refused}");
    }
    assert_eq!(state(&scene).await, before);
    scene.call(&scene.mo, suspend(SuspendFor::Hours168)).await.unwrap();
    scene.call(&scene.mo, suspend(SuspendFor::UntilLifted)).await.unwrap();
    assert!(scene.call(&scene.mo, suspend(SuspendFor::Hours720)).await.is_err());
}

/// M4: who invited somebody leaves judging them to others, as long as there are others.
#[tokio::test]
async fn m4_an_inviter_does_not_judge_a_friend_unless_nobody_else_is_there() {
    let scene = Scene::new().await;
    testing::invite(scene.place.service.store(), id(&scene.bo), id(&scene.mo)).await;
    for deed in [Deed::CollapsePost, Deed::RemovePost, Deed::Warn] {
        let refused = scene.call(&scene.mo, scene.moderate(deed)).await;
        assert!(matches!(refused, Err(Error::Denied(Denied::PartOfIt))), "{deed:?}: {refused:?}");
    }
    testing::dismiss_staff_but(scene.place.service.store(), id(&scene.mo)).await;
    for deed in [Deed::CollapsePost, Deed::RemovePost, Deed::Warn] {
        scene.call(&scene.mo, scene.moderate(deed)).await.unwrap();
    }
}

async fn act(scene: &Scene, by: &Caller, deed: Deed) -> Moderated {
    match deed {
        Deed::SplitThread => {
            let split = SplitThread { post: scene.post, title: "Fools".to_owned() };
            scene.call(by, split).await.unwrap()
        }
        // What is left of a thread that was split.
        Deed::MergeThread(_) => {
            let merge = Moderate { thing: Thing::Thread(scene.thread), ..scene.moderate(deed) };
            scene.call(by, merge).await.unwrap()
        }
        // Somebody else carries it out.
        Deed::RemoveMember => {
            let ask = AskForSecond {
                deed: Deed::RemoveMember,
                thing: scene.thing(),
                rule_no: 1,
                reason: "Enough.".to_owned(),
            };
            // One whose decision was undone waits still.
            let matter = scene.call(&scene.mia, ask).await.unwrap_or(MatterId(1));
            let yes = DecideMatter { matter, grant: true, reason: "Yes.".to_owned() };
            let act = scene.call(by, yes).await.unwrap().act.unwrap();
            Moderated { act, undo_until: scene.place.service.now().plus(600), case: None }
        }
        deed => scene.call(by, scene.moderate(deed)).await.unwrap(),
    }
}

/// M3's AC, for each action: do, undo, state equal.
#[tokio::test]
async fn every_act_undone_leaves_everything_as_it_was() {
    let scene = Scene::new().await;
    scene.up_the_ladder(&scene.place).await;
    let start = StartThread { board: scene.talk, title: "Boats".to_owned(), body: "x".to_owned() };
    let other = scene.call(&scene.ann, start).await.unwrap().thread;
    for (first, deed) in all_deeds(&scene, other) {
        let removes = matches!(deed, Deed::RemoveMember | Deed::Readmit);
        let by = if removes { &scene.sysop } else { &scene.mo };
        let prepared = match first {
            Some(first) => Some(act(&scene, by, first).await),
            None => None,
        };
        // An act of the same second would be told from this one by its number only.
        scene.place.clock.advance(1);
        let before = state(&scene).await;
        let waiting = scene.call(&scene.bo, MyWarnings).await.unwrap();
        let done = act(&scene, by, deed).await;
        let changed = state(&scene).await != before;
        assert_eq!(changed, !deed.kind().is_word(), "{deed:?} changes what it says");
        let undone = scene.call(by, UndoAct { act: done.act }).await.unwrap();
        assert_eq!(undone.kinds, [deed.kind()]);
        assert_eq!(state(&scene).await, before, "{first:?} then {deed:?}");
        assert_eq!(scene.call(&scene.bo, MyWarnings).await.unwrap(), waiting);
        let again = scene.call(by, UndoAct { act: done.act }).await;
        assert!(matches!(again, Err(Error::Conflict(_))), "{deed:?} undone twice");
        if let Some(prepared) = prepared {
            scene.call(by, UndoAct { act: prepared.act }).await.unwrap();
        }
    }
}

#[tokio::test]
async fn an_undo_is_for_the_actor_or_a_sysop_and_for_ten_minutes() {
    let scene = Scene::new().await;
    let act = scene.call(&scene.mo, scene.moderate(Deed::RemovePost)).await.unwrap().act;
    let other = scene.call(&scene.mia, UndoAct { act }).await;
    assert!(matches!(other, Err(Error::Denied(Denied::NotYours))));
    let author = scene.call(&scene.bo, UndoAct { act }).await;
    assert!(matches!(author, Err(Error::Denied(Denied::StaffOnly))));
    scene.call(&scene.sysop, UndoAct { act }).await.unwrap();
    let act = scene.call(&scene.mo, scene.moderate(Deed::RemovePost)).await.unwrap().act;
    scene.place.clock.advance(601);
    let late = scene.call(&scene.mo, UndoAct { act }).await;
    assert!(matches!(late, Err(Error::Denied(Denied::TooLate))));
}

#[tokio::test]
async fn an_undo_never_overwrites_what_happened_since() {
    let scene = Scene::new().await;
    let folded = scene.call(&scene.mo, scene.moderate(Deed::CollapsePost)).await.unwrap().act;
    scene.call(&scene.mia, scene.moderate(Deed::RemovePost)).await.unwrap();
    let undo = scene.call(&scene.mo, UndoAct { act: folded }).await;
    assert!(matches!(undo, Err(Error::Conflict(_))), "the post is removed now");

    let other = write(&scene.place, &scene.bo, scene.thread, "second").await;
    let fold = Moderate { thing: Thing::Post(other.post), ..scene.moderate(Deed::CollapsePost) };
    let act = scene.call(&scene.mo, fold).await.unwrap().act;
    scene
        .call(&scene.bo, crate::service::writing::DeletePost { thread: other.thread, no: other.no })
        .await
        .unwrap();
    let undo = scene.call(&scene.mo, UndoAct { act }).await;
    assert!(
        matches!(undo, Err(Error::Conflict(_))),
        "its author deleted it: the undo must not bring it back"
    );
}

#[tokio::test]
async fn at_most_three_threads_of_a_board_are_pinned() {
    let scene = Scene::new().await;
    let pin = |thread| Moderate {
        thing: Thing::Thread(thread),
        deed: Deed::PinThread,
        rule_no: NO_RULE,
        reason: String::new(),
    };
    let mut threads = vec![scene.thread];
    for title in ["a", "b", "c"] {
        let start = StartThread { board: scene.talk, title: title.to_owned(), body: "x".to_owned() };
        threads.push(scene.call(&scene.ann, start).await.unwrap().thread);
    }
    for thread in &threads[..3] {
        scene.call(&scene.mo, pin(*thread)).await.unwrap();
    }
    let fourth = scene.call(&scene.mo, pin(threads[3])).await;
    assert!(matches!(fourth, Err(Error::Conflict(words)) if words.contains("unpin")));
    // An undone unpin needs its room, too.
    let unpin = Moderate { deed: Deed::UnpinThread, ..pin(threads[0]) };
    let act = scene.call(&scene.mo, unpin).await.unwrap().act;
    scene.call(&scene.mo, pin(threads[3])).await.unwrap();
    assert!(matches!(scene.call(&scene.mo, UndoAct { act }).await, Err(Error::Conflict(_))));
}

#[tokio::test]
async fn a_move_is_told_to_both_boards_and_leaves_a_trail() {
    let mut scene = Scene::new().await;
    scene.place.published();
    let (from, to, thread) = (scene.talk, scene.attic, scene.thread);
    let done = scene.call(&scene.mo, scene.moderate(Deed::MoveThread(to))).await.unwrap();
    let both = [
        DomainEvent::ThreadChanged { board: from, thread },
        DomainEvent::ThreadChanged { board: to, thread },
    ];
    assert_eq!(scene.place.published(), both);
    let trail = testing::picture(scene.place.service.store(), &["thread_trail"]).await;
    assert_eq!(trail.len(), 1);
    scene.call(&scene.mo, UndoAct { act: done.act }).await.unwrap();
    assert_eq!(scene.place.published(), [both[1], both[0]]);
}

/// R2: the old board's list leads on for a while, to whoever sees where the thread went.
#[tokio::test]
async fn r2_a_moved_thread_leaves_a_line_that_leads_on_in_its_old_board() {
    let scene = Scene::new().await;
    let (from, to, thread) = (scene.talk, scene.attic, scene.thread);
    let listed = async |who: &Caller, board| {
        let list = scene.place.call(who, ListThreads { board, after: None }).await.unwrap();
        list.threads.into_iter().filter(|row| row.id == thread).collect::<Vec<_>>()
    };
    let before = scene.place.call(&scene.ann, ListBoards).await.unwrap().unread_posts();
    let done = scene.call(&scene.mo, scene.moderate(Deed::MoveThread(to))).await.unwrap();
    let there = listed(&scene.ann, to).await;
    assert!(there[0].moved.is_none());
    let line = &listed(&scene.ann, from).await[0];
    let moved = line.moved.as_ref().unwrap();
    assert_eq!((moved.to.as_str(), moved.at, line.unread), ("attic", NOON, 0));
    let after = scene.place.call(&scene.ann, ListBoards).await.unwrap().unread_posts();
    assert_eq!(after, before, "it counts where it is, once");
    scene.place.clock.advance(31 * 24 * 3_600);
    assert!(listed(&scene.ann, from).await.is_empty(), "in time it goes");
    scene.place.clock.advance(-31 * 24 * 3_600);
    scene.call(&scene.mo, UndoAct { act: done.act }).await.unwrap();
    assert!(listed(&scene.ann, from).await[0].moved.is_none());
    assert!(listed(&scene.ann, to).await.is_empty(), "a move that never was left no line");
}

#[tokio::test]
async fn a_host_keeps_their_own_board_tidy_and_nothing_more() {
    let scene = Scene::new().await;
    testing::make_host(scene.place.service.store(), scene.talk, id(&scene.ann)).await;
    scene.call(&scene.ann, scene.moderate(Deed::PinThread)).await.unwrap();
    scene.call(&scene.ann, scene.moderate(Deed::LockThread)).await.unwrap();
    for deed in [Deed::RemovePost, Deed::Warn, Deed::RemoveThread] {
        let refused = scene.call(&scene.ann, scene.moderate(deed)).await;
        assert!(matches!(refused, Err(Error::Denied(Denied::StaffOnly))), "{deed:?}");
    }
    let file = scene.call(&scene.ann, LookAtThing { thing: scene.thing() }).await.unwrap();
    let deeds: Vec<Deed> = file.deeds.iter().map(|possible| possible.deed).collect();
    let slow = Deed::SlowThread(SlowFor::Minute);
    assert_eq!(deeds, [Deed::UnlockThread, Deed::UnpinThread, slow, Deed::SplitThread]);
    assert!(file.may_report);
    let file = scene.call(&scene.bo, LookAtThing { thing: scene.thing() }).await.unwrap();
    assert!(file.deeds.is_empty() && !file.may_report);
}

#[tokio::test]
async fn the_menu_offers_what_would_be_done() {
    let scene = Scene::new().await;
    let deeds = async |scene: &Scene| -> Vec<Deed> {
        let file = scene.call(&scene.mo, LookAtThing { thing: scene.thing() }).await.unwrap();
        file.deeds.iter().map(|possible| possible.deed).collect()
    };
    let offered = deeds(&scene).await;
    assert!(offered.contains(&Deed::RemovePost) && !offered.contains(&Deed::RestorePost));
    scene.call(&scene.mo, scene.moderate(Deed::RemovePost)).await.unwrap();
    let offered = deeds(&scene).await;
    assert!(!offered.contains(&Deed::RemovePost) && offered.contains(&Deed::RestorePost));
    let file = scene.call(&scene.mo, LookAtThing { thing: scene.thing() }).await.unwrap();
    assert_eq!(file.undoable.unwrap().kind, ActKind::RemovePost);
    let boards: Vec<&str> = file.moves.iter().map(|to| to.name.as_str()).collect();
    assert!(boards.contains(&"attic") && !boards.contains(&"talk"));
    let mine = scene.call(&scene.mia, LookAtThing { thing: scene.thing() }).await.unwrap();
    assert_eq!(mine.undoable, None, "an undo is the actor's");
}

#[tokio::test]
async fn a_warning_waits_until_its_member_acknowledges_it() {
    let scene = Scene::new().await;
    scene.call(&scene.mo, scene.moderate(Deed::Warn)).await.unwrap();
    let warnings = scene.call(&scene.bo, MyWarnings).await.unwrap();
    assert_eq!(warnings.len(), 1);
    assert_eq!(warnings[0].notice[0], "This is a warning, about your post #2 in \"Trains\".");
    assert!(warnings[0].notice[1].starts_with("Rule 1: "));
    assert_eq!(warnings[0].notice[2], "It calls people fools.");
    let act = warnings[0].act;
    let other = scene.call(&scene.ann, AcknowledgeWarning { act }).await;
    assert!(matches!(other, Err(Error::NotFound("warning"))));
    scene.call(&scene.bo, AcknowledgeWarning { act }).await.unwrap();
    assert!(scene.call(&scene.bo, MyWarnings).await.unwrap().is_empty());
    let about = scene.call(&scene.bo, AboutMe).await.unwrap();
    assert_eq!(about.notices.len(), 1);
}

#[tokio::test]
async fn what_waits_is_counted_until_it_is_seen() {
    let scene = Scene::new().await;
    let count = async |who: &Caller| scene.call(who, CountWaiting).await.unwrap();
    let case = scene.report(&scene.ann).await.unwrap().case;
    assert_eq!(count(&scene.mo).await, Waiting { queue: 1, ..Waiting::default() });
    assert_eq!(count(&scene.ann).await, Waiting::default());
    scene.call(&scene.mia, crate::service::cases::ClaimCase { case }).await.unwrap();
    assert_eq!((count(&scene.mo).await.queue, count(&scene.mia).await.queue), (0, 1));
    scene.call(&scene.mia, scene.decide(case, &[Deed::RemovePost, Deed::Warn])).await.unwrap();
    assert_eq!(count(&scene.ann).await, Waiting { outcomes: 1, ..Waiting::default() });
    assert_eq!(count(&scene.bo).await, Waiting { about_me: 2, ..Waiting::default() });
    scene.call(&scene.ann, crate::service::cases::MyReports).await.unwrap();
    assert_eq!(scene.call(&scene.bo, AboutMe).await.unwrap().notices.len(), 2);
    assert_eq!((count(&scene.ann).await, count(&scene.bo).await), (Waiting::default(), Waiting::default()));
}

#[tokio::test]
async fn nobody_sanctions_their_equals_or_people_who_are_gone() {
    let scene = Scene::new().await;
    let on = |who: &Caller, deed| Moderate { thing: Thing::Member(id(who)), ..scene.moderate(deed) };
    let warn_mia = scene.call(&scene.mo, on(&scene.mia, Deed::Warn)).await;
    assert!(matches!(warn_mia, Err(Error::Denied(Denied::HigherRole))));
    let own = scene.call(&scene.mo, on(&scene.mo, Deed::Warn)).await;
    assert!(matches!(own, Err(Error::Denied(Denied::OwnThing))));
    scene.call(&scene.sysop, on(&scene.mia, Deed::Warn)).await.unwrap();
    let gone = scene.place.account("gone", Standing::Removed, Level::Member, Role::Member).await;
    assert!(matches!(scene.call(&scene.mo, on(&gone, Deed::Warn)).await, Err(Error::Conflict(_))));
    let guest = scene.place.account("knocks", Standing::Applied, Level::Newcomer, Role::Member).await;
    assert!(matches!(scene.call(&scene.mo, on(&guest, Deed::Warn)).await, Err(Error::NotFound("member"))));
}

/// A tempted moderator (SAFETY.md): what one has reported oneself, somebody else judges.
#[tokio::test]
async fn a_reporter_does_not_act_on_the_author_while_the_report_is_open() {
    let scene = Scene::new().await;
    let case = scene.report(&scene.mo).await.unwrap().case;
    for deed in [Deed::RemovePost, Deed::Warn, Deed::Suspend(SuspendFor::Hours24)] {
        let refused = scene.call(&scene.mo, scene.moderate(deed)).await;
        assert!(matches!(refused, Err(Error::Denied(Denied::PartOfIt))), "{deed:?}");
    }
    let decided = scene.call(&scene.mia, scene.decide(case, &[Deed::CollapsePost])).await.unwrap();
    let undo = scene.call(&scene.mo, UndoAct { act: decided.act }).await;
    assert!(matches!(undo, Err(Error::Denied(_))));
}

#[tokio::test]
async fn a_moderator_does_not_reach_into_a_board_of_the_sysops() {
    use crate::domain::board::Audience;
    let scene = Scene::new().await;
    let cellar = scene.place.board_for("cellar", Audience::Sysops, Audience::Sysops).await;
    let start = StartThread { board: cellar, title: "Keys".to_owned(), body: "secret".to_owned() };
    let thread = scene.call(&scene.sysop, start).await.unwrap().thread;
    let lock = Moderate { thing: Thing::Thread(thread), ..scene.moderate(Deed::LockThread) };
    assert!(matches!(scene.call(&scene.mo, lock).await, Err(Error::NotFound("thread"))));
    let there = scene.call(&scene.mo, scene.moderate(Deed::MoveThread(cellar))).await;
    assert!(matches!(there, Err(Error::Denied(Denied::NotVisible))));
}
