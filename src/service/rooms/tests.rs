//! Rooms through the door (L2).
#![allow(clippy::unwrap_used)]

use super::*;
use crate::domain::board::Audience;
use crate::domain::draft::DraftTarget;
use crate::domain::ids::BoardId;
use crate::domain::member::{Level, Role, Standing};
use crate::domain::moderation::{Deed, Thing};
use crate::domain::room::LineKind;
use crate::service::cases::OpenCase;
use crate::service::cases::ReportThing;
use crate::service::drafts::{LoadDraft, SaveDraft};
use crate::service::logs::ReadModLog;
use crate::service::moderation::Moderate;
use crate::service::notifications::{CountNotifications, LeadsTo, ListNotifications};
use crate::service::presence::Place as Where;
use crate::service::testing::Place;
use crate::service::{Caller, DomainEvent, Result, Who, upkeep};
use crate::store::testing as states;

pub(super) const THE_HALL: RoomId = RoomId(1);

pub(super) fn id(who: &Caller) -> crate::domain::ids::MemberId {
    let Who::Member(id) = who.who else { panic!("a member") };
    id
}

pub(super) async fn say(place: &Place, who: &Caller, room: RoomId, text: &str) -> Result<LineId> {
    let say = Say { room, kind: LineKind::Says, text: text.to_owned(), from_field: false };
    place.call(who, say).await
}

/// What somebody sees in a room, as `author: text`.
async fn shown(place: &Place, who: &Caller, room: RoomId) -> Vec<String> {
    let view = place.call(who, OpenRoom { room }).await.unwrap();
    view.lines.into_iter().map(|line| format!("{}: {}", line.author, line.text)).collect()
}

async fn unread(place: &Place, who: &Caller, room: RoomId) -> i64 {
    let rooms = place.call(who, ListRooms).await.unwrap();
    rooms.iter().find(|summary| summary.id == room).unwrap().unread
}

async fn room_of(place: &Place, board: BoardId) -> RoomId {
    let moderator = place.moderator("opener").await;
    place.call(&moderator, ArrangeRoom { board, open: true }).await.unwrap()
}

#[tokio::test]
async fn a_line_is_said_heard_of_and_read_behind_the_last_one() {
    let mut place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    let first = say(&place, &alice, THE_HALL, "Good\x1b[31m morning.").await.unwrap();
    assert_eq!(
        place.published(),
        [DomainEvent::LineSaid { room: THE_HALL, line: first, author: id(&alice) }],
        "ids, no text"
    );
    let view = place.call(&bob, OpenRoom { room: THE_HALL }).await.unwrap();
    assert_eq!((view.head.name.as_str(), view.head.mute, view.read_to), ("hall", None, LineId(0)));
    assert_eq!((view.lines[0].text.as_str(), view.lines[0].mine), ("Good morning.", false));
    let does = Say { room: THE_HALL, kind: LineKind::Does, text: "waves".to_owned(), from_field: false };
    let second = place.call(&bob, does).await.unwrap();
    let news = place.call(&alice, ReadLines { room: THE_HALL, after: first }).await.unwrap();
    assert_eq!(news.len(), 1);
    assert_eq!((news[0].id, news[0].kind, news[0].author.as_str()), (second, LineKind::Does, "bob"));
    let (before, more) = place.call(&alice, ReadEarlier { room: THE_HALL, before: second }).await.unwrap();
    assert_eq!((before[0].id, before[0].mine, more), (first, true, false));
}

#[tokio::test]
async fn lines_live_for_a_day_and_upkeep_forgets_them_then() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    let line = say(&place, &alice, THE_HALL, "Old.").await.unwrap();
    place.clock.advance(86_400);
    upkeep::live_once(&place.service).await.unwrap();
    assert_eq!(shown(&place, &alice, THE_HALL).await, ["alice: Old."]);
    place.clock.advance(1);
    assert!(shown(&place, &alice, THE_HALL).await.is_empty());
    assert_eq!(place.call(&alice, ReadLine { line }).await.unwrap(), (line, None));
    assert_eq!(count(&place).await, 1);
    upkeep::live_once(&place.service).await.unwrap();
    assert_eq!(count(&place).await, 0);
    let next = say(&place, &alice, THE_HALL, "New.").await.unwrap();
    assert!(next > line, "the id of a line that is gone does not come back");
}

