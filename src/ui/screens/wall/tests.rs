//! The wall (L6), by hand and over a real community.
#![allow(clippy::unwrap_used)]

use crate::domain::ids::{MemberId, WallId};
use crate::service::cases::ListQueue;
use crate::service::logs::ReadModLog;
use crate::service::testing::{Blocking, NOON};
use crate::service::wall::{ReadWall, WallLine, WallView, WriteOnWall};
use crate::ui::capabilities::Capabilities;
use crate::ui::harness::{Harness, me};

fn line(id: i64, author: &str, text: &str, hours: i64) -> WallLine {
    WallLine {
        id: WallId(id),
        author_id: MemberId(id),
        author: author.to_owned(),
        text: text.to_owned(),
        at: NOON.plus(-3_600 * hours),
        mine: author == "alice",
    }
}

fn view() -> WallView {
    let long = "The long line that somebody wrote with all of the one hundred and twenty characters it may have, 日本語 too, to the end.";
    let lines = vec![
        line(3, "wren", "The kettle is on.", 0),
        line(2, "alice", "Rain again; the bees stay in.", 5),
        line(1, "marguerite-of-the-lock", long, 30),
    ];
    WallView { lines, this_visit: None }
}

#[test]
fn l6_the_wall_is_drawn_at_every_size() {
    for (columns, rows) in [(40, 12), (80, 24), (160, 50)] {
        let mut h = Harness::at(me("alice"), Capabilities::COMMON, columns, rows);
        h.forget().keys("gw").answer::<ReadWall>(|_| Ok(view()));
        insta::assert_snapshot!(format!("wall_{columns}x{rows}"), h.screen());
    }
}

#[test]
fn a_refusal_can_be_read_to_its_end_in_a_narrow_window() {
    let mut h = Harness::at(me("alice"), Capabilities::COMMON, 40, 12);
    h.forget().keys("gw").answer::<ReadWall>(|_| Ok(view()));
    let screen = h.keys("x").screen();
    assert!(screen.contains("else's line. !") && screen.contains("reports it to the staff."), "{screen}");
    let screen = h.keys("j").screen();
    assert!(!screen.contains("reports"), "the next key clears it: {screen}");
}

#[test]
fn an_empty_wall_says_what_to_do() {
    let mut h = Harness::member("alice");
    h.forget().keys("gw").answer::<ReadWall>(|_| Ok(WallView::default()));
    let screen = h.screen();
    assert!(screen.contains("w writes the first line"), "{screen}");
    assert!(!screen.contains("take down"), "there is nothing to take down: {screen}");
}

#[test]
fn l6_one_key_from_home_and_one_line_a_visit() {
    let live = Blocking::new();
    let alice = live.block(live.place.regular("alice"));
    let mut h = Harness::live(&live, &alice);
    let screen = h.keys("wwThe kettle is on.<Enter>").screen();
    assert!(screen.contains("It is on the wall.") && screen.contains("alice"), "{screen}");
    let screen = h.keys("w").screen();
    assert!(screen.contains("Your line of this visit") && screen.contains("The kettle is on."), "{screen}");
    let screen = h.keys("<^U>It is off.<Enter>").screen();
    assert!(screen.contains("It is off.") && !screen.contains("kettle"), "{screen}");
    let screen = h.keys("<Esc>").screen();
    assert!(screen.contains("alice: It is off."), "it stands on home too: {screen}");
}

#[test]
fn l5_a_line_that_comes_leaves_the_choice_where_it_is() {
    let live = Blocking::new();
    let (alice, bob) = (live.block(live.place.regular("alice")), live.block(live.place.regular("bob")));
    live.call(&alice, WriteOnWall { text: "First.".to_owned() }).unwrap();
    let mut h = Harness::live(&live, &bob);
    h.keys("gw");
    live.call(&live.block(live.place.regular("carol")), WriteOnWall { text: "Second.".to_owned() }).unwrap();
    let screen = h.settle_and_draw();
    assert!(screen.contains("Second."), "{screen}");
    let chosen = screen.lines().find(|row| row.contains('▸')).unwrap();
    assert!(chosen.contains("First."), "{screen}");
}

#[test]
fn its_author_takes_it_down_others_report_it_and_staff_remove_it() {
    let live = Blocking::new();
    let (alice, bob) = (live.block(live.place.regular("alice")), live.block(live.place.regular("bob")));
    let moderator = live.block(live.place.moderator("mod"));
    let write = || live.call(&alice, WriteOnWall { text: "Buy my clocks.".to_owned() }).unwrap();
    write();
    let mut own = Harness::live(&live, &alice);
    assert!(own.keys("gwxy").screen().contains("Your line is off the wall."));
    write();
    let mut other = Harness::live(&live, &bob);
    let screen = other.keys("gwx").screen();
    assert!(screen.contains("somebody else's line"), "{screen}");
    let screen = other.keys("!again<Enter>").screen();
    assert!(screen.contains("Reported."), "{screen}");
    assert_eq!(live.call(&moderator, ListQueue).unwrap().items[0].label, "line on the wall");
    let mut staff = Harness::live(&live, &moderator);
    let form = staff.keys("gwx").screen();
    assert!(form.contains("Take down a line on the wall by alice"), "{form}");
    let screen = staff.keys("An advertisement.<Enter>").screen();
    assert!(screen.contains("It is taken down") && screen.contains("Nothing on the wall"), "{screen}");
    assert_eq!(live.call(&bob, ReadModLog::default()).unwrap().entries[0].action, "wall.remove");
    let screen = other.keys("go").screen();
    assert!(screen.contains("mod took down a line on the wall"), "{screen}");
}
