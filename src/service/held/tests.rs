//! Posts that wait for a moderator (M6), through the door.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::draft::DraftTarget;
use crate::domain::ids::{PostNo, ThreadId};
use crate::domain::member::{Level, Role};
use crate::service::applications::{DecideApplication, ListApplications};
use crate::service::blocks::BlockMember;
use crate::service::boards::ListBoards;
use crate::service::cases::scene::{Scene, apply, id};
use crate::service::cases::{ListQueue, QueueKind};
use crate::service::drafts::{LoadDraft, SaveDraft};
use crate::service::logs::{ReadAuditLog, ReadModLog};
use crate::service::notifications::{LeadsTo, ListNotifications, NotificationKind};
use crate::service::posts::{From, ListPosts};
use crate::service::reading::MarkRead;
use crate::service::testing::Place;
use crate::service::threads::{At, ListThreads, OpenThread};
use crate::service::writing::{StartThread, WriteReply};
use crate::service::{Caller, Error};

/// A newcomer without an inviter, whose application was read and approved.
pub(crate) async fn newcomer(place: &Place, staff: &Caller, handle: &str) -> Caller {
    let session = apply(place, handle).await;
    let list = place.call(staff, ListApplications).await.unwrap();
    let application = list.iter().find(|application| application.handle == handle).unwrap().id;
    let decide = DecideApplication { id: application, approve: true, answer: String::new() };
    place.call(staff, decide).await.unwrap();
    place.clock.advance(60);
    session
}

fn reply(thread: ThreadId, body: &str) -> WriteReply {
    WriteReply { thread, reply_to: None, body: body.to_owned() }
}

async fn hand_in(scene: &Scene, who: &Caller, body: &str) -> HandedIn {
    let text = reply(scene.thread, body);
    let refused = scene.call(who, text.clone()).await.unwrap_err();
    assert!(matches!(refused, Error::MustWait(_)), "{refused}");
    scene.call(who, HandIn { text, keep_draft: false }).await.unwrap()
}

async fn posts(scene: &Scene, who: &Caller) -> Vec<(i64, String)> {
    let page = ListPosts { thread: scene.thread, from: From::No(PostNo(1)) };
    let page = scene.call(who, page).await.unwrap();
    page.posts.into_iter().map(|post| (post.no.0, post.author)).collect()
}

async fn in_queue(scene: &Scene, who: &Caller) -> usize {
    let items = scene.call(who, ListQueue).await.unwrap().items;
    items.iter().filter(|item| matches!(item.kind, QueueKind::Held { .. })).count()
}

#[tokio::test]
async fn m6_the_first_post_of_a_newcomer_without_inviter_waits_and_only_its_author_sees_it() {
    let mut scene = Scene::new().await;
    let dan = newcomer(&scene.place, &scene.mo, "dan").await;
    scene.place.published();
    let held = hand_in(&scene, &dan, "I like ships.").await.held;
    let events = scene.place.published();
    assert!(matches!(events[..], [DomainEvent::HeldChanged { .. }]), "{events:?}");
    // Nobody's thread is longer, nobody has more to read.
    for who in [&dan, &scene.ann, &scene.mo] {
        assert_eq!(posts(&scene, who).await.len(), 2);
    }
    let open = |thread| OpenThread { thread, at: At::End };
    let own = scene.call(&dan, open(scene.thread)).await.unwrap().head.held;
    assert_eq!((own.len(), own[0].body.as_str()), (1, "I like ships."));
    for who in [&scene.ann, &scene.mo, &scene.sysop] {
        assert!(scene.call(who, open(scene.thread)).await.unwrap().head.held.is_empty());
        assert!(scene.call(who, MyHeld).await.unwrap().is_empty());
    }
    assert_eq!([in_queue(&scene, &scene.mo).await, in_queue(&scene, &scene.mia).await], [1, 1]);
    // Members do not learn which numbers exist.
    let refused = scene.call(&scene.ann, ReadHeld { held }).await.unwrap_err();
    assert!(refused.to_string().contains("moderators"), "{refused}");
    let refused = scene.call(&scene.ann, TakeBackHeld { held }).await.unwrap_err();
    assert!(matches!(refused, Error::NotFound("post")), "{refused}");
}