pub(super) async fn count(place: &Place) -> i64 {
    states::room_lines(place.service.store()).await
}

#[tokio::test]
async fn what_cannot_be_said_says_why_and_nothing_is_written() {
    let mut place = Place::new().await;
    let alice = place.regular("alice").await;
    let error = say(&place, &alice, THE_HALL, &"x".repeat(501)).await.unwrap_err();
    assert_eq!(error.to_string(), "The line is 501 characters long; 500 is the most.");
    assert!(say(&place, &alice, THE_HALL, " \u{200b}").await.is_err());
    let eve = place.account("eve", Standing::Applied, Level::Newcomer, Role::Member).await;
    assert!(say(&place, &eve, THE_HALL, "Hello.").await.is_err());
    assert!(place.call(&eve, OpenRoom { room: THE_HALL }).await.is_err());
    place.suspend(&alice).await;
    assert!(say(&place, &alice, THE_HALL, "Hello.").await.is_err());
    assert!(place.published().is_empty());
    assert_eq!(count(&place).await, 0);
}

/// The audience of a board is that of its room, and of its words.
#[tokio::test]
async fn a_boards_room_is_for_those_who_see_the_board() {
    let place = Place::new().await;
    let (alice, moderator) = (place.regular("alice").await, place.moderator("mod").await);
    let staff = place.board_for("staff", Audience::Staff, Audience::Staff).await;
    assert!(place.call(&alice, ArrangeRoom { board: staff, open: true }).await.is_err());
    let room = place.call(&moderator, ArrangeRoom { board: staff, open: true }).await.unwrap();
    let line = say(&place, &moderator, room, "Between us.").await.unwrap();
    let hidden = "There is no such room here, or it is not shown to you.";
    let missing = RoomId(999);
    for room in [room, missing] {
        assert_eq!(place.call(&alice, OpenRoom { room }).await.unwrap_err().to_string(), hidden);
        let lines = ReadLines { room, after: LineId(0) };
        assert_eq!(place.call(&alice, lines).await.unwrap_err().to_string(), hidden);
        let lines = ReadEarlier { room, before: LineId(99) };
        assert_eq!(place.call(&alice, lines).await.unwrap_err().to_string(), hidden);
        assert_eq!(place.call(&alice, WhoIsInRoom { room }).await.unwrap_err().to_string(), hidden);
        assert_eq!(say(&place, &alice, room, "Hm?").await.unwrap_err().to_string(), hidden);
    }
    assert_eq!(place.call(&alice, ReadLine { line }).await.unwrap(), (line, None));
    let report = ReportThing { thing: Thing::Line(line), rule_no: 0, note: String::new() };
    assert!(place.call(&alice, report).await.is_err());
    let names = |list: Vec<RoomSummary>| list.into_iter().map(|room| room.slug).collect::<Vec<_>>();
    assert_eq!(names(place.call(&alice, ListRooms).await.unwrap()), ["hall"]);
    assert_eq!(names(place.call(&moderator, ListRooms).await.unwrap()), ["hall", "staff"]);
    place.call(&moderator, ArrangeRoom { board: staff, open: false }).await.unwrap();
    assert_eq!(names(place.call(&moderator, ListRooms).await.unwrap()), ["hall"]);
    assert!(say(&place, &moderator, room, "Too late.").await.is_err());
}

