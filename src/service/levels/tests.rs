//! Levels through the door: facts from what people really did, at a clock that stands still.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::ids::{BoardId, MemberId, PostNo, ThreadId};
use crate::domain::member::{Level, Role};
use crate::domain::time::DAY_S;
use crate::service::notifications::{ListNotifications, NotificationKind};
use crate::service::reading::{MarkRead, MarkThreadRead, MarkUnreadFrom};
use crate::service::testing::{NOON, Place};
use crate::service::writing::{StartThread, WriteReply};
use crate::service::{Caller, DomainEvent, Who};
use crate::store::levels as store;

fn id(caller: &Caller) -> MemberId {
    let Who::Member(member) = caller.who else { panic!("a member") };
    member
}

async fn start(place: &Place, who: &Caller, board: BoardId, title: &str) -> ThreadId {
    let (title, body) = (title.to_owned(), "words".to_owned());
    place.call(who, StartThread { board, title, body }).await.unwrap().thread
}

async fn answer(place: &Place, who: &Caller, thread: ThreadId, no: i64) {
    let reply = WriteReply { thread, reply_to: Some(PostNo(no)), body: "yes".to_owned() };
    place.call(who, reply).await.unwrap();
}

async fn path(place: &Place, who: &Caller) -> Path {
    place.call(who, ReadPath { member: id(who) }).await.unwrap()
}

fn missing(path: &Path, need: Need) -> i64 {
    let (_, steps) = path.next.as_ref().unwrap();
    steps.iter().find(|step| step.need == need).unwrap().missing()
}

/// Everything that a member needs but the days: 20 posts read, one written, one reply.
async fn almost_member(place: &Place, nils: &Caller, ann: &Caller, board: BoardId) {
    let long = start(place, ann, board, "A long one").await;
    for _ in 0..19 {
        place.call(ann, WriteReply { thread: long, reply_to: None, body: "on".to_owned() }).await.unwrap();
    }
    place.call(nils, MarkRead { thread: long, upto: PostNo(20) }).await.unwrap();
    let hello = start(place, nils, board, "Hello").await;
    answer(place, ann, hello, 1).await;
}

#[tokio::test]
async fn p4_a_newcomer_who_took_part_is_a_member_after_three_days_and_is_told_once() {
    let mut place = Place::new().await;
    let (nils, ann) = (place.member("nils", Level::Newcomer, Role::Member).await, place.regular("ann").await);
    let board = place.board("general").await;
    almost_member(&place, &nils, &ann, board).await;
    place.clock.advance(3 * DAY_S - 1);
    assert_eq!(settle_one(&place.service, id(&nils)).await.unwrap(), None);
    let before = path(&place, &nils).await;
    assert_eq!((before.level, missing(&before, Need::DaysHere)), (Level::Newcomer, 1));
    place.published();
    place.clock.advance(1);
    let risen = settle_all(&place.service).await.unwrap();
    assert_eq!(risen, [Risen { member: id(&nils), from: Level::Newcomer, to: Level::Member }]);
    let member = id(&nils);
    assert_eq!(place.published(), [DomainEvent::MemberChanged { member }, DomainEvent::Notified { member }]);
    assert_eq!(settle_all(&place.service).await.unwrap(), []);
    let rows = place.call(&nils, ListNotifications).await.unwrap().rows;
    let told: Vec<_> = rows.iter().filter(|row| row.kind == NotificationKind::LevelUp).collect();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].about, "member");
    let after = path(&place, &nils).await;
    assert_eq!(after.history.len(), 1);
    assert_eq!(after.next.as_ref().unwrap().0, Level::Regular);
}

/// P4: the screen and the rule agree by construction: who reads a path on which nothing is missing has the level.
#[tokio::test]
async fn p4_reading_the_path_brings_the_level_up_to_date() {
    let place = Place::new().await;
    let (nils, ann) = (place.member("nils", Level::Newcomer, Role::Member).await, place.regular("ann").await);
    let board = place.board("general").await;
    almost_member(&place, &nils, &ann, board).await;
    place.clock.advance(3 * DAY_S);
    assert_eq!(path(&place, &nils).await.level, Level::Member);
}

/// P4: so does the first visit of a day, and only that one looks.
#[tokio::test]
async fn p4_a_visit_brings_the_level_up_to_date_and_counts_one_day() {
    let mut place = Place::new().await;
    let (nils, ann) = (place.member("nils", Level::Newcomer, Role::Member).await, place.regular("ann").await);
    let board = place.board("general").await;
    almost_member(&place, &nils, &ann, board).await;
    place.clock.advance(3 * DAY_S);
    place.published();
    place.service.note_visit(&nils).await;
    place.service.note_visit(&nils).await;
    let member = id(&nils);
    assert_eq!(place.published(), [DomainEvent::MemberChanged { member }, DomainEvent::Notified { member }]);
    assert_eq!(missing(&path(&place, &nils).await, Need::DaysSeen), 14);
}

