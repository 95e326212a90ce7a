//! A room as people meet it: over a real community, and drawn at every size.
#![allow(clippy::unwrap_used)]

use std::rc::Rc;

use crate::domain::draft::DraftTarget;
use crate::domain::ids::{LineId, MemberId, RoomId};
use crate::domain::room::LineKind;
use crate::service::cases::ListQueue;
use crate::service::drafts::LoadDraft;
use crate::service::rooms::{InRoom, KeepAsk, LineView, ListRooms, OpenRoom, RoomHead, RoomView, Say};
use crate::service::testing::{Blocking, NOON};
use crate::service::{Caller, Who, upkeep};
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::{Harness, me};
use crate::ui::route::Route;

const HALL: RoomId = RoomId(1);

fn line(id: i64, author: &str, text: &str) -> LineView {
    LineView {
        id: LineId(id),
        author_id: MemberId(id),
        author: author.to_owned(),
        kind: LineKind::Says,
        text: text.to_owned(),
        at: NOON.plus(60 * (id - 60)),
        edited: false,
        removed: false,
        mine: author == "alice",
    }
}

fn view() -> RoomView {
    let mut lines = vec![
        line(1, "wren", "Good morning, all of you."),
        line(2, "alice", "Morning! The kettle is on."),
        line(
            3,
            "marguerite-of-lock",
            "It struck nine and it was a quarter past, 日本語 clocks are better, as everybody says.",
        ),
        line(4, "wren", "@alice: and bread? @alicex is not you."),
        line(5, "bo", "waves"),
        line(6, "bo", "something rude"),
        line(7, "wren", "Twice."),
    ];
    lines[4].kind = LineKind::Does;
    lines[5].removed = true;
    lines[5].text = String::new();
    lines[6].edited = true;
    let here = ["alice", "wren", "bo"].map(|handle| InRoom {
        member: MemberId(1),
        handle: handle.to_owned(),
        away: handle == "bo",
    });
    RoomView {
        head: RoomHead { id: HALL, board: None, name: "hall".to_owned(), mute: None, may_arrange: false },
        lines,
        more_above: false,
        read_to: LineId(3),
        here: here.into(),
        asks: Vec::new(),
        ignored: Vec::new(),
    }
}

fn at(view: RoomView, columns: u16, rows: u16) -> Harness {
    let mut h = Harness::at(me("alice"), Capabilities::COMMON, columns, rows);
    h.forget().open(&Route::Room(HALL)).answer::<OpenRoom>(|_| Ok(view)).answer::<LoadDraft>(|_| Ok(None));
    h
}

#[test]
fn l2_a_room_is_drawn_at_every_size() {
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        insta::assert_snapshot!(format!("room_{columns}x{rows}"), at(view(), columns, rows).screen());
    }
}

#[test]
fn l2_a_rule_says_where_a_day_begins_and_one_reads_up_past_it() {
    let mut days = view();
    days.lines = (1..40).map(|no| line(no, "wren", &format!("line {no}."))).collect();
    for (past_midnight, line) in days.lines.iter_mut().skip(19).enumerate() {
        line.at = NOON.plus(12 * 3600 + 60 * i64::try_from(past_midnight).unwrap());
    }
    days.read_to = LineId(39);
    let mut h = at(days, 80, 12);
    let end = h.screen();
    assert!(end.contains("line 39.") && !end.contains("2026-"), "{end}");
    let up = h.keys("<PgUp><PgUp>").screen();
    let rows: Vec<&str> = up.lines().collect();
    let rule = rows.iter().position(|row| row.contains(" Monday 2026-")).unwrap_or_else(|| panic!("{up}"));
    assert!(rows[rule - 1].contains("line 19.") && rows[rule + 1].contains("line 20."), "{up}");
    let top = h.keys("<PgUp><PgUp><PgUp>").screen();
    assert!(top.contains("line 1."), "{top}");
}

#[test]
fn l2_ones_own_name_stands_out_where_one_is_spoken_to() {
    let mut h = at(view(), 80, 24);
    let mine = h.style_of("@alice: and");
    assert_ne!(mine, h.style_of(": and bread?"));
    assert_ne!(h.style_of("@alicex is"), mine, "somebody else's name is a word");
}