#[tokio::test]
async fn a_board_to_read_only_has_a_room_to_listen_in() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    let board = place.board_for("news", Audience::Members, Audience::Staff).await;
    let room = room_of(&place, board).await;
    let view = place.call(&alice, OpenRoom { room }).await.unwrap();
    let words = "You can read this board; writing in it is for others.";
    assert_eq!(view.head.mute.as_deref(), Some(words));
    assert_eq!(say(&place, &alice, room, "Hm.").await.unwrap_err().to_string(), words);
    place.archive(board).await;
    assert_eq!(place.call(&alice, ListRooms).await.unwrap().len(), 1, "nothing is said there any more");
}

#[tokio::test]
async fn ones_own_line_is_edited_and_deleted_and_nobody_elses() {
    let mut place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    let line = say(&place, &alice, THE_HALL, "Teh kettle.").await.unwrap();
    place.published();
    let edit = |text: &str| EditLine { line, text: text.to_owned() };
    assert!(place.call(&bob, edit("Mine.")).await.is_err());
    assert!(place.call(&bob, DeleteLine { line }).await.is_err());
    assert!(place.published().is_empty());
    place.call(&alice, edit("The kettle.")).await.unwrap();
    assert_eq!(place.published(), [DomainEvent::LineChanged { room: THE_HALL, line }]);
    let (_, again) = place.call(&bob, ReadLine { line }).await.unwrap();
    let again = again.unwrap();
    assert_eq!((again.text.as_str(), again.edited), ("The kettle.", true));
    place.call(&alice, DeleteLine { line }).await.unwrap();
    assert_eq!(place.call(&bob, ReadLine { line }).await.unwrap(), (line, None));
    assert_eq!(count(&place).await, 0, "nothing is left of it");
}

/// Unread counts equal what is shown below the mark, whatever happened to the lines.
#[tokio::test]
async fn unread_counts_are_what_is_shown() {
    let place = Place::new().await;
    let (alice, bob, carol) =
        (place.regular("alice").await, place.regular("bob").await, place.regular("carol").await);
    let moderator = place.moderator("mod").await;
    let mut seen = LineId(0);
    for step in 0..40_usize {
        place.clock.advance(60 * 30);
        let who = [&alice, &bob, &carol][step % 3];
        let line = say(&place, who, THE_HALL, &format!("Line {step}.")).await.unwrap();
        match step {
            7 => seen = line,
            11 => place.call(who, DeleteLine { line }).await.unwrap(),
            13 => {
                let (thing, reason) = (Thing::Line(line), "No.".to_owned());
                let act = Moderate { thing, deed: Deed::RemoveLine, rule_no: 0, reason };
                place.call(&moderator, act).await.unwrap();
            }
            20 => drop(place.call(&alice, Ignore { handle: "Carol".to_owned(), on: true }).await.unwrap()),
            30 => {
                place.call(&alice, Ignore { handle: "carol".to_owned(), on: false }).await.unwrap();
                place.call(&alice, MarkRoom { room: THE_HALL, upto: seen }).await.unwrap();
            }
            _ => {}
        }
        let view = place.call(&alice, OpenRoom { room: THE_HALL }).await.unwrap();
        let below = view.lines.iter().filter(|l| l.id > view.read_to && !l.mine && !l.removed).count();
        assert_eq!(unread(&place, &alice, THE_HALL).await, i64::try_from(below).unwrap(), "step {step}");
    }
    let newest = LineId(i64::MAX);
    place.call(&alice, MarkRoom { room: THE_HALL, upto: newest }).await.unwrap();
    assert_eq!(unread(&place, &alice, THE_HALL).await, 0);
    say(&place, &bob, THE_HALL, "And one more.").await.unwrap();
    assert_eq!(unread(&place, &alice, THE_HALL).await, 1, "a mark does not reach beyond what there was");
    place.call(&alice, MarkRoom { room: THE_HALL, upto: seen }).await.unwrap();
    assert_eq!(unread(&place, &alice, THE_HALL).await, 1, "and does not go back");
}

