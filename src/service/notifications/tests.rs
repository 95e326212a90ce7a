//! What is for one member and for nobody else (L4).
#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::board::Audience;
use crate::domain::ids::{ConversationId, PostNo, ThreadId};
use crate::domain::member::{Level, Role, Standing};
use crate::domain::moderation::Deed;
use crate::domain::policy::LookAround;
use crate::service::cases::scene::{Scene, id};
use crate::service::rooms::ArrangeRoom;
use crate::service::testing::Place;
use crate::service::thanks::{GiveThanks, TakeBackThanks};
use crate::service::writing::{StartThread, WriteReply};
use crate::service::{Caller, Cx, DomainEvent, Request, Result, Writes};

/// Tells a member something, as rooms and conversations will.
struct Tell {
    to: Caller,
    kind: NotificationKind,
    place: NotificationPlace,
}

impl Request for Tell {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "tell";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&LookAround)?;
        notify(cx, &grant, id(&self.to), self.kind, self.place).await
    }
}

/// Reads a place to its end.
struct Read(NotificationPlace);

impl Request for Read {
    type Reply = ();
    type Access = Writes;
    const NAME: &'static str = "read place";

    async fn run(self, cx: &mut Cx<'_, Writes>) -> Result<()> {
        let grant = cx.allow(&crate::domain::policy::KeepMarks)?;
        see_place(cx, &grant, self.0).await
    }
}

const TALK: NotificationPlace = NotificationPlace { kind: PlaceKind::Conversation, id: 7 };

async fn list(place: &Place, who: &Caller) -> NotificationList {
    place.call(who, ListNotifications).await.unwrap()
}

async fn count(place: &Place, who: &Caller) -> i64 {
    let count = place.call(who, CountNotifications).await.unwrap();
    let list = list(place, who).await;
    assert_eq!(list.unseen, count, "the list and the number agree");
    assert_eq!(i64::try_from(list.rows.iter().filter(|row| row.unseen).count()).unwrap(), count);
    count
}

fn message(to: &Caller) -> Tell {
    Tell { to: to.clone(), kind: NotificationKind::Message, place: TALK }
}

/// alice's thread, answered by bob in post 2, with a mention of alice in post 3.
async fn spoken_to(place: &Place, alice: &Caller, bob: &Caller) -> ThreadId {
    let board = place.board("general").await;
    let (title, body) = ("tea".to_owned(), "who is for tea?".to_owned());
    let thread = place.call(alice, StartThread { board, title, body }).await.unwrap().thread;
    for (reply_to, body) in [(Some(PostNo(1)), "me"), (None, "and @alice too")] {
        place.call(bob, WriteReply { thread, reply_to, body: body.to_owned() }).await.unwrap();
        place.clock.advance(60);
    }
    thread
}

#[tokio::test]
async fn l4_everything_for_one_stands_in_one_list_with_its_exact_place() {
    let mut place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    place.published();
    let thread = spoken_to(&place, &alice, &bob).await;
    place.call(&bob, message(&alice)).await.unwrap();
    let told = DomainEvent::Notified { member: id(&alice) };
    assert_eq!(place.published().iter().filter(|event| **event == told).count(), 3);

    let rows = list(&place, &alice).await.rows;
    let seen: Vec<_> = rows.iter().map(|row| (row.kind, row.who.as_deref(), row.leads_to)).collect();
    assert_eq!(
        seen,
        [
            (NotificationKind::Message, Some("bob"), LeadsTo::Conversation(ConversationId(7))),
            (NotificationKind::Mention, Some("bob"), LeadsTo::Post(thread, PostNo(3))),
            (NotificationKind::Reply, Some("bob"), LeadsTo::Post(thread, PostNo(2))),
        ]
    );
    assert_eq!(count(&place, &alice).await, 3);
    assert_eq!(list(&place, &bob).await, NotificationList::default(), "nobody else gets any of it");
}

#[tokio::test]
async fn l4_what_happens_in_one_place_is_one_line_until_it_is_seen() {
    let mut place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    for _ in 0..3 {
        place.call(&bob, message(&alice)).await.unwrap();
    }
    let row = list(&place, &alice).await.rows.remove(0);
    assert_eq!((row.times, row.unseen), (3, true));

    place.published();
    place.call(&bob, Read(TALK)).await.unwrap();
    assert_eq!((count(&place, &alice).await, place.published()), (1, vec![]), "only one's own are seen");
    place.call(&bob, SeeNotification(row.id.unwrap())).await.unwrap();
    assert_eq!(count(&place, &alice).await, 1);
    place.call(&alice, Read(TALK)).await.unwrap();
    assert_eq!(place.published(), [DomainEvent::MarksChanged { member: id(&alice) }]);
    place.call(&alice, Read(TALK)).await.unwrap();
    assert_eq!((count(&place, &alice).await, place.published()), (0, vec![]), "told once");

    place.call(&bob, message(&alice)).await.unwrap();
    let rows = list(&place, &alice).await.rows;
    let seen: Vec<_> = rows.iter().map(|row| (row.times, row.unseen)).collect();
    assert_eq!(seen, [(1, true), (3, false)]);
    place.call(&alice, SeeNotification(rows[0].id.unwrap())).await.unwrap();
    assert_eq!(count(&place, &alice).await, 0);
}

#[tokio::test]
async fn nobody_tells_themselves() {
    let mut place = Place::new().await;
    let alice = place.regular("alice").await;
    place.call(&alice, message(&alice)).await.unwrap();
    assert_eq!((count(&place, &alice).await, place.published()), (0, vec![]));
}