#[test]
fn what_is_asked_and_what_can_be_entered_fit_forty_columns() {
    let ask = KeepAsk {
        id: crate::domain::ids::KeepId(1),
        room_id: HALL,
        proposer: "wren".to_owned(),
        title: "Soup".to_owned(),
        board: "Kitchen".to_owned(),
        lines: 2,
        closes_at: NOON,
    };
    let asked = RoomView { asks: vec![ask], ..view() };
    let mut h = at(asked, 40, 12);
    let screen = h.screen();
    assert!(screen.contains("asks to keep 2 lines of yours") && screen.contains("/decline"), "{screen}");
    let screen = h.keys("<^O>").screen();
    assert!(screen.contains("/me waves") && screen.contains("/unignore"), "{screen}");
    assert!(!h.keys("x").screen().contains("/unignore"), "any key closes it");
}

struct Hall {
    live: Rc<Blocking>,
    alice: Caller,
    bob: Caller,
}

impl Hall {
    fn new() -> Self {
        let live = Blocking::new();
        let (alice, bob) = (live.block(live.place.regular("alice")), live.block(live.place.regular("bob")));
        Self { live, alice, bob }
    }

    fn say(&self, who: &Caller, text: &str) {
        let say = Say { room: HALL, kind: LineKind::Says, text: text.to_owned(), from_field: false };
        self.live.call(who, say).unwrap();
        // Nobody talks faster than the limit.
        self.live.place.clock.advance(2);
    }

    fn enter(&self, who: &Caller) -> Harness {
        let mut h = Harness::live(&self.live, who);
        h.keys("gr");
        h
    }

    fn texts(&self) -> Vec<String> {
        let view = self.live.call(&self.bob, OpenRoom { room: HALL }).unwrap();
        view.lines.into_iter().map(|line| line.text).collect()
    }
}

#[test]
fn l2_two_people_see_each_others_lines_without_a_key() {
    let hall = Hall::new();
    let (mut a, mut b) = (hall.enter(&hall.alice), hall.enter(&hall.bob));
    a.keys("Good morning.<Enter>/me waves<Enter>//etc<Enter>");
    let screen = b.settle_and_draw();
    for said in ["alice: Good morning.", "* alice waves", "alice: /etc"] {
        assert!(screen.contains(said), "{screen}");
    }
    b.keys("Hello!<Enter>");
    assert!(a.settle_and_draw().contains("bob: Hello!"));
    assert_eq!(hall.texts(), ["Good morning.", "waves", "/etc", "Hello!"]);
}

#[test]
fn l2_up_edits_the_last_line_and_delete_takes_it_back() {
    let hall = Hall::new();
    let (mut a, mut b) = (hall.enter(&hall.alice), hall.enter(&hall.bob));
    a.keys("Teh kettle.<Enter><Up>");
    assert!(a.screen().contains("edit> Teh kettle."), "{}", a.screen());
    a.keys("<^U>The kettle.<Enter>");
    let screen = b.settle_and_draw();
    assert!(screen.contains("alice: The kettle. (edited)") && !screen.contains("Teh"), "{screen}");
    a.keys("/edit The pot.<Enter>");
    assert!(b.settle_and_draw().contains("alice: The pot. (edited)"));
    a.keys("<Up><Esc>");
    assert!(a.screen().contains("hall (room)"), "Esc leaves the line as it is, not the room");
    a.keys("/delete<Enter>");
    assert!(!b.settle_and_draw().contains("The pot."));
    assert!(hall.texts().is_empty());
}