#[tokio::test]
async fn whom_one_ignores_is_not_shown_to_one_and_does_not_know() {
    let mut place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    place.call(&alice, Ignore { handle: "BOB".to_owned(), on: true }).await.unwrap();
    assert_eq!(place.published(), [DomainEvent::MarksChanged { member: id(&alice) }]);
    let line = say(&place, &bob, THE_HALL, "Hello @alice.").await.unwrap();
    assert!(shown(&place, &alice, THE_HALL).await.is_empty());
    assert!(place.call(&alice, ReadLines { room: THE_HALL, after: LineId(0) }).await.unwrap().is_empty());
    assert_eq!(place.call(&alice, ReadLine { line }).await.unwrap(), (line, None));
    assert_eq!(place.call(&alice, CountNotifications).await.unwrap(), 0, "nor is one told");
    assert_eq!(shown(&place, &bob, THE_HALL).await, ["bob: Hello @alice."]);
    assert_eq!(place.call(&alice, OpenRoom { room: THE_HALL }).await.unwrap().ignored, ["bob"]);
    assert!(place.call(&alice, Ignore { handle: "alice".to_owned(), on: true }).await.is_err());
    assert!(place.call(&alice, Ignore { handle: "nobody".to_owned(), on: true }).await.is_err());
    place.call(&alice, Ignore { handle: "bob".to_owned(), on: false }).await.unwrap();
    assert_eq!(shown(&place, &alice, THE_HALL).await, ["bob: Hello @alice."]);
}

#[tokio::test]
async fn who_is_named_is_told_unless_they_are_in_the_room_or_may_not_be() {
    let place = Place::new().await;
    let (alice, bob, carol) =
        (place.regular("alice").await, place.regular("bob").await, place.regular("carol").await);
    let moderator = place.moderator("mod").await;
    let staff = place.board_for("staff", Audience::Staff, Audience::Staff).await;
    let room = place.call(&moderator, ArrangeRoom { board: staff, open: true }).await.unwrap();
    let (session, _) = place.service.presence().enter(id(&carol), place.service.now());
    place.service.presence().move_to_place(session, Where { board: None, room: Some(THE_HALL) });
    say(&place, &alice, THE_HALL, "Tea, @bob, @Carol, @alice, @nobody?").await.unwrap();
    say(&place, &moderator, room, "What about @bob?").await.unwrap();
    let told = place.call(&bob, ListNotifications).await.unwrap().rows;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].leads_to, LeadsTo::Room(THE_HALL));
    for (who, count) in [(&alice, 0), (&bob, 1), (&carol, 0)] {
        assert_eq!(place.call(who, CountNotifications).await.unwrap(), count);
    }
    place.call(&bob, MarkRoom { room: THE_HALL, upto: LineId(9) }).await.unwrap();
    assert_eq!(place.call(&bob, CountNotifications).await.unwrap(), 0, "what was seen is no news");
    assert!(names("Tea, @Bob?", "bob") && !names("Tea, bob?", "bob"));
}

#[tokio::test]
async fn newcomers_talk_slower_and_nobody_floods() {
    let place = Place::new().await;
    let newcomer = place.member("new", Level::Newcomer, Role::Member).await;
    for _ in 0..6 {
        say(&place, &newcomer, THE_HALL, "Hello.").await.unwrap();
    }
    let error = say(&place, &newcomer, THE_HALL, "Hello.").await.unwrap_err();
    assert_eq!(error.to_string(), "Newcomers say up to 6 lines a minute. You can go on in 1 minute.");
    place.clock.advance(60);
    say(&place, &newcomer, THE_HALL, "Hello.").await.unwrap();
    let (regular, moderator) = (place.regular("alice").await, place.moderator("mod").await);
    for _ in 0..15 {
        say(&place, &regular, THE_HALL, "Hm.").await.unwrap();
        say(&place, &moderator, THE_HALL, "Hm.").await.unwrap();
    }
    assert!(say(&place, &regular, THE_HALL, "Hm.").await.is_err());
    say(&place, &moderator, THE_HALL, "Hm.").await.unwrap();
}