#[tokio::test]
async fn l4_one_key_clears_all_and_one_brings_all_back() {
    let scene = Scene::new().await;
    let (place, bo, ann) = (&scene.place, &scene.bo, &scene.ann);
    let case = scene.report(ann).await.unwrap().case;
    scene.call(&scene.mo, scene.decide(case, &[Deed::CollapsePost])).await.unwrap();
    let reply = WriteReply { thread: scene.thread, reply_to: Some(PostNo(1)), body: "sorry @ann".to_owned() };
    scene.call(bo, reply).await.unwrap();
    scene.call(bo, message(ann)).await.unwrap();
    for (who, news) in [(ann, 3), (bo, 1)] {
        let before = list(place, who).await;
        assert_eq!(count(place, who).await, news);
        let undo = scene.call(who, ClearNotifications).await.unwrap();
        assert_eq!(i64::try_from(undo.count()).unwrap(), news);
        assert_eq!(count(place, who).await, 0);
        assert_eq!(list(place, who).await.rows.len(), before.rows.len(), "they stay in the list");
        scene.call(who, UndoClear(undo)).await.unwrap();
        assert_eq!(list(place, who).await, before);
    }
}

#[tokio::test]
async fn an_undo_brings_back_only_ones_own() {
    let place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    place.call(&bob, message(&alice)).await.unwrap();
    spoken_to(&place, &alice, &bob).await;
    let undo = place.call(&alice, ClearNotifications).await.unwrap();
    place.call(&bob, UndoClear(undo.clone())).await.unwrap();
    assert_eq!(count(&place, &alice).await, 0);
    // Something newer at the same place is enough.
    place.call(&bob, message(&alice)).await.unwrap();
    place.call(&alice, UndoClear(undo)).await.unwrap();
    assert_eq!(count(&place, &alice).await, 3);
}

#[tokio::test]
async fn m1_m5_the_staffs_acts_and_outcomes_are_told_to_those_concerned_alone() {
    let mut scene = Scene::new().await;
    let case = scene.report(&scene.ann).await.unwrap().case;
    scene.place.published();
    scene.call(&scene.mo, scene.decide(case, &[Deed::CollapsePost])).await.unwrap();
    let told = |who| DomainEvent::Notified { member: id(who) };
    let events = scene.place.published();
    assert!(events.contains(&told(&scene.bo)) && events.contains(&told(&scene.ann)), "{events:?}");
    assert!(!events.contains(&told(&scene.mia)) && !events.contains(&told(&scene.mo)), "{events:?}");
    let bo = &list(&scene.place, &scene.bo).await.rows[0];
    assert_eq!((bo.kind, bo.leads_to, bo.unseen), (NotificationKind::Moderation, LeadsTo::MyCases, true));
    assert!(bo.about.contains("post #2 in \"Trains\" was folded") && bo.who.is_none(), "{}", bo.about);
    let ann = &list(&scene.place, &scene.ann).await.rows[0];
    assert_eq!(ann.kind, NotificationKind::Report);
    assert!(ann.about.contains("the post was folded"), "{}", ann.about);
    assert!(list(&scene.place, &scene.mia).await.rows.is_empty());
}

#[tokio::test]
async fn what_one_may_no_longer_see_is_neither_listed_nor_counted() {
    let place = Place::new().await;
    let (alice, mo) = (place.regular("alice").await, place.moderator("mo").await);
    let staff = place.board_for("staff", Audience::Staff, Audience::Staff).await;
    let (title, body) = ("about".to_owned(), "cc @alice".to_owned());
    let posted = place.call(&mo, StartThread { board: staff, title, body }).await.unwrap();
    let post = NotificationPlace::new(PlaceKind::Post, posted.post.0);
    let thread = NotificationPlace::new(PlaceKind::Thread, posted.thread.0);
    let room = place.call(&mo, ArrangeRoom { board: staff, open: true }).await.unwrap();
    let room = NotificationPlace::new(PlaceKind::Room, room.0);
    for spot in [post, thread, room] {
        let tell = Tell { to: alice.clone(), kind: NotificationKind::Thanks, place: spot };
        place.call(&mo, tell).await.unwrap();
    }
    assert_eq!(count(&place, &alice).await, 0);
    assert!(list(&place, &alice).await.rows.is_empty());
    let applied = place.account("ann", Standing::Applied, Level::Newcomer, Role::Member).await;
    assert!(place.call(&applied, ListNotifications).await.is_err());
    assert!(place.call(&applied, CountNotifications).await.is_err());
    assert!(place.call(&applied, ClearNotifications).await.is_err());
}

#[tokio::test]
async fn w4_thanks_are_told_to_the_author_and_taken_back_without_a_trace() {
    let place = Place::new().await;
    let [alice, bob, cy] =
        [place.regular("alice").await, place.regular("bob").await, place.regular("cy").await];
    let thread = spoken_to(&place, &alice, &bob).await;
    let no = PostNo(2);
    for giver in [&alice, &cy] {
        place.call(giver, GiveThanks { thread, no }).await.unwrap();
    }
    let row = list(&place, &bob).await.rows.remove(0);
    assert_eq!((row.kind, row.times, row.leads_to), (NotificationKind::Thanks, 2, LeadsTo::Post(thread, no)));
    assert_eq!(count(&place, &cy).await, 0, "the giver's list does not change");
    for (giver, left) in [(&cy, 1), (&alice, 0)] {
        place.call(giver, TakeBackThanks { thread, no }).await.unwrap();
        let rows = list(&place, &bob).await.rows;
        assert_eq!(rows.iter().filter(|row| row.kind == NotificationKind::Thanks).count(), left);
    }
}
