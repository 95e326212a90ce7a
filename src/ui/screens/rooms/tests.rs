//! The list of rooms and the ways into one, over a real community.
#![allow(clippy::unwrap_used)]

use crate::domain::ids::RoomId;
use crate::domain::room::LineKind;
use crate::service::rooms::{ArrangeRoom, ListRooms, RoomSummary, Say};
use crate::service::testing::Blocking;
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::{Harness, me};
use crate::ui::route::Route;

fn room(id: i64, name: &str, unread: i64, here: usize) -> RoomSummary {
    RoomSummary { id: RoomId(id), board: None, name: name.to_owned(), slug: name.to_owned(), unread, here }
}

#[test]
fn l2_rooms_are_listed_at_every_size() {
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let mut h = Harness::at(me("alice"), Capabilities::COMMON, columns, rows);
        let list =
            vec![room(1, "hall", 100, 4), room(2, "The kitchen table", 0, 0), room(3, "Radio 日本", 2, 1)];
        h.forget().keys("gr").answer::<ListRooms>(|_| Ok(list));
        insta::assert_snapshot!(format!("rooms_{columns}x{rows}"), h.screen());
    }
}

#[test]
fn l2_the_hall_opens_at_once_when_it_is_the_only_room() {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    let mut h = Harness::live(&live, &alice);
    let screen = h.keys("gr").screen();
    assert!(screen.contains("hall (room)") && screen.contains("Say hello"), "{screen}");
    assert!(!h.keys("<Esc>").screen().contains("hall (room)"), "and back leads past the list");
}

#[test]
fn l2_the_list_counts_what_the_room_then_shows() {
    let live = Blocking::new();
    let (alice, bob) = (live.block(live.place.regular("alice")), live.block(live.place.regular("bob")));
    let moderator = live.block(live.place.moderator("mod"));
    let board = live.block(live.place.board("kitchen"));
    live.call(&moderator, ArrangeRoom { board, open: true }).unwrap();
    let say = |text: &str| {
        let text = text.to_owned();
        live.call(&bob, Say { room: RoomId(1), kind: LineKind::Says, text, from_field: false }).unwrap();
    };
    let mut h = Harness::live(&live, &alice);
    say("One.");
    h.keys("gr<Enter>").screen();
    h.keys("<Esc>");
    say("Two.");
    say("Three.");
    h.settle_and_draw();
    let screen = h.ring(1).screen();
    assert!(screen.contains("2 ●") && screen.contains("kitchen"), "{screen}");
    let screen = h.keys("<Enter>").screen();
    let news = screen.lines().skip_while(|row| !row.contains("new since you were here")).count();
    assert!(news > 2 && screen.contains("bob: Two."), "{screen}");
    assert!(!h.keys("<Esc>").screen().contains("●"), "seen");
}

#[test]
fn l2_a_board_has_a_room_if_its_host_or_staff_want_one() {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    let moderator = live.block(live.place.moderator("mod"));
    let board = live.block(live.place.board("kitchen"));
    let mut h = Harness::live(&live, &alice);
    let screen = h.open(&Route::Board(board)).keys("Ry").screen();
    assert!(screen.contains("This is for moderators.") && screen.contains("kitchen"), "{screen}");
    let mut staff = Harness::live(&live, &moderator);
    let screen = staff.open(&Route::Board(board)).keys("R").screen();
    assert!(screen.contains("Open one?"), "{screen}");
    assert!(!staff.keys("n").screen().contains("Open one?"));
    let screen = staff.keys("Ry").screen();
    assert!(screen.contains("kitchen (room)"), "{screen}");
    let screen = h.keys("R").screen();
    assert!(screen.contains("kitchen (room)"), "{screen}");
    assert!(h.keys("/close<Enter>").screen().contains("Only a board's room"), "not for everybody");
    assert!(staff.keys("/close<Enter>").screen().contains("The room is closed."));
}