/// L5: the view does not move while one reads what was said before.
#[test]
fn l5_what_comes_while_one_reads_above_is_counted_and_does_not_move_the_view() {
    let hall = Hall::new();
    for n in 0..60 {
        hall.say(&hall.bob, &format!("Line {n}."));
    }
    let mut a = hall.enter(&hall.alice);
    assert!(a.screen().contains("Line 59."), "{}", a.screen());
    a.keys("<PgUp>");
    let before = a.screen();
    assert!(!before.contains("Line 59.") && before.contains("what was said before"), "{before}");
    for n in 60..63 {
        hall.say(&hall.bob, &format!("Line {n}."));
    }
    let after = a.settle_and_draw();
    assert!(after.contains("3 new below"), "{after}");
    let rows = |screen: &str| screen.lines().take(20).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(rows(&before)[1..], rows(&after)[1..], "nothing has moved");
    let screen = a.keys("<PgDn><PgDn>").screen();
    assert!(screen.contains("Line 62.") && !screen.contains("new below"), "{screen}");
    hall.say(&hall.bob, "And on.");
    assert!(a.settle_and_draw().contains("And on."), "at the end it follows");
}

#[test]
fn l2_a_long_scrollback_is_read_page_by_page() {
    let hall = Hall::new();
    for n in 0..450 {
        hall.say(&hall.bob, &format!("Line {n}."));
    }
    let mut a = hall.enter(&hall.alice);
    let mut screen = a.screen();
    for _ in 0..60 {
        screen = a.keys("<PgUp>").screen();
    }
    assert!(screen.contains("Line 0."), "{screen}");
}

#[test]
fn l2_the_room_opens_at_what_is_new_where_that_is_long() {
    let hall = Hall::new();
    hall.say(&hall.bob, "Seen.");
    let mut a = hall.enter(&hall.alice);
    a.screen();
    a.keys("<Esc>");
    for n in 0..40 {
        hall.say(&hall.bob, &format!("Line {n}."));
    }
    let unread = || hall.live.call(&hall.alice, ListRooms).unwrap()[0].unread;
    assert_eq!(unread(), 40);
    let screen = a.keys("gr").screen();
    assert!(screen.contains("new since you were here") && screen.contains("Line 0."), "{screen}");
    let below = 40 - screen.matches("Line ").count();
    assert!(screen.contains(&format!("{below} new below")), "{screen}");
    a.keys("<Esc>");
    assert_eq!(unread(), i64::try_from(below).unwrap(), "what was not shown is not read");
}

/// W2: what was typed survives a dropped line.
#[test]
fn w2_what_was_typed_is_there_again() {
    let hall = Hall::new();
    let mut a = hall.enter(&hall.alice);
    a.keys("Half a line").ring(1);
    let target = DraftTarget::Room(HALL);
    assert_eq!(hall.live.call(&hall.alice, LoadDraft { target }).unwrap().unwrap().body, "Half a line");
    drop(a);
    let mut again = hall.enter(&hall.alice);
    assert!(again.screen().contains("> Half a line"), "{}", again.screen());
    again.keys("gd");
    again.keys("<Esc>gd");
    assert!(again.screen().contains("Line in a room"), "{}", again.screen());
    let screen = again.keys("<Enter>").screen();
    assert!(screen.contains("> Half a linegd"), "it is gone on with where it was begun: {screen}");
}

#[test]
fn w2_a_refused_line_comes_back_into_the_field() {
    let hall = Hall::new();
    let mut a = hall.enter(&hall.alice);
    a.keys("/dance<Enter>");
    assert!(a.screen().contains("> /dance") && a.screen().contains("There is no /dance"), "{}", a.screen());
    hall.live.block(hall.live.place.suspend(&hall.alice));
    a.keys("<^U>Precious words.<Enter>");
    let screen = a.screen();
    assert!(screen.contains("> Precious words.") && screen.contains("suspended"), "{screen}");
}