async fn unread(scene: &Scene, who: &Caller) -> i64 {
    scene.call(who, ListBoards).await.unwrap().unread_posts()
}

#[tokio::test]
async fn m6_published_it_gets_the_next_number_and_counts_as_news_from_then_on() {
    let mut scene = Scene::new().await;
    let dan = newcomer(&scene.place, &scene.mo, "dan").await;
    let text = WriteReply { reply_to: Some(PostNo(1)), ..reply(scene.thread, "Ships, @bo.") };
    let held = scene.call(&dan, HandIn { text, keep_draft: false }).await.unwrap().held;
    // Meanwhile others go on.
    crate::service::cases::scene::write(&scene.place, &scene.bo, scene.thread, "Anybody?").await;
    scene.place.clock.advance(600);
    scene.call(&dan, MarkRead { thread: scene.thread, upto: PostNo(3) }).await.unwrap();
    let before = [unread(&scene, &scene.ann).await, unread(&scene, &dan).await];
    let late = scene.place.service.now();
    scene.place.published();
    scene.call(&scene.mo, DecideHeld { held, publish: true, reason: String::new() }).await.unwrap();
    let events = scene.place.published();
    assert!(events.iter().any(|event| matches!(event, DomainEvent::PostAdded { .. })), "{events:?}");
    let page = ListPosts { thread: scene.thread, from: From::No(PostNo(1)) };
    let page = scene.call(&scene.ann, page).await.unwrap();
    let last = page.posts.last().unwrap();
    assert_eq!((last.no, last.author.as_str(), last.created_at), (PostNo(4), "dan", late));
    assert!(last.to_me, "it answers ann");
    let after = [unread(&scene, &scene.ann).await, unread(&scene, &dan).await];
    assert_eq!([after[0] - before[0], after[1] - before[1]], [1, 0], "news to others, not to its author");
    let told = scene.call(&dan, ListNotifications).await.unwrap();
    let published = told.rows.iter().find(|row| row.kind == NotificationKind::Published).unwrap();
    assert_eq!(published.leads_to, LeadsTo::Post(scene.thread, PostNo(4)));
    let named = scene.call(&scene.bo, ListNotifications).await.unwrap();
    assert!(named.rows.iter().any(|row| row.kind == NotificationKind::Mention));
    // From now on dan writes like every newcomer.
    scene.place.clock.advance(60);
    scene.call(&dan, reply(scene.thread, "And boats.")).await.unwrap();
    assert_eq!(posts(&scene, &scene.ann).await.last().unwrap().0, 5);
    // Who is slower is told who was faster.
    let late = scene.call(&scene.mia, DecideHeld { held, publish: true, reason: String::new() }).await;
    assert!(late.unwrap_err().to_string().contains("published by mo"));
}

#[tokio::test]
async fn m6_given_back_it_is_a_draft_again_with_a_kind_reason() {
    let scene = Scene::new().await;
    let dan = newcomer(&scene.place, &scene.mo, "dan").await;
    let held = hand_in(&scene, &dan, "Buy my ships.").await.held;
    let target = DraftTarget::Reply(scene.thread);
    assert_eq!(scene.call(&dan, LoadDraft { target: target.clone() }).await.unwrap(), None);
    let decide = |reason: &str| DecideHeld { held, publish: false, reason: reason.to_owned() };
    let refused = scene.call(&scene.mo, decide(" ")).await.unwrap_err();
    assert!(refused.to_string().contains("kind word"), "{refused}");
    // What the author wrote since stays, above it.
    let draft =
        SaveDraft { target: target.clone(), title: String::new(), body: "Hm.".to_owned(), reply_to: None };
    scene.call(&dan, draft).await.unwrap();
    scene.call(&scene.mo, decide("We do not sell here; tell us about them instead.")).await.unwrap();
    let draft = scene.call(&dan, LoadDraft { target }).await.unwrap().unwrap();
    assert_eq!(draft.body, "Hm.\n\nBuy my ships.");
    let own = scene.call(&dan, MyHeld).await.unwrap();
    assert!(own[0].returned.as_ref().unwrap().1.contains("tell us about them"), "{own:?}");
    let told = scene.call(&dan, ListNotifications).await.unwrap();
    assert!(told.rows.iter().any(|row| row.leads_to == LeadsTo::Waiting && row.unseen));
    assert_eq!(posts(&scene, &scene.ann).await.len(), 2);
    // On record: for all without a name and without the words, for staff with the name.
    let log = scene.call(&scene.ann, ReadModLog::default()).await.unwrap();
    let row = log.entries.iter().find(|row| row.action == "held.return").unwrap();
    assert!(row.target.is_none() && row.reason.is_empty(), "{row:?}");
    let log = scene.call(&scene.mo, ReadAuditLog::default()).await.unwrap();
    assert_eq!(
        log.entries.iter().find(|row| row.action == "held.return").unwrap().target.as_deref(),
        Some("dan")
    );
}