#[tokio::test]
async fn p4_only_what_was_shown_counts_as_read_and_only_once() {
    let place = Place::new().await;
    let (nils, ann) = (place.member("nils", Level::Newcomer, Role::Member).await, place.regular("ann").await);
    let board = place.board("general").await;
    let thread = start(&place, &ann, board, "One").await;
    for _ in 0..4 {
        answer(&place, &ann, thread, 1).await;
    }
    let read = async || 20 - missing(&path(&place, &nils).await, Need::PostsRead);
    place.call(&nils, MarkRead { thread, upto: PostNo(3) }).await.unwrap();
    assert_eq!(read().await, 3);
    place.call(&nils, MarkUnreadFrom { thread, from: PostNo(2) }).await.unwrap();
    place.call(&nils, MarkRead { thread, upto: PostNo(3) }).await.unwrap();
    assert_eq!(read().await, 3, "read again is not read twice");
    let other = start(&place, &ann, board, "Two").await;
    place.call(&nils, MarkThreadRead { thread: other, upto: PostNo(1) }).await.unwrap();
    assert_eq!(read().await, 3, "marked without having been shown");
}

/// P4: 60 days, seen on 15 of them, 5 threads, exchanges both ways with 3 people; and losing it takes long.
#[tokio::test]
async fn p4_a_member_grows_to_a_regular_and_falls_after_a_long_quiet_time() {
    let place = Place::new().await;
    let wren = place.member("wren", Level::Member, Role::Member).await;
    let board = place.board("general").await;
    let others = [place.regular("ann").await, place.regular("bo").await, place.regular("cleo").await];
    almost_member(&place, &wren, &others[0], board).await;
    for (at, other) in others.iter().enumerate() {
        let thread = start(&place, &wren, board, &format!("Thread {at}")).await;
        answer(&place, other, thread, 1).await;
        if at < 2 {
            answer(&place, &wren, thread, 2).await;
        }
    }
    start(&place, &wren, board, "A fifth").await;
    assert_eq!(missing(&path(&place, &wren).await, Need::People), 1, "one of three was not answered");
    let theirs = start(&place, &others[2], board, "Cleo's").await;
    answer(&place, &wren, theirs, 1).await;
    let looked = path(&place, &wren).await;
    assert_eq!([Need::People, Need::Threads].map(|need| missing(&looked, need)), [0, 0]);
    place.clock.advance(45 * DAY_S);
    for _ in 0..15 {
        place.service.note_visit(&wren).await;
        place.clock.advance(DAY_S);
    }
    settle_all(&place.service).await.unwrap();
    assert_eq!(path(&place, &wren).await.level, Level::Regular);
    // Nobody comes any more: the sixty days run past, then two weeks of grace, then it is lost.
    let mut quiet = 0;
    while path(&place, &wren).await.level == Level::Regular {
        place.clock.advance(DAY_S);
        settle_all(&place.service).await.unwrap();
        quiet += 1;
        assert!(quiet < 90);
    }
    // Seen on 15 days up to yesterday: the second of them leaves the 60 days 46 days later; then 14 days.
    assert_eq!(quiet, 46 + 14);
    let rows = place.call(&wren, ListNotifications).await.unwrap().rows;
    assert!(rows.iter().any(|row| row.kind == NotificationKind::LevelDown));
}

/// P4: own path only; staff may see a member's.
#[tokio::test]
async fn p4_a_path_is_for_its_member_and_the_staff() {
    let place = Place::new().await;
    let (nils, ann) = (place.member("nils", Level::Newcomer, Role::Member).await, place.regular("ann").await);
    let mo = place.moderator("mo").await;
    let read = ReadPath { member: id(&nils) };
    assert!(place.call(&ann, read).await.is_err());
    assert_eq!(place.call(&mo, read).await.unwrap().handle, "nils");
}

/// D7 asks how many newcomers were absorbed: once each, however often they rise.
#[tokio::test]
async fn d7_absorbed_newcomers_are_counted_once_by_date() {
    let place = Place::new().await;
    let (nils, ann) = (place.member("nils", Level::Newcomer, Role::Member).await, place.regular("ann").await);
    let board = place.board("general").await;
    almost_member(&place, &nils, &ann, board).await;
    place.clock.advance(3 * DAY_S);
    settle_all(&place.service).await.unwrap();
    let absorbed = async |since| {
        let mut read = place.service.store().begin_read().await.unwrap();
        store::absorbed_since(&mut read, since).await.unwrap()
    };
    assert_eq!(absorbed(NOON).await, 1);
    assert_eq!(absorbed(NOON.plus(3 * DAY_S)).await, 1);
    assert_eq!(absorbed(NOON.plus(3 * DAY_S + 1)).await, 0);
}