/// W2: what was typed is there after a refusal, and gone once it is said.
#[tokio::test]
async fn the_draft_goes_with_the_line_and_stays_with_a_refusal() {
    let place = Place::new().await;
    let alice = place.regular("alice").await;
    let target = DraftTarget::Room(THE_HALL);
    let draft =
        SaveDraft { target: target.clone(), title: String::new(), body: "Half a".to_owned(), reply_to: None };
    place.call(&alice, draft).await.unwrap();
    let say = |text: String| Say { room: THE_HALL, kind: LineKind::Says, text, from_field: true };
    assert!(place.call(&alice, say("x".repeat(501))).await.is_err());
    let load = || place.call(&alice, LoadDraft { target: target.clone() });
    assert_eq!(load().await.unwrap().unwrap().body, "Half a");
    place.call(&alice, say("Half a line.".to_owned())).await.unwrap();
    assert_eq!(load().await.unwrap(), None);
}

/// M1, M5: the line is the case's thing; taking it down decides the case and stands in the mod log.
#[tokio::test]
async fn a_line_is_reported_and_taken_down_with_a_reason_on_record() {
    let mut place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    let moderator = place.moderator("mod").await;
    let line = say(&place, &alice, THE_HALL, "You fools.").await.unwrap();
    let thing = Thing::Line(line);
    let report = ReportThing { thing, rule_no: 0, note: "Rude.".to_owned() };
    let reported = place.call(&bob, report).await.unwrap();
    place.published();
    let deed = Deed::RemoveLine;
    let remove = |reason: &str| Moderate { thing, deed, rule_no: 0, reason: reason.to_owned() };
    assert!(place.call(&bob, remove("Rude.")).await.is_err());
    assert!(place.call(&moderator, remove("")).await.is_err());
    assert!(place.published().is_empty());
    place.call(&moderator, remove("Nobody is attacked here.")).await.unwrap();
    assert!(place.published().contains(&DomainEvent::LineChanged { room: THE_HALL, line }));
    let (_, shown) = place.call(&alice, ReadLine { line }).await.unwrap();
    let shown = shown.unwrap();
    assert_eq!((shown.text.as_str(), shown.removed), ("", true));
    assert!(place.call(&alice, EditLine { line, text: "Sorry.".to_owned() }).await.is_err());
    assert!(place.call(&moderator, remove("Again.")).await.is_err());
    let log = place.call(&bob, ReadModLog::default()).await.unwrap();
    assert_eq!(
        (log.entries[0].action.as_str(), log.entries[0].target.as_deref()),
        ("line.remove", Some("alice"))
    );
    let file = place.call(&moderator, OpenCase { case: reported.case }).await.unwrap();
    assert_eq!((file.snapshot.as_str(), file.reports[0].note.as_str()), ("You fools.", "Rude."));
    assert!(file.decided.is_some(), "{file:?}");
}

/// L1: in a room, on a list of who is in it, and not when invisible.
#[tokio::test]
async fn who_is_in_a_room_is_seen_there() {
    let place = Place::new().await;
    let (alice, bob) = (place.regular("alice").await, place.regular("bob").await);
    let presence = place.service.presence();
    for who in [&alice, &bob] {
        let (session, _) = presence.enter(id(who), place.service.now());
        presence.move_to_place(session, Where { board: None, room: Some(THE_HALL) });
    }
    presence.set_away(id(&bob), Some("tea".to_owned()));
    let here = async || place.call(&alice, WhoIsInRoom { room: THE_HALL }).await.unwrap();
    let named: Vec<(String, bool)> = here().await.into_iter().map(|one| (one.handle, one.away)).collect();
    assert_eq!(named, [("alice".to_owned(), false), ("bob".to_owned(), true)]);
    assert_eq!(place.call(&alice, ListRooms).await.unwrap()[0].here, 2);
    say(&place, &bob, THE_HALL, "Back.").await.unwrap();
    assert!(!here().await[1].away, "who speaks is back");
    presence.set_invisible(id(&bob), true);
    assert_eq!(here().await.len(), 1);
    assert_eq!(place.call(&alice, ListRooms).await.unwrap()[0].here, 1);
}