#[test]
fn l2_a_chosen_line_is_answered_hidden_reported_and_taken_down() {
    let hall = Hall::new();
    let moderator = hall.live.block(hall.live.place.moderator("mod"));
    hall.say(&hall.bob, "You fools.");
    let mut a = hall.enter(&hall.alice);
    let screen = a.keys("<Tab>").screen();
    assert!(screen.contains('▸') && screen.contains("Enter answer"), "{screen}");
    assert!(a.keys("<Enter>").screen().contains("> @bob"), "{}", a.screen());
    let screen = a.keys("<^U><Tab>!Rude.<Enter>").screen();
    assert!(screen.contains("Reported."), "{screen}");
    let mut staff = hall.enter(&moderator);
    let screen = staff.keys("<Tab>xNobody is attacked here.<Enter>").screen();
    assert!(screen.contains("(taken down by the staff)") && !screen.contains("fools"), "{screen}");
    assert!(a.settle_and_draw().contains("(taken down by the staff)"));
    assert!(hall.live.call(&moderator, ListQueue).unwrap().items.is_empty(), "that decided the case");
    hall.say(&hall.bob, "Still here.");
    assert!(a.settle_and_draw().contains("Still here."));
    let screen = a.keys("i").screen();
    assert!(!screen.contains("Still here."), "{screen}");
    a.keys("<Esc>/unignore bob<Enter>");
    assert!(a.screen().contains("Still here."), "{}", a.screen());
}

#[test]
fn l2_lines_are_kept_as_a_thread_by_those_who_agree() {
    let hall = Hall::new();
    hall.live.block(hall.live.place.board("kitchen"));
    hall.say(&hall.bob, "With bread.");
    let (mut a, mut b) = (hall.enter(&hall.alice), hall.enter(&hall.bob));
    a.keys("Soup?<Enter>/keep 2 Soup for ten<Enter>");
    assert!(a.screen().contains("On which board?"), "{}", a.screen());
    let screen = a.keys("1").screen();
    assert!(screen.contains("2 lines for kitchen: one member is asked"), "{screen}");
    let screen = b.settle_and_draw();
    assert!(screen.contains("alice asks to keep a line of yours"), "{screen}");
    let screen = b.keys("/agree<Enter>").screen();
    assert!(screen.contains("Noted") && !screen.contains("asks to keep"), "{screen}");
    hall.live.block(upkeep::live_once(&hall.live.place.service)).unwrap();
    b.keys("<Esc>");
    let screen = b.keys("gb<Enter><Enter>").screen();
    assert!(screen.contains("Soup for ten") && screen.contains("bob: With bread."), "{screen}");
}

#[test]
fn l2_tab_completes_a_handle_that_was_begun() {
    let hall = Hall::new();
    hall.say(&hall.bob, "Hello.");
    let mut a = hall.enter(&hall.alice);
    assert!(a.keys("Tea, @B<Tab>cake?").screen().contains("> Tea, @bob cake?"), "{}", a.screen());
    let screen = a.keys("<^U>@zoe<Tab>").screen();
    assert!(screen.contains('▸') && screen.contains("> @zoe"), "nobody is called so: {screen}");
}

#[test]
fn space_on_an_empty_line_reads_on_and_esc_leaves() {
    let hall = Hall::new();
    hall.say(&hall.bob, "Hello.");
    let mut a = hall.enter(&hall.alice);
    a.screen();
    let screen = a.keys("<Space>").screen();
    assert!(screen.contains("caught up"), "{screen}");
    assert_eq!(hall.live.call(&hall.alice, ListRooms).unwrap()[0].unread, 0);
    let mut b = hall.enter(&hall.bob);
    assert!(!b.keys("<Esc>").screen().contains("hall (room)"));
}

/// L1: /away in a room, and being back by speaking.
#[test]
fn l1_away_is_said_in_the_room_too() {
    let hall = Hall::new();
    let Who::Member(id) = hall.alice.who else { panic!("a member") };
    hall.live.place.service.presence().enter(id, NOON);
    let mut a = hall.enter(&hall.alice);
    a.keys("/away tea<Enter>");
    assert_eq!(hall.live.place.service.presence().away(id).as_deref(), Some("tea"));
    a.keys("Back.<Enter>");
    assert_eq!(hall.live.place.service.presence().away(id), None);
}

/// Idle sends nothing, and a lively evening in the hall costs those nothing who look at something else.
#[test]
fn what_is_said_wakes_only_those_who_look_at_rooms() {
    let hall = Hall::new();
    let mut a = hall.enter(&hall.alice);
    assert!(a.app.hears_rooms());
    a.keys("<^O>");
    assert!(a.app.hears_rooms(), "the help lies over it");
    a.keys("<Esc><Esc>");
    assert!(!a.app.hears_rooms());
}