#[tokio::test]
async fn m6_its_author_takes_it_back_until_it_is_decided() {
    let scene = Scene::new().await;
    let dan = newcomer(&scene.place, &scene.mo, "dan").await;
    let start = StartThread { board: scene.talk, title: "Ships".to_owned(), body: "All of them.".to_owned() };
    assert!(matches!(scene.call(&dan, start.clone()).await, Err(Error::MustWait(_))));
    let held = scene.call(&dan, HandIn { text: start, keep_draft: false }).await.unwrap().held;
    let list = |board| ListThreads { board, after: None };
    let shown = scene.call(&dan, list(scene.talk)).await.unwrap();
    assert_eq!((shown.held[0].title.as_str(), shown.threads.len()), ("Ships", 1));
    assert!(scene.call(&scene.ann, list(scene.talk)).await.unwrap().held.is_empty());
    let taken = scene.call(&dan, TakeBackHeld { held }).await.unwrap();
    assert_eq!(taken.draft(), DraftTarget::Board(scene.talk));
    let draft = scene.call(&dan, LoadDraft { target: taken.draft() }).await.unwrap().unwrap();
    assert_eq!((draft.title.as_str(), draft.body.as_str()), ("Ships", "All of them."));
    assert_eq!(in_queue(&scene, &scene.mo).await, 0);
    let late = scene.call(&scene.mo, DecideHeld { held, publish: true, reason: String::new() }).await;
    assert!(late.unwrap_err().to_string().contains("taken back by dan"));
    assert!(scene.call(&dan, TakeBackHeld { held }).await.is_err(), "once");
}

#[tokio::test]
async fn m6_who_was_invited_or_is_known_or_is_staff_writes_at_once() {
    let scene = Scene::new().await;
    for (handle, level, role) in [
        ("nia", Level::Newcomer, Role::Member),
        ("mel", Level::Member, Role::Member),
        ("rae", Level::Newcomer, Role::Moderator),
    ] {
        let who = scene.place.member(handle, level, role).await;
        scene.call(&who, reply(scene.thread, "Hello.")).await.unwrap();
    }
    let text = reply(scene.thread, "Hello.");
    let refused = scene.call(&scene.ann, HandIn { text, keep_draft: false }).await.unwrap_err();
    assert!(matches!(refused, Error::Conflict(_)), "what need not wait cannot be handed in: {refused}");
}

#[tokio::test]
async fn m6_nobody_decides_their_own_and_a_claim_holds() {
    let scene = Scene::new().await;
    let dan = newcomer(&scene.place, &scene.mo, "dan").await;
    let held = hand_in(&scene, &dan, "Ships.").await.held;
    scene.call(&scene.mo, BlockMember { member: id(&dan), blocked: true }).await.unwrap();
    assert_eq!(in_queue(&scene, &scene.mo).await, 0, "who has no contact with its author stands aside");
    scene.call(&scene.mia, ClaimHeld { held }).await.unwrap();
    let decide = DecideHeld { held, publish: true, reason: String::new() };
    let refused = scene.call(&scene.sysop, decide.clone()).await.unwrap_err();
    assert!(refused.to_string().contains("mia took this post"), "{refused}");
    scene.call(&scene.mia, ReleaseHeld { held }).await.unwrap();
    scene.place.lock(scene.thread).await;
    let refused = scene.call(&scene.mia, decide).await.unwrap_err();
    assert!(
        refused.to_string().contains("locked"),
        "what its author may not write is not written: {refused}"
    );
    assert_eq!(posts(&scene, &scene.ann).await.len(), 2);
}
